"""The page of a deed's form: opened, sent in, met by somebody else's change, looked at or done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tillit.kit.access import viewer_of
from tillit.kit.changes import new_key, together
from tillit.kit.circles import Viewer
from tillit.kit.editing.choices import Deed
from tillit.kit.editing.form import Clash, DeedForm, Sitting, Values, preferred
from tillit.kit.editing.words import DONE, EXPLAINED, SAVE
from tillit.kit.forms import SEEN, seal, take_errors, unseal
from tillit.kit.models import Activity

PREVIEW = "preview"
MOST_TOLD = 3
Hidden = dict[str, str]


@dataclass(frozen=True)
class Seal:
    """What the form is about: which row, and what of that the person has seen."""

    subject: str = ""
    nonce: str = ""  # of a new row: what is sent twice is written once
    held: Values | None = None

    @classmethod
    def of(cls, sitting: Sitting, held: Values) -> str:
        return seal({"subject": subject_of(sitting), "nonce": sitting.nonce, "held": held})

    @classmethod
    def read(cls, text: str) -> "Seal":
        found = unseal(text)
        return cls(found.get("subject", ""), found.get("nonce", ""), found.get("held"))

    def held_of(self, sitting: Sitting) -> Values | None:
        """What the row held as the person last saw it; nothing when the seal is another's."""
        return self.held if self.subject == subject_of(sitting) else None


def subject_of(sitting: Sitting) -> str:
    return sitting.row.subject if sitting.row else ""


class DeedPage:
    """One deed with one row, as somebody does it.

    Whose it is, and who may, is told by `sit`; where one goes by `back_url`, `crumbs` and `undo_link`.
    """

    template: ClassVar[str]

    def __init__(self, request: HttpRequest, form: type[DeedForm], deed: Deed) -> None:
        self.request, self.form, self.deed = request, form, deed
        self.viewer: Viewer = viewer_of(request)
        self.held: Values | None = None  # what the person has seen the row hold

    def sit(self, *, locked: bool) -> Any:
        """The sitting. Raises Http404, and PermissionDenied for who may not."""
        raise NotImplementedError

    def back_url(self, form: Any) -> str:
        raise NotImplementedError

    def done_url(self, form: Any) -> str:
        return self.back_url(form)

    def crumbs(self, form: Any) -> list[tuple[str, str]]:
        raise NotImplementedError

    def undo_link(self, form: Any, activity: Activity) -> SafeString:
        raise NotImplementedError

    def told(self, activities: list[Activity], form: Any) -> list[Any]:
        """The changes in words."""
        raise NotImplementedError

    # Opened

    def opened(self) -> HttpResponse:
        sitting = replace(self.sit(locked=False), nonce=new_key())
        return self.show(self.form(sitting, initial=self.initial(sitting)))

    def initial(self, sitting: Any) -> Values | None:
        """What the form is filled in with, besides what the row holds."""
        return None

    # Sent in

    def answer(self) -> HttpResponse:
        """What comes of the request; what was sent in is written in one transaction."""
        if self.request.method != "POST":
            return self.opened()
        with transaction.atomic():
            return self.sent()

    def sent(self) -> HttpResponse:
        """Within a transaction: what the row belongs to is locked from here to the end of it."""
        sealed = Seal.read(self.request.POST.get(SEEN, ""))
        sitting = replace(self.sit(locked=True), nonce=sealed.nonce or new_key())
        self.prepare(sitting)
        self.held = self.held_in(sealed, sitting)
        form = self.form(sitting, preferred(self.request.POST, self.held or {}))
        if hindered := self.hindered(form):
            return hindered
        if self.held is None:
            form.add_error(None, _("The page had become too old. Look it through and save again."))
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        if PREVIEW in self.request.POST:
            return self.show(form, previewed=True)
        if is_written(form):
            messages.info(self.request, _("It is saved already."))
            return redirect(self.done_url(form))
        clashes = form.meet(self.held or {})
        if clashes:
            form.offer(clashes)
            self.held = {**(self.held or {}), **{name: form.now[name] for name in clashes}}
            return self.show(form, HTTPStatus.CONFLICT, clashes=clashes)
        return self.finish(form)

    def prepare(self, sitting: Any) -> None:
        """What there is to be found before the form is made."""

    def held_in(self, sealed: Seal, sitting: Any) -> Values | None:
        """What the person has seen the row hold; None: the page is too old to know."""
        return sealed.held_of(sitting)

    def hindered(self, form: Any) -> HttpResponse | None:
        """An answer, where the form can't be taken as what it was opened as."""
        return None

    def finish(self, form: Any) -> HttpResponse:
        return self.save(form)

    def save(self, form: Any) -> HttpResponse:
        about, told_to = self.told_of(form)
        try:
            with together(form.sitting.actor, form.reason, about, told_to) as done:
                form.carry_out(done)
        except ValidationError as error:
            take_errors(form, error)
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        self.saved(form, done.first)
        if done.first is None:
            messages.info(self.request, _("Nothing was changed."))
            return redirect(self.done_url(form))
        said = DONE[self.deed] % {"what": form.done_with}
        messages.success(self.request, format_html("{} {}", said, self.undo_link(form, done.first)))
        for warning in form.warnings():
            messages.warning(self.request, str(warning))
        return redirect(self.done_url(form))

    def told_of(self, form: Any) -> tuple[str, tuple[str, str] | None]:
        """On whose page the change is told, and to whom, where that does not follow from the row."""
        return "", None

    def saved(self, form: Any, done: Activity | None) -> None:
        """What else there is to do once it is written, in the same transaction."""

    # Shown

    def show(
        self,
        form: Any,
        status: int = HTTPStatus.OK,
        *,
        notice: Mapping[str, Any] | None = None,
        clashes: Mapping[str, Clash] | None = None,
        previewed: bool = False,
    ) -> HttpResponse:
        sitting = form.sitting
        held = Seal.of(sitting, form.now if self.held is None else self.held)
        context = {
            "title": form.heading,
            "kicker": form.kicker,
            "lede": form.hints.get(self.deed) or EXPLAINED[self.deed],
            "form": form,
            "hidden": {SEEN: held, **self.hidden(form)},
            "submit": SAVE[self.deed],
            "danger": self.deed is Deed.REMOVE,
            "cancel": self.back_url(form),
            "crumbs": self.crumbs(form),
            "notice": notice,
            "clashes": clashes,
            "changes": self.meanwhile(form, clashes) if clashes else [],
            "also": {PREVIEW: _("Preview")} if form.prose else {},
            "previews": form.previews if previewed else [],
        }
        context |= self.more(form, notice)
        return render(self.request, self.template, context, status=status)

    def hidden(self, form: Any) -> Hidden:
        """What else goes along unseen."""
        return {}

    def more(self, form: Any, notice: Any) -> dict[str, Any]:
        """What else the page shows, or shows otherwise."""
        return {}

    def meanwhile(self, form: Any, clashes: Mapping[str, Clash]) -> list[Any]:
        """Who changed what clashes, and when: the last changes of the row that did."""
        rows = Activity.objects.filter(subject=form.sitting.row.subject).visible_to(self.viewer)
        last = rows.select_related("undoes").order_by("-pk")[: MOST_TOLD * 3]
        found = [it for it in last if clashes.keys() & it.changes.keys()]
        return self.told(found[:MOST_TOLD], form)


def is_written(form: Any) -> bool:
    """Whether the new row is there already: the form was sent twice."""
    if form.sitting.deed not in {Deed.ADD, Deed.CHANGE}:
        return False
    rows: Any = form.model._default_manager  # noqa: SLF001
    return bool(rows.filter(key=form.key_by_nonce).exists())
