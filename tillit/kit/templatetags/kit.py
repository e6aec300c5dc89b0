"""Words for templates: how days, figures and long words are set, and what a value rests on."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import template
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.template import Context, Template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe

from tillit.kit import typography
from tillit.kit.bounds import Bound
from tillit.kit.charts import Chart
from tillit.kit.contributions import Panel
from tillit.kit.days import format_bound, format_day, format_period
from tillit.kit.documents.strips import Strips
from tillit.kit.listing import Cell
from tillit.kit.markdown import as_document_html, as_page_html
from tillit.kit.models import Citation
from tillit.kit.periods import Period

register = template.Library()
NOTHING = SafeString("")
COUNTED = "kit-cited"
SET: list[tuple[Any, Callable[[Any], str]]] = [
    ((int, float, Decimal), typography.figure),
    (date, format_day),
    (Bound, format_bound),
    (Period, format_period),
]


@register.filter(is_safe=True)
def soft(text: Any) -> str:
    """Soft hyphens in the long words. For headings and cells, not for what people copy."""
    softened = typography.soften(str(text))
    return mark_safe(softened) if isinstance(text, SafeData) else softened


@register.filter
def markdown(text: str, below: int = 1) -> SafeString:
    """Markdown as HTML, its headings so many steps below what they are written as."""
    return mark_safe(as_page_html(text, below))


@register.filter
def document_text(text: str, below: int) -> SafeString:
    """Markdown as HTML of a document, within a heading of that level."""
    return mark_safe(as_document_html(text, below))


@register.filter
def bound(value: Bound | None) -> str:
    """A bound in words: “31 dec 2012”, “hösten 2013”."""
    return format_bound(value) if value else ""


@register.filter
def period(value: Period | None) -> str:
    """A period in words: “2006 – 2013”."""
    return format_period(value) if value else ""


@register.filter
def day(value: date | None) -> str:
    """31 dec 2012."""
    return format_day(value) if value else ""


@register.filter
def number(value: float | Decimal | None) -> str:
    """2605000 → 2 605 000, in English 2,605,000. Up to four figures stand together, so years do."""
    return "" if value is None else typography.figure(value)


@register.filter
def share(value: float | Decimal | None) -> str:
    """0.273 → 27,3 %, in English 27.3%."""
    return "" if value is None else typography.share(value)


@register.filter
def shown(value: Any) -> str:
    """Any value as a cell shows it: “–” for nothing, figures and days as they are set."""
    if value is None or value == "":
        return "–"
    for kind, set_ in SET:
        if isinstance(value, kind) and not isinstance(value, bool):
            return set_(value)
    return soft(value)


@register.simple_tag(takes_context=True)
def cited(context: Context, row: Any, field: str = "") -> SafeString:
    """The button that shows what the value rests on. Nothing when the page has no source for it.

    Goes anywhere that text goes, also in a paragraph or a heading. Not inside a link.
    """
    citations = context.get("citations")
    found = citations.of(row.subject, field) if citations and row else []
    if not found:
        return NOTHING
    return part(
        context,
        "kit/cited.html",
        found=found,
        of=as_text(row, field),
        contradicted=any(citation.contradicts for citation in found),
        id=next_id(context),
    )


def as_text(row: Any, field: str) -> str:
    """What sources are of: the row, and which of its values when that has a name for people."""
    meta = getattr(row, "_meta", None)
    try:
        name = getattr(meta.get_field(field), "verbose_name", "") if meta and field else ""
    except FieldDoesNotExist:
        name = ""
    return f"{row}, {name}" if isinstance(name, Promise) else str(row)


@register.simple_tag(takes_context=True)
def citation_url(context: Context, citation: Citation) -> str:
    """Where the page of the source tells what rests on the line."""
    page = reverse(settings.TILLIT_SOURCE_PAGE, args=[citation.source.key])
    line = f"#rad-{citation.first_line}" if citation.first_line else ""
    return f"{page}{context.get('kept', '')}{line}"


def next_id(context: Context) -> str:
    """An id that no other box on the page has."""
    page: dict[Any, Any] = context.render_context.dicts[0]
    page[COUNTED] = page.get(COUNTED, 0) + 1
    return f"box-{page[COUNTED]}"


@register.simple_tag(takes_context=True)
def assumed(context: Context, row: Any) -> SafeString:
    """A chip that tells its meaning, where no source says that the row holds on the day of the page."""
    asked = context.get("day")
    if not row or not isinstance(asked, date) or not row.is_assumed_on(asked):
        return NOTHING
    return part(context, "kit/assumed.html", id=next_id(context))


@register.simple_tag(takes_context=True)
def cell_content(context: Context, cell: Cell, value: Any) -> SafeString:
    """What a cell of a list shows. Here and not in a template, since a list has hundreds of them."""
    column = cell.column
    if column.template:
        content = part(context, column.template, cell=cell)
    elif url := cell.url:
        content = format_html('<a href="{}{}">{}</a>', url, context.get("kept", ""), shown(value))
    else:
        content = conditional_escape(shown(value))
    if column.name and (sources := cited(context, cell.row, column.name)):
        content = format_html("{} {}", content, sources)
    return content


@register.simple_tag(takes_context=True)
def panel(context: Context, panel: Panel) -> SafeString:
    """A part of the page that another context gives: its heading and its template."""
    return part(context, "kit/panel.html", **{**panel.content, "panel": panel})


@register.simple_tag(takes_context=True)
def drawn(context: Context, chart: Chart) -> SafeString:
    """A chart with its table, within a document: in a file it is a picture that has words."""
    is_file = context["frame"] == "kit/documents/frame.html"
    name = context["pictures"].draw(chart) if is_file else ""
    strips = Strips(chart) if chart.kind == "bar" else None
    return part(context, "kit/documents/chart.html", chart=chart, file=name, strips=strips)


def part(context: Context, name: str, **content: Any) -> SafeString:
    """The template with what the page has and the content besides."""
    page = cast("Template", context.template)  # set while rendering
    with context.push(**content):
        return mark_safe(page.engine.get_template(name).render(context))
