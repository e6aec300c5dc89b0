from django.urls import path

from tillit.letters import views

app_name = "letters"
urlpatterns = [
    path("utskick/", views.letter_list, name="letters"),
    path("utskick.csv", views.letter_list, {"as_": "csv"}, name="letters-csv"),
    path("utskick.xlsx", views.letter_list, {"as_": "xlsx"}, name="letters-xlsx"),
    path("utskick/nytt/", views.new, name="new"),
    path("utskick/nas-inte/", views.unreached, name="unreached"),
    path("utskick/nas-inte.csv", views.unreached, {"as_": "csv"}, name="unreached-csv"),
    path("utskick/nas-inte.xlsx", views.unreached, {"as_": "xlsx"}, name="unreached-xlsx"),
    path("utskick/nas-inte/<slug:key>/igen/", views.allowed_again, name="allowed-again"),
    path("utskick/<slug:key>/", views.letter, name="letter"),
    path("utskick/<slug:key>/text/", views.text, name="text"),
    path("utskick/<slug:key>/kopia/", views.copy, name="copy"),
    path("utskick/<slug:key>/borttagning/", views.removal, name="removal"),
    path("utskick/<slug:key>/urval/", views.choosing, name="choosing"),
    path("utskick/<slug:key>/urval.csv", views.chosen_file, {"as_": "csv"}, name="chosen-csv"),
    path("utskick/<slug:key>/urval.xlsx", views.chosen_file, {"as_": "xlsx"}, name="chosen-xlsx"),
    path("utskick/<slug:key>/granskning/", views.preview, name="preview"),
    path("utskick/<slug:key>/granskning/mejl/", views.framed_mail, name="framed-mail"),
    path("utskick/<slug:key>/prov/", views.trial, name="trial"),
    path("utskick/<slug:key>/sandning/", views.sending, name="sending"),
    path("utskick/<slug:key>/stopp/", views.stop, name="stop"),
    path("utskick/<slug:key>/mottagare/", views.recipient_list, name="recipients"),
    path(
        "utskick/<slug:key>/mottagare.csv",
        views.recipient_list,
        {"as_": "csv"},
        name="recipients-csv",
    ),
    path(
        "utskick/<slug:key>/mottagare.xlsx",
        views.recipient_list,
        {"as_": "xlsx"},
        name="recipients-xlsx",
    ),
    path("utskick/<slug:key>/mottagare/<slug:recipient>/", views.recipient, name="recipient"),
    path("brev/<str:token>/", views.web, name="web"),
]
