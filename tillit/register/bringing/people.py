"""What one row of a list says of a person, and of what the person does where."""

from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tillit.accounts.addresses import check, folded
from tillit.kit.bringing import Values
from tillit.register.bringing.dates import day_of
from tillit.register.bringing.entry import is_backwards
from tillit.register.bringing.roles import kind_of
from tillit.register.choices import RoleKind
from tillit.register.likeness.acquaintances import digits
from tillit.register.likeness.persons import Figure, Service
from tillit.register.models import Organisation

LONGEST_NAME, LONGEST_TITLE, LONGEST_PHONE = 120, 160, 40


@dataclass
class Someone:
    """A person as a list has it. `organisation` is the one that the row is taken to mean."""

    name: str
    organisation_name: str
    title: str = ""
    mail: str = ""
    phone: str = ""
    since: str = ""
    until: str = ""
    organisation: Organisation | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def kind(self) -> RoleKind:
        return kind_of(self.title)

    @cached_property
    def figure(self) -> Figure:
        it = self.organisation
        services = (Service(it.key, it.name),) if it else ()
        mails = frozenset({self.mail} - {""})
        return Figure(self.name, services, mails, frozenset({digits(self.phone)} - {""}))

    @property
    def fault(self) -> str:
        if not any(it.isalpha() for it in self.name):
            return _("There is no name in the row.")
        if len(self.name) > LONGEST_NAME:
            return _("The name is longer than %(most)s letters.") % {"most": LONGEST_NAME}
        return "" if self.organisation_name else _("The row doesn't say in which organisation.")

    @property
    def shown(self) -> dict[str, str]:
        said = {
            _("Organisation"): self.organisation.name if self.organisation else "",
            _("Role"): self.title or str(self.kind.label),
            _("E-mail"): self.mail,
            _("Phone"): self.phone,
            _("Since"): self.since,
            _("Until"): self.until,
        }
        return {words: value for words, value in said.items() if value}


def someone_of(values: Values) -> Someone:
    """What the row says. The name stands in one cell or in several."""
    parts = (values.get(it, "") for it in ("first", "middle", "last"))
    name = values.get("person", "") or " ".join(filter(None, parts))
    it = Someone(_in_order(name), values.get("organisation", ""), values.get("role", ""))
    if len(it.title) > LONGEST_TITLE:
        it.title = it.title[:LONGEST_TITLE]
        it.remarks.append(_("The role is too long and is cut."))
    _take_mail(it, values.get("mail", ""))
    it.phone = values.get("phone", "")
    if len(it.phone) > LONGEST_PHONE:
        it.phone = ""
        it.remarks.append(_("The phone number is too long to be one, and is left out."))
    it.since, it.until = _day(it, values.get("since", "")), _day(it, values.get("until", ""))
    if it.since and it.until and is_backwards(it.since, it.until):
        it.remarks.append(_("It ends before it begins, so neither day is taken."))
        it.since = it.until = ""
    return it


def _in_order(name: str) -> str:
    """Hall, Eva is Eva Hall."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name.strip()


def _take_mail(it: Someone, written: str) -> None:
    written = written.removeprefix("mailto:").strip()
    if not written:
        return
    try:
        check(folded(written))
    except ValidationError:
        said = _("“%(mail)s” is no e-mail address, and is left out.")
        it.remarks.append(said % {"mail": written[:80]})
    else:
        it.mail = folded(written)


def _day(it: Someone, written: str) -> str:
    day, remark = day_of(written)
    it.remarks += [remark] if remark else []
    return day
