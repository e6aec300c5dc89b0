"""Markdown as the HTML of a mail, which any mail program shows."""

from markdown_it.token import Token

from tillit.kit.markdown import reader

# Mail programs drop style sheets; so the few rules stand on the elements (colours: tokens.css).
BUTTON = (
    "display:inline-block;padding:14px 24px;border-radius:6px;background-color:#553a74;"
    "color:#ffffff;font-weight:600;text-decoration:none"
)
STYLES = {
    "h1": "margin:0 0 16px;font-size:24px;line-height:1.25",
    "h2": "margin:24px 0 8px;font-size:20px;line-height:1.3",
    "h3": "margin:24px 0 8px;font-size:17px;line-height:1.3",
    "p": "margin:0 0 16px",
    "ul": "margin:0 0 16px;padding-left:24px",
    "ol": "margin:0 0 16px;padding-left:24px",
    "li": "margin:0 0 4px",
    "blockquote": "margin:0 0 16px;padding-left:16px;border-left:3px solid #747b87",
    "hr": "margin:24px 0;border:0;border-top:1px solid #747b87",
}


def as_html(source: str) -> str:
    tokens = reader.parse(source)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.tag in STYLES and token.nesting >= 0:
            token.attrSet("style", STYLES[token.tag])
        if is_link_alone(before, token):
            (token.children or [])[0].attrSet("style", BUTTON)
    return str(reader.renderer.render(tokens, reader.options, {}))


def is_link_alone(before: Token | None, token: Token) -> bool:
    """A paragraph that is a link and nothing else is what the mail asks for: a button."""
    inside = [child.type for child in token.children or []]
    return (
        before is not None
        and before.type == "paragraph_open"
        and inside[:1] == ["link_open"]
        and inside[-1:] == ["link_close"]
        and inside.count("link_open") == 1
    )
