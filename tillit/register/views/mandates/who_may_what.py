"""Who may what: a table made from the rules themselves, for anyone to read."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to
from tillit.kit.contributions import acts
from tillit.kit.exports import Column, csv_file, xlsx_file
from tillit.register.choices import Extent, Side
from tillit.register.situations import STANDS, Answer, Stand, answers


@open_to(anyone)
def who_may_what(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    by_side = {side: answers(acts(), side) for side in Side}
    civil, public = (by_side[side] for side in (Side.CIVIL, Side.PUBLIC))
    if as_ == "csv":
        return csv_file("vem-far-vad", columns(), civil)
    if as_ == "xlsx":
        return xlsx_file("vem-far-vad", columns(), civil, len(civil))
    differing = [
        (one, other) for one, other in zip(civil, public, strict=True) if one.may != other.may
    ]
    return page(request, civil, differing)


def page(
    request: HttpRequest, told: list[Answer], differing: list[tuple[Answer, Answer]]
) -> HttpResponse:
    areas: dict[str, list[Answer]] = {}
    for it in told:
        areas.setdefault(str(it.act.area), []).append(it)
    context = {
        "stands": STANDS,
        "areas": list(areas.items()),
        "differing": differing,
        "extents": list(Extent),
    }
    return render(request, "register/mandates/who_may_what.html", context)


def columns() -> list[Column]:
    return [
        Column(_("Area"), lambda row: row.act.area),
        Column(_("What"), lambda row: row.act.title),
        *(column_of(number, stand) for number, stand in enumerate(STANDS)),
    ]


def column_of(number: int, stand: Stand) -> Column:
    return Column(stand.title, lambda row: _("yes") if row.may[number] else _("no"))
