"""One form for all that may be done with something that is told; each noun says its own fields.

What a form holds is also known as plain values: text, and keys of other rows. So a form can be sealed,
compared with what somebody else wrote meanwhile, kept as a proposal, and filled in again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.circles import Viewer
from tillit.kit.days import format_bound
from tillit.kit.editing import deeds
from tillit.kit.editing.choices import Deed
from tillit.kit.editing.words import CHOICES
from tillit.kit.forms import EVERYBODY, Text, WritingForm, changed_meanwhile
from tillit.kit.models import Dated, Row
from tillit.kit.part_days import PartDayField
from tillit.kit.together import Actor, Together, new_key
from tillit.kit.typography import lower_first
from tillit.kit.values import plain

Values = dict[str, Any]
TAKE = "take_"
REASONS = {
    Deed.CHANGE: gettext_lazy(
        "A few words, if you like: a move, a decision of the annual meeting."
    ),
    Deed.CORRECT: gettext_lazy("What was wrong: a misspelling, another year."),
    Deed.END: gettext_lazy("A few words, if you like. Nothing about the person's own affairs."),
    Deed.REMOVE: gettext_lazy("Why it should not stand here: entered twice, another organisation."),
}


@dataclass(frozen=True)
class Sitting:
    """Somebody who is about to do a deed: with which row of what belongs to whom, on which day."""

    owner: Any  # what its rows belong to, such as an organisation
    deed: Deed
    viewer: Viewer
    day: date
    row: Any = None
    nonce: str = ""  # what a new row's key is made of

    @property
    def actor(self) -> Actor:
        return Actor.of(self.viewer)


@dataclass(frozen=True)
class Clash:
    """What somebody else wrote where this form would write something else."""

    label: Text
    then: str
    now: str


class DeedForm(WritingForm):
    """What is asked for a deed.

    slug, one, several  the noun in addresses, in the singular and in the plural.
    own                 the fields that are columns of the row.
    only_new            fields that only a new row has.
    all_deeds           what may be done with the noun.
    prose               the fields whose text is Markdown, and can be looked at before it is saved.
    hints, reasons      what is said of a deed, and of its reason, where it isn't what all say.
    """

    slug: ClassVar[str]
    one: ClassVar[Text]
    several: ClassVar[Text]
    model: ClassVar[type[Row]]
    own: ClassVar[tuple[str, ...]]
    only_new: ClassVar[tuple[str, ...]] = ()
    prose: ClassVar[tuple[str, ...]] = ()
    all_deeds: ClassVar[tuple[Deed, ...]] = tuple(Deed)
    hints: ClassVar[Mapping[Deed, Text]] = {}
    reasons: ClassVar[Mapping[Deed, Any]] = {}

    sitting: Any  # a Sitting
    done_with: str  # what it was done with, as it was called

    def __init__(self, sitting: Any, data: Any = None, initial: Values | None = None) -> None:
        self.sitting = sitting
        super().__init__(data, initial={**self.first, **(initial or {})})

    # What the form asks

    def arrange(self) -> None:
        deed = self.sitting.deed
        kept = {
            Deed.ADD: (*self.only_new, *self.own),
            Deed.CHANGE: self.own,
            Deed.CORRECT: self.own,
        }
        for name in self.fields.keys() - set(kept.get(deed, ())):
            del self.fields[name]
        self.fit()
        for name, label, required in self.bounds():
            edge = Edge.START if name == "start" else Edge.END
            held = str(self.first.get(name, ""))
            self.fields[name] = PartDayField(
                label=label, edge=edge, kept=held, required=required, **self.hint_of(name)
            )
        if deed is not Deed.ADD:
            self.fields["reason"] = forms.CharField(
                label=gettext_lazy("Reason"),
                max_length=400,
                required=deed in self.must_be_explained,
                help_text={**REASONS, **self.reasons}[deed],
            )
        self.audience = dict.fromkeys(self.fields, self.seen_by)

    def fit(self) -> None:
        """Fit the noun's own fields to what it belongs to."""

    @property
    def must_be_explained(self) -> set[Deed]:
        return {Deed.CORRECT, Deed.REMOVE}

    @property
    def is_dated(self) -> bool:
        return issubclass(self.model, Dated)

    def bounds(self) -> list[tuple[str, Text, bool]]:
        """The fields of the period: name, label, whether one must know."""
        if not self.is_dated:
            return []
        first, last = gettext_lazy("From"), gettext_lazy("Until")
        by_deed: dict[Deed, list[tuple[str, Text, bool]]] = {
            Deed.ADD: [("start", first, False), ("end", last, False)],
            Deed.CHANGE: [("start", gettext_lazy("Since when?"), False)],
            Deed.CORRECT: [("start", first, False), ("end", last, False)],
            Deed.END: [("end", gettext_lazy("Last day"), False)],
        }
        return by_deed.get(self.sitting.deed, [])

    def hint_of(self, name: str) -> dict[str, Text]:
        """Another hint than the usual one of a day."""
        if name == "end" and self.sitting.deed in {Deed.ADD, Deed.CORRECT}:
            return {"help_text": gettext_lazy("Leave it empty as long as it has not ended.")}
        return {}

    @property
    def seen_by(self) -> Text:
        """Who will see what is written here."""
        return EVERYBODY

    # What it holds, as plain values

    @cached_property
    def now(self) -> Values:
        """What the row holds, as the form would have it."""
        return self.held_by(self.sitting.row) if self.sitting.row is not None else {}

    @property
    def first(self) -> Values:
        """What stands in the form when it is opened. When it changed or ended is asked, not known."""
        anew = self.sitting.deed in {Deed.CHANGE, Deed.END}
        return {k: v for k, v in self.now.items() if not (anew and k in {"start", "end"})}

    @classmethod
    def held_by(cls, row: Any) -> Values:
        names = (*cls.own, *(("start", "end") if isinstance(row, Dated) else ()))
        return {name: cls.read(row, name) for name in names}

    @classmethod
    def read(cls, row: Any, name: str) -> Any:
        """A column of the row as the form holds it."""
        field = type(row)._meta.get_field(name)  # noqa: SLF001
        if field.many_to_many:
            return sorted(it.key for it in getattr(row, name).all())
        return as_plain(getattr(row, name))

    @property
    def typed(self) -> Values:
        """What was typed, once it is known to be valid."""
        return {name: as_plain(value) for name, value in self.cleaned_data.items()}

    @property
    def reason(self) -> str:
        return str(self.cleaned_data.get("reason", ""))

    def in_words(self, name: str, value: Any) -> str:
        """A plain value as people read it."""
        if name in {"start", "end"}:
            edge = Edge.START if name == "start" else Edge.END
            return format_bound(read_bound(value, edge)) if value else ""
        return in_words(self.base_fields.get(name), value)

    @property
    def previews(self) -> list[tuple[Text, str]]:
        """Label and text of what is Markdown, once it is known to be valid."""
        said = self.cleaned_data
        return [(self.label_of(it), said[it]) for it in self.prose if said.get(it)]

    # Meeting what somebody else wrote meanwhile

    def meet(self, held: Values) -> dict[str, Clash]:
        """Where somebody has changed what this form would write over, since it held `held`.

        What does not clash merges: a field that was left alone takes what stands there now.
        """
        if self.sitting.row is None:
            return {}
        clashes = {}
        for name, (then, now) in changed_meanwhile(held, self.now).items():
            typed = self.typed.get(name) if name in self.names_written else None
            if name in self.names_written and typed == then:
                self.take(name, now)
            elif typed != now:
                label = self.label_of(name)
                clashes[name] = Clash(label, self.in_words(name, then), self.in_words(name, now))
        return clashes

    @property
    def names_written(self) -> set[str]:
        """The fields that write over columns of the row as it stands."""
        if self.sitting.deed is Deed.CHANGE:
            return set(self.own) & self.fields.keys()
        return (set(self.own) | {"start", "end"}) & self.fields.keys()

    def take(self, name: str, value: Any) -> None:
        self.cleaned_data[name] = self.fields[name].clean(value)

    def label_of(self, name: str) -> Text:
        labels = {"start": gettext_lazy("From"), "end": gettext_lazy("Until")}
        field = self.base_fields.get(name)
        return str(field.label) if field else labels[name]

    def offer(self, clashes: Mapping[str, Clash]) -> None:
        """Let the person choose, field by field."""
        for name in clashes.keys() & self.names_written:
            said = _("Take this instead of mine: %(text)s")
            words = Truncator(clashes[name].now).chars(120) or _("(empty)")
            choice = forms.BooleanField(label=said % {"text": words}, required=False)
            self.fields[f"{TAKE}{name}"] = choice
        order = [name for it in self.fields for name in (it, f"{TAKE}{it}")]
        self.order_fields(order)

    # Doing it

    def carry_out(self, it: Together) -> None:
        """Do the deed. Raises ValidationError when it breaks a rule of its noun."""
        row, day, said = self.sitting.row, self.sitting.day, self.cleaned_data
        self.done_with = "" if row is None else self.title_of(row)
        match self.sitting.deed:
            case Deed.ADD:
                new, sets = self.new_row(it)
                self.done_with = self.title_of(deeds.add(it, new, sets, day))
            case Deed.CHANGE:
                later = deeds.copy_of(row)
                self.fill(later)
                later.key = self.key_of_new(later)
                deeds.change(it, row, later, said["start"], day)
            case Deed.CORRECT:
                deeds.correct(it, row, self.columns())
            case Deed.END:
                deeds.end(it, row, said["end"], day)
            case Deed.REMOVE:
                it.remove(row)

    def columns(self) -> Values:
        """The columns and sets as the row shall have them."""
        names = (set(self.own) | {"start", "end"}) & self.cleaned_data.keys()
        return {name: self.written(name, self.cleaned_data[name]) for name in names}

    def written(self, name: str, value: Any) -> Any:
        """A value of the form as the column has it."""
        return value

    def fill(self, row: Any) -> Values:
        """Give a row that is not stored its columns. The sets it shall have are returned."""
        columns = self.columns()
        sets = {name: columns.pop(name) for name in list(columns) if is_set(row, name)}
        for name, value in columns.items():
            setattr(row, name, value)
        return sets

    def new_row(self, it: Together) -> tuple[Any, Values]:
        """A new row with its columns, and the sets that it shall have."""
        row: Any = self.model()
        self.belong(row)
        sets = self.fill(row)
        row.key = self.key_of_new(row)
        return row, sets

    def belong(self, row: Any) -> None:
        """Have a new row belong to its owner."""
        raise NotImplementedError

    def key_of_new(self, row: Any) -> str:
        return self.key_by_nonce

    @property
    def key_by_nonce(self) -> str:
        """A key that is this form's own, so that what is sent twice is written once."""
        nonce = self.sitting.nonce or new_key()
        return f"{self.sitting.owner.key}.{self.model.noun}.{nonce}"

    # What is said of it

    @classmethod
    def is_edited_in_place(cls) -> bool:
        """Whether it is no row of its own, of which one says that it changed, was wrong or ended."""
        return Deed.REMOVE not in cls.all_deeds

    @classmethod
    def act(cls, deed: Deed) -> str:
        """What is done: Add address, Address: it has changed, Edit description and facts."""
        noun = {"noun": lower_first(str(cls.one))}
        if deed is Deed.ADD:
            return _("Add %(noun)s") % noun
        if deed is Deed.CORRECT and cls.is_edited_in_place():
            return _("Edit %(noun)s") % noun
        return f"{cls.one}: {lower_first(str(CHOICES[deed][0]))}"

    @property
    def heading(self) -> str:
        """What the page is about: the fact as it stands, or what is done with what has no history."""
        row, act = self.sitting.row, self.act(self.sitting.deed)
        if row is None:
            return act
        return f"{act}: {self.title_of(row)}" if self.is_edited_in_place() else self.title_of(row)

    @property
    def kicker(self) -> str:
        """What stands above the heading: whose it is, and what is done."""
        it, row = self.sitting.owner, self.sitting.row
        if row is not None and not self.is_edited_in_place():
            return f"{it} · {CHOICES[self.sitting.deed][0]}"
        return "" if row == it else str(it)

    @classmethod
    def title_of(cls, row: Any) -> str:
        return str(row)

    def warnings(self) -> Iterator[Text]:
        """What seems wrong with what was saved as it was written."""
        return iter(())


def preferred(data: QueryDict, held: Values) -> QueryDict:
    """What was sent, with what the other wrote in each field where the person ticked to take that."""
    found = data.copy()
    for name, value in held.items():
        if f"{TAKE}{name}" in data:
            found.setlist(name, value if isinstance(value, list) else [value])
    return found


def is_set(row: Any, name: str) -> bool:
    return bool(row._meta.get_field(name).many_to_many)  # noqa: SLF001


def as_plain(value: Any) -> Any:
    """A value of a column or a form as plain text; nothing is the empty text, a set a sorted list."""
    if isinstance(value, QuerySet):
        return sorted(it.key for it in value)
    found = plain(value)
    return "" if found is None else found


def in_words(field: forms.Field | None, value: Any) -> str:
    """A plain value of the field as people read it."""
    if value in ("", None, []):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        keys = value if isinstance(value, list) else [value]
        rows: Any = field.queryset.model  # type: ignore[union-attr]
        found = rows._default_manager.filter(key__in=keys)  # noqa: SLF001
        return ", ".join(str(it) for it in found) or ", ".join(keys)
    if isinstance(field, forms.ChoiceField):
        return str(dict(flat(field.choices)).get(value, value))
    return str(value)


def flat(choices: Any) -> list[tuple[Any, Any]]:
    """The choices without their groups."""
    found: list[tuple[Any, Any]] = []
    for value, label in choices:
        found += flat(label) if isinstance(label, list | tuple) else [(value, label)]
    return found
