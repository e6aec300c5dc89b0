"""A form by which somebody writes in what belongs to an agreement: opened, met, sent in, done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.models import Agreement
from tillit.agreements.views.fetching import agreement_of
from tillit.kit.access import insist, viewer_of
from tillit.kit.changes import Actor, change, create, remove
from tillit.kit.circles import Viewer
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Row
from tillit.register.crumbs import Crumbs


@dataclass(frozen=True)
class Deed:
    """What is done with a row.

    rule(viewer, row)           who may.
    form(data, row)             the form, empty or as it was sent.
    carry_out(row, form, viewer) does it; raises ValidationError.
    back(row)                   where one comes then.
    """

    title: str | Promise
    submit: str | Promise
    rule: Callable[..., bool]
    form: Callable[[Any, Any], Any]
    carry_out: Callable[[Any, Any, Viewer], Any]
    back: Callable[[Any], str]
    crumbs: Callable[[Agreement], Crumbs] = crumbs_of
    lede: str | Promise | Callable[[Any], str] = ""
    danger: bool = False

    def answer(
        self, request: HttpRequest, key: str, fetch: Callable[[Agreement, Viewer], Any]
    ) -> HttpResponse:
        """Raises Http404 and InAnotherCapacity. Nobody else writes there between reading and writing."""
        viewer = viewer_of(request)
        agreement = agreement_of(viewer, key)
        with transaction.atomic():
            if request.method == "POST":
                one_at_a_time(f"agreements.planning.{agreement.pk}")
            row = fetch(agreement, viewer)
            insist(viewer, self.rule, row)
            form = self.form(posted(request), row)
            if form.is_valid() and self.is_done(row, form, viewer):
                messages.success(request, _("Saved."))
                return redirect(self.back(row))
        context: dict[str, Any] = {
            "title": self.title,
            "kicker": str(row) if row.pk else str(agreement),
            "lede": self.lede(row) if callable(self.lede) else self.lede,
            "crumbs": self.crumbs(agreement),
            "cancel": self.back(row),
            "danger": self.danger,
        }
        return form_page(request, form, submit=self.submit, **context)

    def is_done(self, row: Any, form: Form, viewer: Viewer) -> bool:
        """What hinders stands in the form."""
        try:
            self.carry_out(row, form, viewer)
        except ValidationError as error:
            take_errors(form, error)
            return False
        return True


def sealed(form: Any) -> Any:
    """A form that knows what the row held when it was opened."""
    return lambda data, row: form(data, standing=form.standing_of(row))


def plain(form: Any) -> Any:
    """A form that does something new."""
    return lambda data, _row: form(data)


def written(row: Row, form: Any, viewer: Viewer) -> None:
    """The row has what the form says, new or not."""
    new, actor = form.new, Actor.of(viewer)
    if row.pk:
        change(row, new, actor)
        return
    sets = {it.name for it in row._meta.many_to_many}  # noqa: SLF001
    for name in new.keys() - sets:
        setattr(row, name, new[name])
    create(row, actor, sets={name: new[name] for name in new.keys() & sets})


def removed(row: Row, form: Any, viewer: Viewer) -> None:
    remove(row, Actor.of(viewer), form.cleaned_data["reason"])
