"""Set type: run by itself, with an order on its standard input and its answer in files or on its output.

It bounds its own memory, and has typst alone to load. Order: {"fonts": …, "pictures": [names]} for PNG
of pictures, or {"fonts": …, "source": …, "day": …} for a PDF of a source.
"""

import json
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

MEMORY = 2 * 2**30  # bytes of address space, of which typst uses a small part
WIDTH = 480  # points
PPI = 160


def picture(name: str, fonts: typst.Fonts) -> bytes:
    page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{name}", width: {WIDTH}pt)'
    made: Any = typst.compile(  # type: ignore[call-overload]  # it wants the folder as bytes too
        page.encode(), font_paths=fonts, root=".", ignore_system_fonts=True, format="png", ppi=PPI
    )
    return bytes(made[0] if isinstance(made, list) else made)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    order = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[order["fonts"]])
    if "source" not in order:
        for name in order["pictures"]:
            Path(name).with_suffix(".png").write_bytes(picture(name, fonts))
        return
    made = typst.compile(
        order["source"].encode(),
        font_paths=fonts,
        root=".",
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.fromtimestamp(order["day"], UTC),
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    try:
        main()
    except typst.TypstError as error:
        sys.exit(f"{error.message}\n{error.diagnostic}")
