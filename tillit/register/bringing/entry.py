"""What one row of a list says of an organisation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.bringing import Found, Values
from tillit.kit.swedish import fold
from tillit.register.bringing.dates import day_of
from tillit.register.bringing.places import Places
from tillit.register.identifiers import check_orgnr
from tillit.register.likeness.naming import BRACKETED, parts_of
from tillit.register.likeness.organisations import Called, Profile
from tillit.register.models import Place

LONGEST_NAME, LONGEST_NUMBER = 200, 60
# Where people are in danger if they are found. It is asked, and never decided by the name.
SHELTER = re.compile(
    r"kvinnojour|tjejjour|flickjour|mansjour|barnjour|kvinnors hus|kvinnohus|kvinnofrid"
    r"|skyddat boende|skyddade boende|jourboende"
)


@dataclass
class Entry:
    """An organisation as a list has it; `remarks` tell what was odd with the row."""

    name: str
    short: str = ""
    number: str = ""
    seat: Place | None = None
    works_in: Sequence[Place] = ()
    web: str = ""
    since: str = ""
    until: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def profile(self) -> Profile:
        names = (Called(self.name), *([Called(self.short)] if self.short else []))
        numbers = (self.number,) if self.number else ()
        return Profile(names, numbers, frozenset({self.seat.code} if self.seat else ()))

    @property
    def fault(self) -> str:
        """Why it can't be brought in."""
        if not any(it.isalpha() for it in self.name):
            return _("There is no name in the row.")
        if len(self.name) > LONGEST_NAME:
            return _("The name is longer than %(most)s letters.") % {"most": LONGEST_NAME}
        return ""

    @property
    def may_need_shelter(self) -> bool:
        return SHELTER.search(fold(self.name)) is not None

    @property
    def shown(self) -> dict[str, str]:
        """What will be written besides the name, by words for it."""
        said = {
            _("Short name"): self.short,
            _("Organisation number"): self.number,
            _("Seat"): self.seat.name if self.seat else "",
            _("Works in"): ", ".join(it.name for it in self.works_in),
            _("Website"): self.web,
            _("Since"): self.since,
            _("Until"): self.until,
        }
        return {words: value for words, value in said.items() if value}

    def found(self) -> Found:
        question = _("Is it a shelter? Then its places and people are shown to nobody but itself.")
        asks = self.may_need_shelter and not self.fault
        return Found(
            self.name,
            self.shown,
            list(self.remarks),
            fault=self.fault,
            question=question if asks else "",
        )


def entry_of(values: Values, places: Places) -> Entry:
    """What the row says. A short name in brackets is one: “Barnens Rätt I Samhället (BRIS)”."""
    written = values.get("name", "")
    bracketed = BRACKETED.search(written)
    it = Entry(BRACKETED.sub("", written).strip(), bracketed[1] if bracketed else "")
    _take_number(it, values.get("number", ""))
    _take_places(it, values.get("seat", ""), places)
    _take_web(it, values.get("web", ""))
    it.since = _day(it, values.get("since", ""))
    it.until = _day(it, values.get("until", ""))
    if it.since and it.until and is_backwards(it.since, it.until):
        it.remarks.append(_("It ends before it begins, so neither day is taken."))
        it.since = it.until = ""
    return it


def is_backwards(since: str, until: str) -> bool:
    return read_bound(until, Edge.END).latest < read_bound(since, Edge.START).earliest


def _take_number(it: Entry, written: str) -> None:
    """Right or wrong it stays as it is written."""
    if len(written) > LONGEST_NUMBER:
        it.remarks.append(_("The organisation number is too long to be one, and is left out."))
    elif written:
        it.number = written
        verdict = check_orgnr(written)
        if not verdict.holds:
            it.remarks.append(str(verdict.reason))


def _take_places(it: Entry, written: str, places: Places) -> None:
    it.seat = places.municipality(written) if written else None
    if written and it.seat is None:
        said = _("“%(place)s” is no municipality that is known, and is left out.")
        it.remarks.append(said % {"place": written})
    it.works_in = places.named_in(parts_of(it.name))


def _take_web(it: Entry, written: str) -> None:
    if not written:
        return
    address = written if "://" in written else f"https://{written}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        said = _("“%(web)s” is no address of a website, and is left out.")
        it.remarks.append(said % {"web": written[:80]})
    else:
        it.web = address if len(address) <= LONGEST_NAME else ""


def _day(it: Entry, written: str) -> str:
    day, remark = day_of(written)
    it.remarks += [remark] if remark else []
    return day
