"""What post gives to the whole: what is kept of the mail to somebody, and for how long."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tillit.kit.contributions import Contributions, OwnData, Retention
from tillit.post import keeping


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=_("Mails to you"),
        name="mails",
        why=_("To send them, to see that they arrived, and to know what was said."),
        rows=lambda: keeping.mails_of(person, account),
        labels={
            "written_at": _("Written"),
            "to": _("To"),
            "kind": _("Kind"),
            "subject": _("Subject"),
            "state": _("State"),
            "sent_at": _("Sent"),
        },
        ground=_("Legitimate interest: whoever is invited, asked or told must be reached."),
        seen_by=_("Those who sent them, and the administrators."),
        kept_for=_("The text one year; that it was sent, and to whom, three years."),
        remains=_("That a mail was sent and how it went, without address, name and text."),
        erase=lambda: keeping.erase_mails(person, account),
    )
    yield OwnData(
        title=_("Mail that doesn't go to you"),
        name="stops",
        why=_("So that nobody writes to an address that has said no, or that comes back."),
        rows=lambda: keeping.stops_of(person, account),
        labels={
            "at": _("Since"),
            "email": _("E-mail"),
            "topic": _("Kind of mail"),
            "reason": _("Reason"),
            "lifted_at": _("Until"),
        },
        ground=_("Legal obligation: whoever says no to mail shall not get it."),
        seen_by=_(
            "The administrators, and those who write letters to you: they see whom their letters don't "
            "reach, and why."
        ),
        kept_for=_("Until you take it back, or the address works again."),
        erase=lambda: keeping.erase_stops(person, account),
    )


def erase(person: str, account: int | None) -> int:
    return keeping.erase_mails(person, account) + keeping.erase_stops(person, account)


contributions = Contributions(
    own_data=own_data,
    erase=erase,
    retentions=[
        Retention(
            "mails.texts",
            _("What stood in mails"),
            _("As long as somebody may ask what was said. That it was sent is kept longer."),
            keeping.TEXTS,
            keeping.empty_texts,
        ),
        Retention(
            "mails.addresses",
            _("To whom mails went, and how that went"),
            _("As long as somebody may ask whether they were told."),
            keeping.ADDRESSES,
            keeping.empty_addresses,
        ),
    ],
)
