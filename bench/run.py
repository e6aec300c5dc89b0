"""One part of the figures, in a process of its own. What it finds is written as JSON."""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.config.settings")
django.setup()

from bench import carrying, paging, previewing, searching, serving  # noqa: E402 (after setup)

PARTS = {
    "pages": paging.lines,
    "search": searching.lines,
    "preview": previewing.lines,
    "carrying": carrying.lines,
    "server": serving.lines,
}


def main(part: str, told: Path) -> None:
    told.write_text(json.dumps([vars(line) for line in PARTS[part]()]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
