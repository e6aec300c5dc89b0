"""Markdown that people write, for a page of ours. No HTML, and no pictures."""

from markdown_it import MarkdownIt

# A picture from elsewhere tells its sender who reads.
reader = MarkdownIt("commonmark", {"html": False}).disable("image")


def as_page_html(source: str, below: int = 1) -> str:
    """In the page's style, its headings so many steps below what they are written as."""
    tokens = reader.parse(source)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + below, 6)}"
    return str(reader.renderer.render(tokens, reader.options, {}))


def as_document_html(source: str, below: int) -> str:
    """For a document, where headings leave out no level: each one step below that in which it stands."""
    tokens = reader.parse(source)
    stack: list[int] = []  # the headings in which the next one would stand, as they were written
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1])
            while stack and stack[-1] >= written:
                stack.pop()
            stack.append(written)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(below + len(stack), 6)}"
    return str(reader.renderer.render(tokens, reader.options, {}))
