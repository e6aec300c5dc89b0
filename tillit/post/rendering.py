"""One Markdown template becomes a mail: its subject, its text and its HTML, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template, render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from tillit.kit.markdown import as_page_html
from tillit.kit.markdown_text import as_text
from tillit.post.harmless import Prose, Url, harmless, line, shown, shown_in_html
from tillit.post.letterhead import letterhead
from tillit.post.markdown import as_html

SUBJECT, WHY = "Subject:", "Why:"
LONGEST = 200


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Foot:
    """Who sends, and how to have no more of this."""

    sender: str
    opt_out: Url | None = None


def render(template: str, values: Mapping[str, Any], language: str, foot: Foot) -> Rendered:
    """The template begins with a line `Subject: …`, and if need be one `Why: …` for the foot."""
    with override(language):
        source = get_template(template).render({k: harmless(v) for k, v in values.items()})
        return compose(str(source), language, foot)


def on_a_page(text: Prose) -> SafeString:
    """What stands in a mail, as it stands on a page of ours."""
    return mark_safe(shown_in_html(as_page_html(harmless(text))))


def compose(source: str, language: str, foot: Foot) -> Rendered:
    """The parts of a mail from the Markdown that its template gave. Raises ValueError."""
    heads, _blank, body = source.lstrip().partition("\n\n")
    subject, why = head(heads, SUBJECT), head(heads, WHY)
    if not subject:
        raise ValueError(f"A mail begins with “{SUBJECT}”.")
    ending = foot_of(foot, why)
    return Rendered(
        subject=cut(shown(subject)),
        text=shown(as_text(f"{body}\n\n---\n\n{ending}")),
        html=page(shown(subject), as_html(body), as_html(ending), language),
    )


def head(heads: str, name: str) -> str:
    found = [it.removeprefix(name) for it in heads.splitlines() if it.startswith(name)]
    return " ".join(found[0].split()) if found else ""


def cut(subject: str) -> str:
    return subject if len(subject) <= LONGEST else subject[: LONGEST - 1].rstrip() + "…"


def foot_of(foot: Foot, why: str) -> str:
    sender = line(foot.sender)
    why = why or _("You get this mail because your address is registered with %(sender)s.") % {
        "sender": sender
    }
    said = [_("Sent by %(sender)s.") % {"sender": sender} + " " + why]
    if foot.opt_out:
        said.append(f"[{_('Have no more mail of this kind')}]({harmless(foot.opt_out)})")
    return "  \n".join(said)  # of one paragraph: a link that stands alone would be a button


def page(title: str, body: str, ending: str, language: str) -> str:
    return render_to_string(
        "post/mail/layout.html",
        {
            "title": escape(title),
            "body": shown_in_html(body),
            "ending": shown_in_html(ending),
            "language": language,
            "letterhead": letterhead(),
        },
    )
