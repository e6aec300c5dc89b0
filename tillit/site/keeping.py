"""What keeps the installation running, gathered for the page of settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.forms import Text
from tillit.site.checklist import missing
from tillit.site.state import State
from tillit.site.steps import STEPS, Step


@dataclass(frozen=True)
class Entry:
    """A thing that can be set or looked after, and what doesn't work as long as it isn't."""

    title: Text
    url: str
    text: Text = ""
    lacks: bool = False  # whether it is not done yet


@dataclass(frozen=True)
class Group:
    title: Text
    entries: Sequence[Entry]


def groups(state: State) -> list[Group]:
    return [
        Group(_("The installation"), [of_step(state, it) for it in STEPS]),
        Group(_("What happens by itself"), [page(*it) for it in RUNNING]),
        Group(_("People"), [page(*it) for it in PEOPLE]),
        Group(_("Personal data and records"), [page(*it) for it in RECORDS]),
    ]


RUNNING = (
    (
        _("Background work"),
        "site:background",
        _("Whether it runs, what failed, and mails that may or may not have gone."),
    ),
)
PEOPLE = (
    (
        _("Administrators"),
        "register:administrators",
        _("Who keeps the installation running; bring in more, or leave."),
    ),
    (
        _("Secretariats"),
        "register:secretariats",
        _("Which organisation keeps the secretariat of which side, and who works there."),
    ),
    (_("Who may do what"), "register:who-may-what", _("Made from the rules themselves.")),
)
RECORDS = (
    (
        _("Retention"),
        "privacy:retention",
        _("What is erased after a time, and when that was done last."),
    ),
    (_("Erasure"), "privacy:requests", _("Who has asked to be erased, and what was decided.")),
    (
        _("Reports on accessibility"),
        "privacy:reports",
        _("What people can't use here, and what was done about it."),
    ),
    (
        _("Export"),
        "site:exports",
        _("The whole register in one file, to move it or look through it."),
    ),
    (_("About personal data"), "privacy:privacy", _("What everybody can read.")),
)


def page(title: Text, name: str, text: Text) -> Entry:
    return Entry(title, reverse(name), text)


def of_step(state: State, step: Step) -> Entry:
    return Entry(step.title, step.settings_url, missing(step, state), lacks=not step.is_done(state))
