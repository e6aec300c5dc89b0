"""The addresses of consultations, a part of those of agreements."""

from django.urls import path

from tillit.agreements.documents import FORMS
from tillit.agreements.views import consultation as views

ONE = "remisser/<slug:key>/"


def listed(address: str, view: object, name: str) -> list[object]:
    """A list as a page and as files."""
    plain = address.rstrip("/")
    return [
        path(address, view, name=name),  # type: ignore[call-overload]
        path(f"{plain}.csv", view, {"as_": "csv"}, name=f"{name}-csv"),  # type: ignore[call-overload]
        path(f"{plain}.xlsx", view, {"as_": "xlsx"}, name=f"{name}-xlsx"),  # type: ignore[call-overload]
    ]


urlpatterns = [
    *listed("remisser/", views.consultation_list, "consultations"),
    path(
        "overenskommelser/<slug:key>/versioner/<slug:version>/remiss/ny/",
        views.new_consultation,
        name="new-consultation",
    ),
    path(ONE, views.consultation, name="consultation"),
    path(f"{ONE}sista-dag.ics", views.last_day, name="consultation-day"),
    path(f"{ONE}text/", views.words, name="consultation-words"),
    path(f"{ONE}kassering/", views.throwing_away, name="consultation-throwing-away"),
    path(f"{ONE}fragor/ny/", views.new_question, name="consultation-new-question"),
    path(f"{ONE}fragor/<slug:question>/", views.question, name="consultation-question"),
    path(f"{ONE}klartecken/<slug:matter>/", views.go_ahead, name="go-ahead"),
    *listed(f"{ONE}tillfragade/", views.consulted_list, "consulted"),
    path(f"{ONE}tillfragade/nya/", views.invite, name="consulted-new"),
    path(f"{ONE}tillfragade/<slug:consulted>/borttagning/", views.uninvite, name="uninvite"),
    path(f"{ONE}tillfragade/<slug:consulted>/lank/", views.new_link, name="consulted-new-link"),
    path(f"{ONE}paminnelse/", views.remind, name="consultation-remind"),
    path(f"{ONE}svara/", views.come_to_answer, name="come-to-answer"),
    path(f"{ONE}svara/<str:token>/", views.answer_by_link, name="answer-by-link"),
    path(f"{ONE}svara/<str:token>/kvitto/", views.receipt_by_link, name="receipt-by-link"),
    path(f"{ONE}organisation/<slug:organisation>/", views.answer_for, name="answer-for"),
    path(f"{ONE}organisation/<slug:organisation>/kvitto/", views.receipt_for, name="receipt-for"),
    *listed(f"{ONE}svar/", views.reply_list, "replies"),
    path(f"{ONE}svar/<slug:reply>/", views.reply, name="reply"),
    path(f"{ONE}svar/<slug:reply>/bemotande/", views.respond_to_reply, name="respond-to-reply"),
    *listed(f"{ONE}sammanstallning/", views.compilation, "compilation"),
    *listed(f"{ONE}sammanstallning/fragor/", views.question_answers, "question-answers"),
    path(
        f"{ONE}sammanstallning/dokument/", views.compilation_document, name="compilation-document"
    ),
    *(
        path(
            f"{ONE}sammanstallning/dokument{end}",
            view,
            {"form": form},
            name=f"compilation-{name}-{form}",
        )
        for form in FORMS
        for end, view, name in (
            (f".{form}", views.compilation_file, "file"),
            (f"/{form}/", views.compilation_order, "order"),
        )
    ),
    path(
        f"{ONE}synpunkter/<slug:comment>/bemotande/",
        views.respond_to_comment,
        name="respond-to-comment",
    ),
]
