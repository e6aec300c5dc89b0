"""Text as people paste it from a word processor, put in order for Markdown."""

import re

BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
BULLET = re.compile(r"^[ \t\xa0]*[•·▪◦‣\uf0b7\uf0a7][ \t\xa0]+")
LIST_MARK = re.compile(r"^ *(?:[-*+]|\d{1,3}[.)]) ")
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\ufeff]")
SPACES = re.compile(r"[\t\xa0]")
FOUR = 4  # spaces, by which Markdown would take a paragraph for code


def tidy(text: str) -> str:
    """Each line break one line feed, bullets as Markdown has them, no empty lines at the ends."""
    plain = UNSEEN.sub("", BREAKS.sub("\n", text))
    lines = [_line(it) for it in plain.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _line(line: str) -> str:
    line = SPACES.sub(" ", BULLET.sub("- ", line)).rstrip()
    indented = len(line) - len(line.lstrip(" ")) >= FOUR
    return line.lstrip(" ") if indented and not LIST_MARK.match(line) else line


def with_breaks(text: str) -> str:
    """So that a line that somebody ended ends there in the mail too."""
    return "\n".join(f"{line}  " if line.strip() else "" for line in text.split("\n"))
