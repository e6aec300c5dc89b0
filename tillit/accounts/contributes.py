"""What accounts give to the whole: what is kept of a user, and for how long."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tillit.accounts.keeping import (
    ended_sessions,
    erase_account,
    old_attempts,
    rows_of,
    sessions_of,
)
from tillit.accounts.owners import addresses_of
from tillit.kit.contributions import Contributions, OwnData, Retention

LABELS = {
    "addresses": _("Addresses"),
    "language": _("Language of mails"),
    "since": _("Account since"),
    "last_sign_in": _("Last signed in"),
    "password": _("Has a password"),
    "app": _("Has an app"),
    "passkeys": _("Passkeys"),
    "reserve_codes": _("Has reserve codes"),
    "always_two_steps": _("Always two steps"),
    "linked": _("Linked sign-ins"),
}


def own_data(_person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=_("How you sign in"),
        name="sign_in",
        why=_("So that you get in, and nobody else as you."),
        rows=lambda: rows_of(account),
        labels=LABELS,
        ground=_("Contract: you have an account because you asked for it or accepted it."),
        seen_by=_("You alone."),
        kept_for=_("As long as you have the account."),
        correct="account_settings",
        erase=lambda: erase("", account),
    )
    yield OwnData(
        title=_("Where you are signed in"),
        name="sessions",
        why=_("So that you stay signed in from page to page."),
        rows=lambda: sessions_of(account),
        labels={"until": _("At the longest until")},
        ground=_("Contract: you have an account because you asked for it or accepted it."),
        seen_by=_("Nobody."),
        kept_for=_("Fourteen days, or until you sign out."),
        correct="account_settings",
    )


def erase(_person: str, account: int | None) -> int:
    return erase_account(account) if account else 0


contributions = Contributions(
    addresses=lambda _person, account: addresses_of(account),
    own_data=own_data,
    erase=erase,
    retentions=[
        Retention(
            "sessions",
            _("That somebody is signed in"),
            _("It lasts for fourteen days, or until one signs out."),
            14,
            ended_sessions,
        ),
        Retention(
            "sign_in_attempts",
            _("How often signing in has been tried, and from which network address"),
            _("It is counted so that nobody can guess their way in."),
            1,
            old_attempts,
        ),
    ],
)
