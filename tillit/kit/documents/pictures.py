"""Pictures that a document draws itself, each with words for those who don't see it."""

import json
from hashlib import sha256
from pathlib import Path

from django.template.loader import render_to_string

from tillit.kit.charts import Chart
from tillit.kit.documents import running
from tillit.kit.documents.checking import BadDocument
from tillit.kit.documents.letters import told
from tillit.kit.documents.strips import Strips


class Pictures:
    """Those of one document: SVG by name, which is the same for the same picture."""

    def __init__(self) -> None:
        self.drawn: dict[str, str] = {}
        self.pixels: dict[str, bytes] = {}  # as PNG, once they have been needed

    def draw(self, chart: Chart) -> str:
        """The name under which the document finds the drawing. Raises BadDocument."""
        if not chart.in_short.strip():
            raise BadDocument("A chart without alternative text.")
        strips = Strips(chart) if chart.kind == "bar" else None
        svg = render_to_string("kit/documents/chart.svg.html", {"chart": chart, "strips": strips})
        name = f"{sha256(svg.encode()).hexdigest()[:16]}.svg"
        self.drawn[name] = svg
        return name

    def lay_out(self, at: Path) -> None:
        for name, svg in self.drawn.items():
            (at / name).write_text(told(svg))

    def lay_out_pixels(self, at: Path, fonts: Path) -> None:
        """As PNG, for what can't show SVG; each is set once, however many formats are made."""
        missing = [name for name in self.drawn if name not in self.pixels]
        if missing:
            self.lay_out(at)
            order = {"fonts": str(fonts), "pictures": missing}
            running.typst(json.dumps(order).encode(), at)
            self.pixels |= {name: placed(at, name).read_bytes() for name in missing}
        for name in self.drawn:
            placed(at, name).write_bytes(self.pixels[name])


def placed(at: Path, name: str) -> Path:
    return (at / name).with_suffix(".png")
