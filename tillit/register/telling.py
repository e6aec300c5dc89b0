"""What was changed, in words: what, from what to what, by whom and on whose behalf.

Who did it is personal: the person's name is told to those who see the organisation's own matters, or
those of whom it was done for. Others are told on whose behalf.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.changes import BY_COMMAND, model_of
from tillit.kit.circles import Viewer
from tillit.kit.contributions import ERASED
from tillit.kit.days import format_bound, format_day
from tillit.kit.editing.form import flat
from tillit.kit.models import Activity, Row, Verb
from tillit.kit.typography import lower_first, share
from tillit.register import rules
from tillit.register.forms.nouns import BY_NOUN
from tillit.register.models import Application, Organisation
from tillit.register.naming import EMPTY, Called, Callings, called, kind_in_words

LONG = 200
# What follows from the rest, or tells nobody anything.
NOT_TOLD = {
    *("organisation", "seen", "source", "account", "umbrella", "member"),
    *("given_by", "given_for", "ended_by", "sent_at", "token_hash"),  # the line says who and when
}
LABELS: dict[str, str | Promise] = {
    "start": gettext_lazy("From"),
    "end": gettext_lazy("Until"),
    "protected": gettext_lazy("Protected"),
    "parent": gettext_lazy("Part of"),
    "person": gettext_lazy("Person"),
    "unit": gettext_lazy("In"),
    "represents": gettext_lazy("Represents"),
    "secretariat": gettext_lazy("Looked after by"),
    "kind": gettext_lazy("Kind"),
    "state": gettext_lazy("State"),
    "what": gettext_lazy("What"),
    "place": gettext_lazy("Place"),
    "day": gettext_lazy("Day"),
    "language": gettext_lazy("Language"),
    "leaver": gettext_lazy("Who leaves"),
    "successor": gettext_lazy("Who takes over"),
    "expires_at": gettext_lazy("Can be answered until"),
    "accepted_at": gettext_lazy("Accepted"),
    "accepted_by": gettext_lazy("Accepted by"),
    "declined_at": gettext_lazy("Declined"),
    "withdrawn_at": gettext_lazy("Withdrawn"),
    "stopped_at": gettext_lazy("Stopped"),
}
EDGES = {"start": Edge.START, "end": Edge.END}
TEXTS = (
    *("name", "value", "street", "town", "person", "place", "title", "email"),
    *("heading", "term", "label", "text"),
)


@dataclass(frozen=True)
class Difference:
    """One value before and after; either is empty where there was none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A change as people read it."""

    activity: Activity
    noun: str
    title: str
    verb: str
    who: str
    behalf: str = ""
    differences: list[Difference] = field(default_factory=list)
    can_be_undone: bool = False

    @property
    def what(self) -> str:
        """Changed name: NÄTVERKET."""
        noun = lower_first(self.noun)
        return f"{self.verb} {noun}: {self.title}" if self.title else f"{self.verb} {noun}"

    @property
    def reason(self) -> str:
        """What somebody gave as the reason. A command notes the name of what it read instead."""
        it = self.activity
        return "" if it.undoes_id or it.actor.startswith(BY_COMMAND) else it.reason


def tell(activities: Sequence[Activity], viewer: Viewer, page: Organisation) -> list[Told]:
    """The changes in words, on the organisation's page."""
    undoable = undoable_among(activities, may_be_undone) if rules.may_edit(viewer, page) else set()
    return told(activities, viewer, undoable, is_inside=rules.may_read_own(viewer, page))


def told(
    activities: Sequence[Activity],
    viewer: Viewer,
    undoable: Collection[int] = (),
    more: Callings = EMPTY,
    *,
    is_inside: bool,
) -> list[Told]:
    """The changes in words; all that they name is fetched at once.

    Who did it is told to who is inside. `more` are other contexts' nouns, as `naming` has them.
    """
    words = called(_named(activities), viewer, more)
    found = []
    for it in activities:
        who, behalf = _who(it, words, is_inside or it.behalf in viewer.circles)
        found.append(
            Told(
                activity=it,
                noun=noun_of(it),
                title=title_of(it, words),
                verb=verb_of(it),
                who=who,
                behalf=behalf,
                differences=list(differences(it, words)),
                can_be_undone=it.pk in undoable,
            )
        )
    return found


def may_be_undone(it: Activity) -> bool:
    """Whether it is a change of what people edit here. Other deeds are taken back in their own way."""
    by_people = bool(it.changes) and not it.actor.startswith(BY_COMMAND)
    return by_people and it.subject.partition(":")[0] in BY_NOUN


def undoable_among(activities: Sequence[Activity], may_be: Callable[[Activity], bool]) -> set[int]:
    """Those after which nothing came, with all that was done together with them."""
    firsts = [it for it in activities if it.part_of_id is None and may_be(it)]
    parts: dict[int, list[Activity]] = {it.pk: [it] for it in firsts}
    for it in Activity.objects.filter(part_of__in=firsts):
        parts[it.part_of_id].append(it)
    subjects = {it.subject for several in parts.values() for it in several}
    rows = Activity.objects.filter(subject__in=subjects).order_by().values("subject")
    lasts = dict(rows.annotate(last=Max("pk")).values_list("subject", "last"))
    return {
        first
        for first, several in parts.items()
        if {lasts[it.subject] for it in several} <= {it.pk for it in several}
    }


def _named(activities: Iterable[Activity]) -> Iterator[str]:
    """The subjects of all rows that the changes name."""
    for it in activities:
        yield from filter(None, (it.subject, it.actor, it.behalf))
        model = model_of(it.subject)
        for name, pair in it.changes.items():
            yield from _named_by(model, name, pair)


def _named_by(model: type[Row] | None, name: str, pair: Sequence[Any]) -> Iterator[str]:
    related = getattr(field_of(model, name), "related_model", None)
    noun = getattr(related, "noun", "")
    if noun:
        for value in pair:
            keys = value if isinstance(value, list) else [value]
            yield from (f"{noun}:{key}" for key in keys if key)


def field_of(model: type[Row] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None  # noqa: SLF001
    except FieldDoesNotExist:
        return None


def _who(it: Activity, words: dict[str, Called], is_inside: bool) -> tuple[str, str]:
    """Who did it, and on whose behalf, as far as the reader is told."""
    behalf = words[it.behalf].text if it.behalf in words else ""
    if it.actor.startswith(BY_COMMAND):
        return _("Read from files"), ""
    if is_inside and it.actor in words and it.actor != ERASED:
        return words[it.actor].text, behalf
    if it.actor.startswith(f"{Application.noun}:"):
        return _("Whoever applied, without having signed in"), ""
    return behalf or _("Somebody who had signed in"), ""


def noun_of(it: Activity) -> str:
    """What kind of thing was changed: Name, Address, Role."""
    noun = it.subject.partition(":")[0]
    if noun in BY_NOUN:
        return str(BY_NOUN[noun].one)
    model: Any = model_of(it.subject)
    return capfirst(str(model._meta.verbose_name)) if model else noun  # noqa: SLF001


def title_of(it: Activity, words: dict[str, Called]) -> str:
    """Which one: by what it is called, or was when it was removed."""
    if it.subject.startswith(f"{Organisation.noun}:"):
        return ""
    if it.subject in words:
        return str(words[it.subject])
    side = 0 if it.verb == Verb.REMOVED else 1
    said = {name: pair[side] for name, pair in it.changes.items()}
    model = model_of(it.subject)
    texts = (value_in_words(model, name, said.get(name), words) for name in TEXTS)
    kind = kind_in_words(it.subject.partition(":")[0], said.get("kind") or said.get("scheme") or "")
    text = next(filter(None, texts), "")
    return str(Called(text, kind)) if text else ""


def verb_of(it: Activity) -> str:
    """What was done with it, as a sentence begins: Changed mandate."""
    if it.undoes_id:
        return _("Undid")
    said = {Verb.CREATED: _("Added"), Verb.CHANGED: _("Changed"), Verb.REMOVED: _("Took away")}
    return said[Verb(it.verb)]


def differences(it: Activity, words: dict[str, Called]) -> Iterator[Difference]:
    model = model_of(it.subject)
    for name, pair in it.changes.items():
        if name in NOT_TOLD or (name == "name" and model is Organisation):
            continue
        label = label_of(model, name)
        before, after = (value_in_words(model, name, value, words) for value in pair)
        if label and (before or after):
            yield Difference(label, before, after)


def label_of(model: type[Row] | None, name: str) -> str:
    """The value in the words of its form, or of its column. What has none is the code's own matter."""
    form = BY_NOUN.get(model.noun) if model else None
    asked = form.base_fields.get(name) if form else None
    if asked is not None:
        return str(asked.label)
    if name in LABELS:
        return str(LABELS[name])
    said = getattr(field_of(model, name), "verbose_name", "")
    return capfirst(str(said)) if isinstance(said, Promise) else ""


def value_in_words(model: type[Row] | None, name: str, value: Any, words: dict[str, Called]) -> str:
    column = field_of(model, name)
    if value in (None, "", []) or isinstance(column, models.JSONField):
        return ""
    noun = getattr(getattr(column, "related_model", None), "noun", "")
    if noun:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(words[it].text for it in (f"{noun}:{key}" for key in keys) if it in words)
    if isinstance(column, models.DateTimeField):
        return format_day(timezone.localdate(datetime.fromisoformat(str(value))))
    if isinstance(column, models.DateField):
        return format_day(date.fromisoformat(str(value)))
    if name in EDGES:
        return format_bound(read_bound(str(value), EDGES[name]))
    return plain_in_words(name, value, dict(flat(getattr(column, "choices", None) or ())))


def plain_in_words(name: str, value: Any, choices: dict[Any, Any]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "share":
        return share(Decimal(str(value)))
    return Truncator(str(choices.get(value, value))).chars(LONG)
