"""Lists that are no tables: one name a line, or names in running text as a report has them."""

import re
from collections.abc import Iterator

from tillit.kit.grids.grid import Line

BREAK = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
# A word that is broken at the end of a line: “Folkbildnings-⏎föreningen”.
BROKEN = re.compile(r"(?<=\w)[-\u2010\u00ad][ \t]*\n[ \t]*(?=(\w))")
HANGING = re.compile(r"(?:och|eller|samt|and|or)\b")  # “Resurs-⏎och Utvecklingscenter”
BULLET = re.compile(r"^\s*(?:[•·▪◦‣*\uf0b7\uf0a7–-]|\d{1,4}[.)])\s+")
# “… följande 32 organisationer medlemmar i föreningen:” and an empty line.
INTRODUCTION = re.compile(r"\A.*?:[ \t]*\n[ \t]*\n", re.DOTALL)
NEXT = ",;"
WRAPPED = 60  # letters that lines have when a text is broken into lines of one width
HALF = 0.5


def is_running(text: str) -> bool:
    """Whether names stand after each other with commas, broken into lines wherever these were full."""
    lines = [line.strip() for line in BREAK.split(text) if line.strip()]
    if not lines:
        return False
    commas = sum(any(it in line for it in NEXT) for line in lines)
    full = sum(len(line) >= WRAPPED for line in lines)
    many = sum(line.count(",") + line.count(";") for line in lines) > len(lines)
    return commas > HALF * len(lines) and many and (full > HALF * len(lines) or len(lines) == 1)


def running_lines(text: str) -> Iterator[Line]:
    """The names in running text, put together again where a line broke them."""
    for name in _parted(unbroken(INTRODUCTION.sub("", BREAK.sub("\n", text)))):
        yield Line((name.strip().removesuffix("."),))


def unbroken(text: str) -> str:
    """One line of the text. A hyphen at the end of a line goes, unless it belongs to the word."""
    return " ".join(BROKEN.sub(_joined, BREAK.sub("\n", text)).split())


def _joined(found: re.Match[str]) -> str:
    rest = found.string[found.end() :]
    if HANGING.match(rest):
        return "- "
    return "" if found[1].islower() else "-"


def _parted(text: str) -> Iterator[str]:
    """What stands between commas and semicolons that are in no brackets."""
    depth, begin = 0, 0
    for at, letter in enumerate(text):
        depth = max(0, depth + (letter in "([{") - (letter in ")]}"))
        if letter in NEXT and not depth:
            yield text[begin:at]
            begin = at + 1
    yield text[begin:]


def single_lines(text: str) -> Iterator[Line]:
    """Each line one name."""
    return (Line((BULLET.sub("", line),)) for line in BREAK.split(text))
