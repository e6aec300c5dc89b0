"""A draft with all its parts: what stands there, and each part added, edited, moved, removed."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tillit.agreements import numbering, rules
from tillit.agreements.forms.part import PartForm, Sitting
from tillit.agreements.forms.wording import BY_SLUG, FORMS, MOVED, CommitmentForm, VersionForm
from tillit.agreements.models import Version
from tillit.agreements.reading import parts_of
from tillit.agreements.views.editing.fetching import (
    must_be_drafted,
    of_form,
    part_of,
    version_of,
)
from tillit.agreements.views.editing.writing import (
    Writing,
    crumbs_to_draft,
    crumbs_to_version,
    draft_url,
    say,
)
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, together
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.editing.choices import DEEDS, Deed
from tillit.kit.models import Activity
from tillit.register.choices import Side
from tillit.register.crumbs import Crumbs

AFTER = "efter"  # the parameter by which a group is told that something was just done in it
STEPS = {"upp": -1, "ner": 1}
RELATED: dict[str, tuple[str, ...]] = {
    "principle": ("taken_from",),
    "commitment": ("principle",),
    "measure": ("lead",),
}


@dataclass(frozen=True)
class Group:
    """The parts of one noun, of one side where sides have their own."""

    form: type[PartForm]
    title: str
    rows: list[Any]
    may_write: bool
    side: str = ""

    @property
    def slug(self) -> str:
        return self.form.slug

    @property
    def anchor(self) -> str:
        return anchor_of(self.form, self.side)

    @property
    def moves(self) -> bool:
        return self.may_write and self.form.slug in MOVED and len(self.rows) > 1


@open_to(signed_in)
def edit_version(request: HttpRequest, key: str, version: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = version_of(viewer, key, version)
    must_be_drafted(viewer, found)
    groups = groups_of(found, viewer)
    after = request.GET.get(AFTER, "")
    context = {
        "version": found,
        "agreement": found.agreement,
        "crumbs": crumbs_to_version(found),
        "groups": groups,
        "after": after if after in {it.anchor for it in groups} else "",
        "may_adopt": rules.may_adopt(viewer, found),
        "facts": [
            (_("What the version is called"), found.label),
            (_("What stands at its head"), found.title),
            (_("Description"), found.description),
        ],
    }
    return render(request, "agreements/editing/version.html", context)


def anchor_of(form: type[PartForm], side: str) -> str:
    return f"{form.slug}-{side}" if form is CommitmentForm and side else form.slug


def group_url(version: Version, form: type[PartForm], side: str) -> str:
    """Where something of the group was just done, which tells of it itself."""
    anchor = anchor_of(form, side)
    return f"{draft_url(version)}?{urlencode({AFTER: anchor})}#{anchor}"


def groups_of(version: Version, viewer: Viewer) -> list[Group]:
    """All parts, as the forms are for them; a noun is fetched once."""
    found: dict[Any, list[Any]] = {}
    for form in FORMS:
        noun = form.model.noun
        if noun not in found:
            found[noun] = parts_of(version, f"{noun}s", viewer, *RELATED.get(noun, ()))
    return [
        group
        for form in FORMS
        for group in groups_of_form(form, version, found[form.model.noun], viewer)
    ]


def groups_of_form(
    form: type[PartForm], version: Version, parts: list[Any], viewer: Viewer
) -> list[Group]:
    rows = [row for row in parts if all(getattr(row, it) == is_ for it, is_ in form.among.items())]
    if form is not CommitmentForm:
        return [Group(form, str(form.several), rows, may_write=True)]
    return [
        Group(
            form,
            f"{form.several}: {side.label}",
            [row for row in rows if row.side == side],
            rules.may_write_for(viewer, version.agreement, side),
            side.value,
        )
        for side in Side
    ]


class OfVersion(Writing):
    """A deed with a part of a draft, or with what stands at its head."""

    form: type[PartForm]

    def __init__(
        self, request: HttpRequest, at: tuple[str, str], form: type[PartForm], deed: Deed, row: str
    ) -> None:
        super().__init__(request, form, deed)
        self.at, self.row = at, row

    def sit(self, *, locked: bool) -> Sitting:
        found = version_of(self.viewer, *self.at, locked=locked)
        must_be_drafted(self.viewer, found)
        if self.form is VersionForm:
            return Sitting(found, self.deed, self.viewer, today(), found)
        row = part_of(self.viewer, found, self.form, self.row) if self.row else None
        if self.form is CommitmentForm and row is not None:
            insist(self.viewer, rules.may_write_for, found.agreement, row.side)
        side = rules.side_edited_by(self.viewer, found.agreement)
        return Sitting(found, self.deed, self.viewer, today(), row, side=side)

    def back_url(self, form: Any) -> str:
        return draft_url(form.sitting.owner)

    def done_url(self, form: Any) -> str:
        return group_url(form.sitting.owner, self.form, form.sitting.side)

    def crumbs(self, form: Any) -> Crumbs:
        return crumbs_to_draft(form.sitting.owner)


def form_of(slug: str) -> type[PartForm]:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


@open_to(signed_in, methods=WRITING)
def version_entry(request: HttpRequest, key: str, version: str) -> HttpResponse:
    return OfVersion(request, (key, version), VersionForm, Deed.CORRECT, "").answer()


@open_to(signed_in, methods=WRITING)
def new_part(request: HttpRequest, key: str, version: str, noun: str) -> HttpResponse:
    return OfVersion(request, (key, version), form_of(noun), Deed.ADD, "").answer()


@open_to(signed_in, methods=WRITING)
def part_deed(  # noqa: PLR0917 (what the address names)
    request: HttpRequest, key: str, version: str, noun: str, row: str, word: str
) -> HttpResponse:
    form, deed = form_of(noun), DEEDS.get(word)
    if deed is Deed.ADD or deed not in form.all_deeds:
        raise Http404
    return OfVersion(request, (key, version), form, deed, row).answer()


@open_to(signed_in, methods=("POST",))
def part_move(  # noqa: PLR0917 (what the address names)
    request: HttpRequest, key: str, version: str, noun: str, row: str, word: str
) -> HttpResponse:
    """The part and the one before or after it change places."""
    if noun not in MOVED or word not in STEPS:
        raise Http404
    viewer, form = viewer_of(request), form_of(noun)
    with transaction.atomic():
        found = version_of(viewer, key, version, locked=True)
        must_be_drafted(viewer, found)
        it: Any = part_of(viewer, found, form, row)
        done = renumber(found, form, it, viewer, STEPS[word])
    said = _("Moved: %(what)s.") if done else _("It stands at the end already: %(what)s.")
    say(request, said % {"what": it}, found.agreement, done)
    return redirect(group_url(found, form, it.side if form is CommitmentForm else ""))


@open_to(signed_in, methods=("POST",))
def part_numbering(request: HttpRequest, key: str, version: str, noun: str) -> HttpResponse:
    """All parts of a noun are numbered again without gaps; of commitments those of one's own side."""
    if noun not in MOVED:
        raise Http404
    viewer, form = viewer_of(request), form_of(noun)
    with transaction.atomic():
        found = version_of(viewer, key, version, locked=True)
        must_be_drafted(viewer, found)
        done = renumber(found, form, None, viewer, 0)
    said = _("Numbered again.") if done else _("There are no gaps.")
    say(request, said, found.agreement, done)
    return redirect(group_url(found, form, rules.side_edited_by(viewer, found.agreement)))


def renumber(
    version: Version, form: type[PartForm], it: Any, viewer: Viewer, step: int
) -> Activity | None:
    """Move one part, or close the gaps of all."""
    rows = of_form(form, version)
    if form is CommitmentForm:
        side = it.side if it else rules.side_edited_by(viewer, version.agreement)
        insist(viewer, rules.may_write_for, version.agreement, side)
        rows = rows.filter(side=side)
    beside = list(rows)
    new = numbering.moved(beside, it, step) if it else numbering.closed(beside)
    with together(Actor.of(viewer)) as done:
        for row, number in new:
            done.change(row, {"number": number})
    return done.first
