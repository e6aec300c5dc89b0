"""The addresses of who acts for whom."""

from django.urls import path

from tillit.register.views.mandates import (
    administrators,
    contacts,
    functions,
    invitation,
    invitations,
    invite,
    leaving,
    mandate,
    mine,
    people,
    secretariats,
    who_may_what,
)

OF = "organisationer/<slug:key>/"
LINK = "inbjudan/<slug:key>/<str:token>/"
urlpatterns = [
    path(f"{OF}behorigheter/", people.people, name="people"),
    path(f"{OF}behorigheter.csv", people.people, {"as_": "csv"}, name="people-csv"),
    path(f"{OF}behorigheter.xlsx", people.people, {"as_": "xlsx"}, name="people-xlsx"),
    path(f"{OF}behorigheter/inbjudan/", invite.invite, name="invite"),
    path(f"{OF}kontakter.csv", people.contacts, {"as_": "csv"}, name="contacts-csv"),
    path(f"{OF}kontakter.xlsx", people.contacts, {"as_": "xlsx"}, name="contacts-xlsx"),
    path(f"{OF}kontakter/ny/", contacts.addition, name="contact-addition"),
    path("kontakter/<key:key>/andring/", contacts.correction, name="contact-correction"),
    path("kontakter/<key:key>/avslut/", contacts.ending, name="contact-ending"),
    path("kontakter/<key:key>/overlamning/", functions.passing_on, name="function-passing-on"),
    path("funktionsadress/<slug:key>/", functions.confirmation, name="function"),
    path("funktionsadress/<slug:key>/kod/", functions.function_code, name="function-code"),
    path("inbjudningar/<slug:key>/omsandning/", invitations.send_again, name="invitation-again"),
    path(
        "inbjudningar/<slug:key>/atertagande/", invitations.withdraw, name="invitation-withdrawal"
    ),
    path("inbjudan/<slug:key>/", invitation.own_invitation, name="own-invitation"),
    path(LINK, invitation.invitation, name="invitation"),
    path(f"{LINK}godkannande/", invitation.acceptance, name="invitation-acceptance"),
    path(f"{LINK}avbojande/", invitation.refusal, name="invitation-refusal"),
    path(f"{LINK}kod/", invitation.code, name="invitation-code"),
    path("uppdrag/", mine.mandates, name="mandates"),
    path("uppdrag/<slug:key>/valkommen/", mine.welcome, name="welcome"),
    path("uppdrag/<slug:key>/avslut/", mandate.ending, name="mandate-ending"),
    path("uppdrag/<slug:key>/omfattning/", mandate.extent, name="mandate-extent"),
    path(f"{OF}lamnar/<slug:person>/", leaving.leaving, name="leaving"),
    path("overlamningar/<slug:key>/", leaving.handover, name="handover"),
    path("administratorer/", administrators.administrators, name="administrators"),
    path("kanslier/", secretariats.secretariats, name="secretariats"),
    path("kanslier/nytt/", secretariats.naming, name="secretariat-naming"),
    path("kanslier/<key:key>/avslut/", secretariats.ending, name="secretariat-ending"),
    path("kanslier/<key:key>/upptagande/", secretariats.taking_up, name="secretariat-taking-up"),
    path("vem-far-vad/", who_may_what.who_may_what, name="who-may-what"),
    path("vem-far-vad.csv", who_may_what.who_may_what, {"as_": "csv"}, name="who-may-what-csv"),
    path("vem-far-vad.xlsx", who_may_what.who_may_what, {"as_": "xlsx"}, name="who-may-what-xlsx"),
]
