"""Cards of persons and organisations (vCard), as a table whose heads are known."""

from collections.abc import Iterator
from typing import Any

import vobject
from django.utils.translation import gettext as _
from vobject.base import ParseError

from tillit.kit.grids.grid import Line
from tillit.kit.refusal import Refused

HEADS = ("Name", "Organization", "Title", "E-mail", "Phone", "Website")
BEGIN = "BEGIN:VCARD"


def is_cards(text: str) -> bool:
    return text.lstrip().upper().startswith(BEGIN)


def card_lines(text: str) -> Iterator[Line]:
    """A head and then a row for each card. Raises Refused."""
    yield Line(HEADS)
    try:
        for card in vobject.readComponents(text, ignoreUnreadable=True):
            yield _line(card.contents)
    except (ParseError, UnicodeError, ValueError, IndexError, AttributeError, KeyError, TypeError):
        raise Refused(
            _("The cards can't be read from here on. Were they saved whole?"), 422
        ) from None


def _line(said: dict[str, list[Any]]) -> Line:
    mails, phones = _all(said, "email"), _all(said, "tel")
    remarks = []
    if len(mails) > 1 or len(phones) > 1:
        remarks.append(_("The card has several addresses or numbers. The first of each is taken."))
    organisation = next(iter(_all(said, "org")), "")
    name = next(iter(_all(said, "fn")), "") or _name(said)
    return Line(
        (
            "" if name == organisation else name,
            organisation,
            next(iter(_all(said, "title") or _all(said, "role")), ""),
            next(iter(mails), ""),
            next(iter(phones), ""),
            next(iter(_all(said, "url")), ""),
        ),
        tuple(remarks),
    )


def _all(said: dict[str, list[Any]], name: str) -> list[str]:
    """The values of a property; of an organisation without its departments."""
    values = (it.value for it in said.get(name, ()))
    return [str(it[0] if isinstance(it, list) else it).strip() for it in values if it]


def _name(said: dict[str, list[Any]]) -> str:
    parts = next((it.value for it in said.get("n", ())), None)
    given, family = getattr(parts, "given", ""), getattr(parts, "family", "")
    return f"{given} {family}".strip()
