"""What every page shows of the installation, and whether its doors are open yet.

Asked for at every request, so each process remembers it for a few seconds; for one only as long as
the installation is being set up, so that the doors open everywhere soon.
"""

import time
from dataclasses import dataclass, field

from django.urls import reverse

from tillit.kit.contributions import Brand
from tillit.site.models import FirstRun, Installation

LASTS, LASTS_SETTING_UP = 10, 1  # seconds


@dataclass(frozen=True)
class Frontage:
    brand: Brand = field(default_factory=Brand)
    being_set_up: bool = False


@dataclass
class Memory:
    frontage: Frontage = field(default_factory=Frontage)
    until: float = 0


memory = Memory()


def frontage() -> Frontage:
    now = time.monotonic()
    if now >= memory.until:
        memory.frontage = read()
        memory.until = now + (LASTS_SETTING_UP if memory.frontage.being_set_up else LASTS)
    return memory.frontage


def remember(shown: Frontage, lasts: float = LASTS) -> None:
    memory.frontage, memory.until = shown, time.monotonic() + lasts


def forget() -> None:
    """Something of it was changed. The other processes see it within seconds."""
    memory.until = 0


def read() -> Frontage:
    first_run = FirstRun.current()
    return Frontage(brand(), first_run is not None and first_run.finished_at is None)


def brand() -> Brand:
    it = Installation.current()
    if it is None:
        return Brand()
    logo = reverse("logo", args=[it.logo]) if it.logo else ""
    return Brand(it.title, logo, it.logo_words, it.logo_width, it.logo_height)
