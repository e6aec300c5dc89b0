"""The way through several pages that are about one row: what each is called, and what is done."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from tillit.kit.contributions import Text


def way(
    about: str, key: str, pages: Iterable[tuple[str, Text, bool]], current: str
) -> list[dict[str, Any]]:
    """For `kit/steps.html`. A page: its name in the addresses, its title, whether it is done."""
    return [
        {
            "title": title,
            "url": reverse(f"{about}:{name}", args=[key]),
            "current": name == current,
            "done": done,
        }
        for name, title, done in pages
    ]
