"""All that can be changed of an organisation, as it stands, with one action each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tillit.kit.access import open_to, others_by_which, signed_in, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import format_period, today
from tillit.kit.editing.choices import Deed
from tillit.register import rules
from tillit.register.crumbs import crumbs_of
from tillit.register.forms.address import AddressForm
from tillit.register.forms.fact import FactForm, Sitting
from tillit.register.forms.identifier import IdentifierForm
from tillit.register.forms.name import NameForm
from tillit.register.forms.organisation import OrganisationForm
from tillit.register.forms.presence import PresenceForm
from tillit.register.forms.role import RoleForm
from tillit.register.forms.unit import UnitForm
from tillit.register.models import Organisation, Proposal
from tillit.register.views.editing.sitting import (
    RELATED,
    deed_url,
    fact_url,
    may_propose,
    organisation_of,
    own_unit,
)

DATED: tuple[type[FactForm], ...] = (
    NameForm,
    AddressForm,
    RoleForm,
    UnitForm,
    PresenceForm,
    IdentifierForm,
)


@dataclass(frozen=True)
class Entry:
    """A fact as it stands, and where it is changed."""

    title: str
    text: str
    url: str
    holds: bool = True
    warning: str = ""


@dataclass(frozen=True)
class Section:
    """The facts of one noun."""

    slug: str
    title: str
    add: str = ""
    entries: list[Entry] = field(default_factory=list)

    @property
    def present(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.holds]

    @property
    def past(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.holds]


@open_to(signed_in)
def overview(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = organisation_of(viewer, key)
    may_edit = rules.may_edit(viewer, it)
    context = {
        "organisation": it,
        "crumbs": crumbs_of(it),
        "may_edit": may_edit,
        "others": [] if may_edit else others_by_which(viewer, rules.may_edit, it),
        "facts": facts_of(it),
        "facts_url": deed_url(it, OrganisationForm, Deed.CORRECT, it.key),
        "end_url": deed_url(it, OrganisationForm, Deed.END, it.key),
        "nouns": list(sections_of(it, viewer)),
        "waiting": Proposal.objects.visible_to(viewer).filter(organisation=it).waiting().count()
        if may_edit
        else 0,
    }
    return render(request, "register/editing/overview.html", context)


def facts_of(it: Organisation) -> list[tuple[str, Any]]:
    """What the organisation says of itself, also what it has not said yet."""
    return [
        (_("Description"), Truncator(it.description).chars(200)),
        (_("Website"), it.web),
        (_("Legal form"), it.get_form_display() if it.form else ""),
        (_("Level"), it.get_level_display() if it.level else ""),
        (_("Themes and target groups"), ", ".join(str(topic) for topic in it.topics.all())),
        (_("Exists"), format_period(it.period) if it.start or it.end else ""),
    ]


def sections_of(it: Organisation, viewer: Viewer) -> Iterator[Section]:
    for form in DATED:
        sitting = Sitting(it, Deed.ADD, viewer, today(), for_unit=own_unit(viewer, form))
        allowed = sitting.may_edit or may_propose(sitting, form)
        rows = rows_of(form, it, viewer)
        yield Section(
            slug=form.slug,
            title=str(form.several),
            add=deed_url(it, form, Deed.ADD) if allowed else "",
            entries=[entry(form, it, row) for row in rows],
        )


def rows_of(form: type[FactForm], it: Organisation, viewer: Viewer) -> Iterable[Any]:
    rows: Any = form.model._default_manager  # noqa: SLF001
    visible = rows.visible_to(viewer).filter(organisation=it)
    found = list(visible.select_related(*RELATED.get(form.model.noun, ())))
    return sorted(found, key=lambda row: getattr(row, "rank", 0)) if form is RoleForm else found


def entry(form: type[FactForm], it: Organisation, row: Any) -> Entry:
    row.organisation = it
    period = format_period(row.as_read) if row.start or row.end or row.seen else ""
    verdict = getattr(row, "verdict", None)
    return Entry(
        title=str(row.person) if form is RoleForm else form.title_of(row),
        text=" · ".join(filter(None, [words_of(row), period])),
        url=fact_url(it, form, row.key),
        holds=row.as_read.active_on(today()),
        warning="" if verdict is None or verdict.holds else str(verdict.reason),
    )


def words_of(row: Any) -> str:
    """What kind of fact it is; of a role, which."""
    if row.noun != "role":
        return str(
            row.get_kind_display() if hasattr(row, "get_kind_display") else row.kind_in_words
        )
    return ", ".join(filter(None, [str(row), str(row.unit_to_tell or "")]))
