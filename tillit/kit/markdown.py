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
