"""The members that are asked: who has answered, who has not, and what can be done about it."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Value
from django.db.models.functions import Concat
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.enquiries.forms.enquiry import AskedForm, NoteForm
from tillit.enquiries.models import Answer, Asked, Enquiry, Question
from tillit.enquiries.models.answer import as_cell
from tillit.enquiries.models.asked import AskedQuerySet
from tillit.enquiries.sending import remind_one
from tillit.enquiries.views.office import crumbs_to, enquiry_of
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, change
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.exports import Column
from tillit.kit.forms import form_page
from tillit.kit.listing import Listing
from tillit.kit.refusal import Refused
from tillit.post.models import Message
from tillit.post.models import State as MailState
from tillit.register.models import Contact

NOTE, REMIND, ANEW = "note", "remind", "anew"  # what can be done about one member
LOST = (MailState.BOUNCED, MailState.REFUSED, MailState.HELD)


@open_to(signed_in)
def asked_list(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    form = AskedForm(request.GET)
    rows = rows_of(it, viewer)
    if form.is_valid():
        rows = narrowed(rows, form.cleaned_data["state"])
    phones = Phones(it, viewer)
    context = {"enquiry": it, "crumbs": crumbs_to(it), "phones": phones}
    return listing_for(it, phones).respond(request, rows, form, as_, **context)


def rows_of(it: Enquiry, viewer: Viewer) -> AskedQuerySet:
    """Those asked, with how they stand, when they were written to, and whether mail came back."""
    lost = Message.objects.filter(
        about=Concat(Value(f"{Asked.noun}:"), OuterRef("key")), state__in=LOST
    )
    found: AskedQuerySet = Asked.objects.visible_to(viewer).filter(enquiry=it)
    told = found.with_standing(today()).with_sendings().annotate(is_lost=Exists(lost))
    rows: AskedQuerySet = told.select_related("member", "enquiry")
    return rows


def narrowed(rows: AskedQuerySet, state: str) -> AskedQuerySet:
    match state:
        case AskedForm.ANSWERED:
            return rows.answered()
        case AskedForm.NOT:
            return rows.unanswered().filter(is_member=True)
        case AskedForm.BEGUN:
            return rows.unanswered().filter(details_at__isnull=False)
        case AskedForm.LEFT:
            return rows.filter(is_member=False)
    return rows


class Phones:
    """The phone numbers of the members' contacts, as far as the viewer may see them; fetched once."""

    def __init__(self, it: Enquiry, viewer: Viewer) -> None:
        self.it, self.viewer = it, viewer
        self.known: dict[int, str] | None = None

    def of(self, row: Asked) -> str:
        if self.known is None:
            contacts = Contact.objects.visible_to(self.viewer).on(today()).exclude(phone="")
            of_asked = contacts.filter(organisation__in=self.it.asked.values("member"))
            self.known = dict(of_asked.values_list("organisation_id", "phone"))
        return self.known.get(row.member_id, "")


def local_day(value: Any) -> Any:
    return timezone.localdate(value) if value else None


def listing_for(it: Enquiry, phones: Phones) -> Listing:
    columns = [
        Column(
            gettext_lazy("Member"),
            lambda row: row.member.name,
            link=lambda row: row.get_absolute_url(),
        ),
        Column(gettext_lazy("State"), state_of, template="enquiries/cells/state.html"),
        Column(gettext_lazy("Answered"), lambda row: local_day(row.answered_at)),
        Column(gettext_lazy("Last mail"), lambda row: local_day(row.last_sent)),
        Column(gettext_lazy("Reminders"), lambda row: row.reminders),
        Column(gettext_lazy("Phone"), phones.of, template="enquiries/cells/phone.html"),
    ]
    more = [
        Column(gettext_lazy("Last reminder"), lambda row: local_day(row.last_reminded)),
        Column(gettext_lazy("Answered by"), lambda row: row.answered_by),
        Column(gettext_lazy("Role"), lambda row: row.answered_as),
        Column(gettext_lazy("How"), lambda row: str(row.get_way_display())),
        Column(gettext_lazy("Note"), lambda row: row.note),
    ]
    return Listing(
        gettext_lazy("Members asked"),
        f"fragade-{it.key}",
        columns,
        "enquiries/asked_list.html",
        by=("member__sort_key", "key"),
        size=100,
        more_in_files=more,
    )


def state_of(row: Any) -> str:
    """How far a member has come, in a word."""
    if row.is_answered:
        return _("answered")
    if not row.is_member:
        return _("no longer a member")
    return _("begun") if row.is_begun else _("not answered")


@open_to(signed_in, methods=WRITING)
def asked(request: HttpRequest, key: str, asked: str) -> HttpResponse:
    """One member: what it answered, how it is reached, and a note of one's own."""
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    row = get_object_or_404(rows_of(it, viewer), key=asked)
    do = request.POST.get("do", "")
    form = NoteForm(request.POST if do == NOTE else None, initial={"note": row.note})
    if request.method == "POST" and (do != NOTE or form.is_valid()):
        messages.success(request, done(row, do, form, Actor.of(viewer)))
        return redirect(row)
    contacts = Contact.objects.visible_to(viewer).on(today()).filter(organisation=row.member)
    context = {
        "enquiry": it,
        "asked": row,
        "state": state_of(row),
        "crumbs": crumbs_to(it),
        "contacts": contacts.select_related("person"),
        "answers": row.answers.select_related("question"),
        "mails": Message.objects.about(row.subject).order_by("-written_at")[:20],
        "corrections": row.corrections.visible_to(viewer),
    }
    return form_page(request, form, "enquiries/asked.html", **context)


def done(row: Asked, do: str, form: NoteForm, actor: Actor) -> str:
    """Do what the office asked for, and say that it is done."""
    if do == NOTE:
        change(row, {"note": form.cleaned_data["note"]}, actor)
        return _("Saved.")
    if do not in {REMIND, ANEW}:
        raise Refused(_("Say what shall be done."))
    remind_one(row, actor, timezone.now(), anew=do == ANEW)
    return _("The mail is on its way.")


@open_to(signed_in)
def answer_list(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    """All answers, a row for each member and a column for each question."""
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    rows = with_answers(Asked.objects.visible_to(viewer).filter(enquiry=it).answered())
    context = {"enquiry": it, "crumbs": crumbs_to(it)}
    return answers_listing(it).respond(request, rows, Form(request.GET), as_, **context)


def with_answers(rows: AskedQuerySet) -> QuerySet[Asked]:
    answers = Prefetch("answers", Answer.objects.select_related("question"))
    return rows.select_related("member", "enquiry").prefetch_related(answers)


def answers_listing(it: Enquiry) -> Listing:
    columns = [
        Column(
            gettext_lazy("Member"),
            lambda row: row.member.name,
            link=lambda row: row.get_absolute_url(),
        ),
        *(column_of(question) for question in it.questions.all()),
    ]
    more = [
        Column(gettext_lazy("Answered"), lambda row: local_day(row.answered_at)),
        Column(gettext_lazy("Answered by"), lambda row: row.answered_by),
        Column(gettext_lazy("Role"), lambda row: row.answered_as),
        Column(gettext_lazy("Key"), lambda row: row.member.key),
    ]
    return Listing(
        gettext_lazy("Answers"),
        f"svar-{it.key}",
        columns,
        "enquiries/answer_list.html",
        by=("member__sort_key", "key"),
        more_in_files=more,
    )


def column_of(question: Question) -> Column:
    def value(row: Any) -> Any:
        found = next((it for it in row.answers.all() if it.question_id == question.pk), None)
        return as_cell(question.kind, found.value) if found else None

    return Column(question.text, value)
