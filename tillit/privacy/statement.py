"""What is known of how far this can be used by everybody; changed together with what it tells of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Flaw:
    """What can't be used by all, for whom that matters, and what is done about it."""

    what: str | Promise
    who: str | Promise
    then: str | Promise


@dataclass(frozen=True)
class Statement:
    """The parts of the statement that follow from the software and not from the installation."""

    assessed: date
    updated: date
    flaws: Sequence[Flaw]


STATEMENT = Statement(
    assessed=date(2026, 11, 22),
    updated=date(2026, 11, 22),
    flaws=[
        Flaw(
            _("Names and quotations in other languages are not marked as such (WCAG 3.1.2)."),
            _("A screen reader may pronounce them in the wrong language."),
            _("The register doesn't know in which language a name is. We are thinking of how."),
        ),
        Flaw(
            _("Files for spreadsheets (CSV and XLSX) have no marked header row."),
            _("Whoever reads them by a screen reader must find the first row."),
            _("The same lists are tables with marked headers on the pages."),
        ),
        Flaw(
            _("Passkeys and the picture code for an app need a script in the browser."),
            _("Whoever has turned scripts off can't add them."),
            _(
                "A code by e-mail is always enough to sign in, and the picture code stands as text too."
            ),
        ),
        Flaw(
            _("It has not been tried by people who use aids every day."),
            _("There may be more that we don't know of."),
            _("Tell us: every report is read and answered."),
        ),
    ],
)
