"""Markdown as text to read: in a mail, or beside another text."""

from collections.abc import Iterator

from markdown_it.token import Token

from tillit.kit.markdown import reader


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
