"""Columns that lists have, by the heads that spreadsheets and address books give them."""

from django.utils.translation import gettext_lazy as _

from tillit.kit.bringing import Field

NAME = Field(
    "name",
    _("Name"),
    (
        *(
            "namn",
            "name",
            "organisation",
            "organization",
            "organisationsnamn",
            "organisationens namn",
        ),
        *(
            "förening",
            "föreningens namn",
            "föreningsnamn",
            "medlem",
            "medlemsorganisation",
            "företag",
        ),
        *("company", "benämning", "deltagande organisationer", "organisationer", "medlemmar"),
    ),
)
NUMBER = Field(
    "number",
    _("Organisation number"),
    ("orgnr", "org.nr", "org nr", "organisationsnr", "organisation number", "org. number"),
)
SEAT = Field(
    "seat",
    _("Seat"),
    (
        "säte",
        "kommun",
        "sätekommun",
        "säteskommun",
        "ort",
        "postort",
        "municipality",
        "city",
        "town",
    ),
)
WEB = Field(
    "web",
    _("Website"),
    ("webbplats", "webb", "hemsida", "webbsida", "web", "webpage", "web page", "url", "www"),
)
SINCE = Field(
    "since",
    _("Since"),
    ("sedan", "från", "inträde", "medlem sedan", "from", "start", "inträdesdatum", "startdatum"),
)
UNTIL = Field(
    "until",
    _("Until"),
    ("till", "till och med", "t.o.m.", "utträde", "slut", "end", "slutdatum", "utträdesdatum"),
)

PERSON = Field(
    "person", _("Person"), ("namn", "name", "person", "kontaktperson", "full name", "display name",
                            "visningsnamn", "för- och efternamn", "ledamot", "contact"),
)  # fmt: skip
FIRST = Field("first", _("First name"), ("förnamn", "first name", "given name", "tilltalsnamn"))
MIDDLE = Field("middle", _("Middle name"), ("mellannamn", "middle name"))
LAST = Field("last", _("Surname"), ("efternamn", "last name", "surname", "family name"))
ORGANISATION = Field(
    "organisation",
    _("Organisation"),
    (
        "organisation",
        "organization",
        "förening",
        "företag",
        "company",
        "organisationsnamn",
        "arbetsplats",
    ),
)
ROLE = Field(
    "role",
    _("Role"),
    ("roll", "role", "titel", "befattning", "job title", "title", "funktion", "uppdrag", "post"),
)
MAIL = Field(
    "mail",
    _("E-mail"),
    (
        *("e-post", "epost", "mejl", "mail", "email", "e-mail", "e-postadress", "epostadress"),
        *("e-mail address", "email address", "e-mail 1 - value", "mailadress", "mejladress"),
    ),
)
PHONE = Field(
    "phone",
    _("Phone"),
    (
        *("telefon", "telefonnummer", "phone", "phone number", "tel", "mobil", "mobiltelefon"),
        *("mobile phone", "business phone", "telefon arbete", "telefon, arbete", "arbete, telefon"),
        *(
            "telefon (arbete)",
            "primary phone",
            "primär telefon",
            "mobilnummer",
            "company main phone",
        ),
    ),
)
