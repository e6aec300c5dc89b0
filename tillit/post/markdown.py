"""Markdown as the two parts of a mail: HTML that any mail program shows, and text to read."""

from collections.abc import Iterator

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


def as_text(source: str) -> str:
    """The words in their order, each link with its address, lists with their marks."""
    blocks: list[str] = []
    marks: list[str] = []  # of the lists that we are in
    first = ""  # what the next line begins with
    for token in reader.parse(source):
        match token.type:
            case "bullet_list_open":
                marks.append("-")
            case "ordered_list_open":
                marks.append(f"{int(token.attrGet('start') or 1)}.")
            case "bullet_list_close" | "ordered_list_close":
                marks.pop()
            case "list_item_open":
                first = marks[-1]
                marks[-1] = following(first)
            case "inline":
                blocks.append(block(words(token.children or []), first, len(marks)))
                first = ""
            case "fence" | "code_block":
                blocks.append(token.content.rstrip())
            case "hr":
                blocks.append("--")
    return "".join(spaced(blocks))


def following(mark: str) -> str:
    return f"{int(mark[:-1]) + 1}." if mark != "-" else mark


def block(text: str, mark: str, depth: int) -> str:
    if not depth:
        return text
    before = "  " * (depth - 1) + (f"{mark} " if mark else "  ")
    return before + text.replace("\n", "\n" + " " * len(before))


def spaced(blocks: list[str]) -> Iterator[str]:
    """An empty line between blocks, none between the items of a list."""
    for before, text in zip(["", *blocks], blocks, strict=False):
        if before:
            yield "\n" if is_item(before) and is_item(text) else "\n\n"
        yield text
    yield "\n"


def is_item(text: str) -> bool:
    head = text.lstrip().partition(" ")[0]
    return head == "-" or (head.endswith(".") and head[:-1].isdecimal())


def words(children: list[Token]) -> str:
    """A line of text; what a link leads to stands after its words."""
    said, label, target = "", "", ""
    for child in children:
        if child.type == "link_open":
            target, label, said = str(child.attrGet("href")), said, ""
        elif child.type == "link_close":
            said = label + linked(said, target)
        elif child.type in {"softbreak", "hardbreak"}:
            said += "\n"
        else:
            said += child.content
    return said


def linked(label: str, target: str) -> str:
    bare = target.removeprefix("mailto:")
    return bare if label in {target, bare} else f"{label}: {bare}"
