"""Make the letters of documents: static TTF of Source Serif 4 and Source Sans 3, which typst can read.

    python -m venv fonts && fonts/bin/pip install fonttools fontpkg-source-sans-3 fontpkg-source-serif-4
    fonts/bin/python tools/build_fonts.py

They are committed, with their licence; this is run again only when they are to change.
"""

from importlib.resources import files
from pathlib import Path
from shutil import copyfile
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent / "tillit/kit"
TO = ROOT / "documents/fonts"
LICENCES = ROOT / "static/kit/fonts"
SANS, SERIF = ("fontpkg_source_sans_3", "SourceSans3"), ("fontpkg_source_serif_4", "SourceSerif4")
# Latin with Sámi and Polish, Greek, Cyrillic, punctuation, money, arrows, mathematics.
LETTERS = [*range(0x20, 0x530), *range(0x1D00, 0x2460), *range(0x25A0, 0x2700), 0xFEFF, 0xFFFD]
DEJAVU = Path(
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
)  # of Debian's fonts-dejavu-core
# Name of the file: of which family, slanted or not, how heavy, and for which size it is drawn.
CUTS: dict[str, tuple[tuple[str, str], str, dict[str, float]]] = {
    "SourceSans3-Regular": (SANS, "", {"wght": 400}),
    "SourceSans3-Italic": (SANS, "-Italic", {"wght": 400}),
    "SourceSans3-Bold": (SANS, "", {"wght": 650}),
    "SourceSans3-BoldItalic": (SANS, "-Italic", {"wght": 650}),
    "SourceSerif4-Bold": (SERIF, "", {"wght": 600, "opsz": 20}),
}


def cut(name: str) -> TTFont:
    (package, family), slant, axes = CUTS[name]
    [path] = [
        it for it in (files(package) / "files").iterdir() if it.name.startswith(f"{family}{slant}[")
    ]
    font = instantiateVariableFont(TTFont(str(path)), axes)
    call_it(font, name)
    kept = Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=False)
    subsetter = Subsetter(kept)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font["head"].modified = font["head"].created  # so that it is the same however often it is made
    font.recalcTimestamp = False
    return font


def call_it(font: Any, name: str) -> None:
    """By family and style alone, as every program knows it: regular, italic, bold, bold italic."""
    family = "Source Serif 4" if "Serif" in name else "Source Sans 3"
    style = {"BoldItalic": "Bold Italic"}.get(name.partition("-")[2], name.partition("-")[2])
    for record in [it for it in font["name"].names if it.nameID in {16, 17, 21, 22, 25}]:
        font["name"].names.remove(record)
    for number, text in {1: family, 2: style, 4: f"{family} {style}", 6: name}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    bold, italic = "Bold" in style, "Italic" in style
    font["OS/2"].usWeightClass = 700 if bold else 400
    selection = font["OS/2"].fsSelection & ~0b1100001
    font["OS/2"].fsSelection = selection | bold << 5 | italic | (not (bold or italic)) << 6
    font["head"].macStyle = bold | italic << 1
    if "STAT" in font:
        del font["STAT"]


def covered() -> str:
    """What there is a letter for, as ranges: in ours, and in the one that typst brings for the rest."""
    fonts = [TTFont(path) for path in (TO / "SourceSans3-Regular.ttf", DEJAVU)]
    points = sorted({point for font in fonts for point in font.getBestCmap()})
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{first:04X}-{last:04X}\n" for first, last in ranges)


def main() -> None:
    TO.mkdir(parents=True, exist_ok=True)
    for name in CUTS:
        cut(name).save(TO / f"{name}.ttf")
    (TO / "covered.txt").write_text(covered())
    for licence in ("source-sans-3-OFL.txt", "source-serif-4-OFL.txt"):
        copyfile(LICENCES / licence, TO / licence)


if __name__ == "__main__":
    main()
