"""What the pages of signing in have in common."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeVar, cast

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tillit.accounts.answers import onward
from tillit.accounts.limits import Limited
from tillit.kit.days import format_day

F = TypeVar("F", bound=Form)


def page(
    request: HttpRequest, template: str, form: Form | None = None, **content: Any
) -> HttpResponse:
    """A page of signing in: never kept by anybody; 422 when what was typed can't be taken."""
    wrong = form is not None and bool(form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    context = {"form": form, "next": onward(request), **content}
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def saying(form: type[F], words: Any) -> F:
    """The empty form, with what is wrong with something else that was sent from its page."""
    empty = form({})
    empty.errors.clear()
    empty.add_error(None, words)
    return empty


def told(limited: Limited) -> str:
    """When it may be tried again, in words."""
    until = timezone.localtime(limited.until)
    at = date_format(until, "H:i")
    if (day := timezone.localdate(until)) != timezone.localdate():
        at = f"{format_day(day)} {at}"
    words = _("That was as often as may be for now. Try again at %(time)s, or choose another way.")
    return words % {"time": at}


def providers() -> list[Mapping[str, Any]]:
    """With whom one may sign in besides: {provider_id, name}."""
    return cast(
        "list[Mapping[str, Any]]", settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    )
