"""The answers as figures, beside those of last year. Small groups of persons are hidden."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.enquiries.models import Answer, Enquiry, Kind, Question
from tillit.kit.charts import Chart, Point, Series

LEAST = 5  # fewer than these are not told where persons are concerned
Values = dict[int, list[Any]]


@dataclass(frozen=True)
class Figure:
    """One question in figures: how many answered it, and what."""

    question: Question
    answered: int
    chart: Chart | None = None
    facts: list[tuple[str, Any]] = field(default_factory=list)
    is_hidden: bool = False  # so few answered that nothing is told

    @property
    def is_text(self) -> bool:
        return self.question.kind == Kind.TEXT


def figures_of(enquiry: Enquiry) -> list[Figure]:
    """The figures of each question, beside those of the same question a year before."""
    questions = list(enquiry.questions.select_related("same_as__enquiry"))
    former = [it.same_as for it in questions if it.same_as]
    values = values_of([*questions, *former])
    return [figure_of(it, values) for it in questions]


def values_of(questions: Sequence[Question]) -> Values:
    """What has been answered and sent, by question."""
    found: Values = {it.pk: [] for it in questions}
    rows = Answer.objects.filter(question__in=questions, asked__answered_at__isnull=False)
    for question, value in rows.values_list("question_id", "value"):
        found[question].append(value)
    return found


def figure_of(it: Question, values: Values) -> Figure:
    own = values[it.pk]
    if it.concerns_persons and 0 < len(own) < LEAST:
        return Figure(it, len(own), is_hidden=True)
    if it.kind == Kind.NUMBER:
        return Figure(it, len(own), facts=list(numbers(it, values)))
    if it.kind == Kind.TEXT:
        return Figure(it, len(own))
    return Figure(it, len(own), chart=chart_of(it, values))


def numbers(it: Question, values: Values) -> Iterable[tuple[str, Any]]:
    """Sum and median, this year and last."""
    own = [Decimal(value) for value in values[it.pk]]
    if own:
        yield _("Sum"), sum(own)
        yield _("Median"), median(own)
    earlier = former_of(it, values)
    if own and earlier:
        year = {"year": it.same_as.enquiry.year}  # type: ignore[union-attr]
        amounts = [Decimal(value) for value in earlier]
        yield _("Sum %(year)s") % year, sum(amounts)
        yield _("Median %(year)s") % year, median(amounts)


def former_of(it: Question, values: Values) -> list[Any]:
    """Last year's answers to the same question; none if they were so few that they are hidden."""
    found = values.get(it.same_as_id or 0, [])
    return [] if it.concerns_persons and len(found) < LEAST else found


def chart_of(it: Question, values: Values) -> Chart:
    """Percent of those who answered, so that years in which more or fewer did can be compared."""
    own, earlier = values[it.pk], former_of(it, values)
    unit = _("percent of those who answered, and how many")
    this_year = points_of(it, own)
    if not earlier:
        return Chart(title=it.text, unit=unit, points=this_year, kind="bar")
    former = it.same_as
    assert former is not None  # noqa: S101 (it has answers)
    series = [
        Series(year_of(it, own), this_year),
        Series(year_of(former, earlier), points_of(it, earlier)),
    ]
    return Chart(title=it.text, unit=unit, series=series, kind="bar")


def year_of(it: Question, answers: Sequence[Any]) -> str:
    said = ngettext("%(year)s, %(count)s answer", "%(year)s, %(count)s answers", len(answers))
    return said % {"year": it.enquiry.year, "count": len(answers)}


def points_of(it: Question, answers: Sequence[Any]) -> list[Point]:
    counted = Counter(chosen for value in answers for chosen in chosen_in(value))
    alternatives = alternatives_of(it)
    hidden = hidden_among(it, [counted[value] for value, _label in alternatives])
    few = _("fewer than %(least)s") % {"least": LEAST}
    return [
        Point(label, None, instead=few)
        if counted[value] in hidden
        else Point(label, share(counted[value], len(answers)), beside=str(counted[value]))
        for value, label in alternatives
    ]


def share(count: int, of: int) -> int:
    """In percent."""
    return round(100 * count / of) if of else 0


def chosen_in(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def alternatives_of(it: Question) -> list[tuple[Any, str | Promise]]:
    if it.kind == Kind.YES_NO:
        return [(True, _("Yes")), (False, _("No"))]
    return [(name, name) for name in it.alternatives]


def hidden_among(it: Question, counts: Sequence[int]) -> set[int]:
    """The counts that are not told. One alone would follow from the rest, so the next goes too."""
    if not it.concerns_persons:
        return set()
    small = [count for count in counts if 0 < count < LEAST]
    rest = sorted(count for count in counts if count >= LEAST)
    if len(small) == 1 and rest and it.kind != Kind.SEVERAL:
        small.append(rest[0])
    return set(small)
