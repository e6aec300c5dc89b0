"""`tillit clock`: starts what is due by the schedule. `tillit serve` starts it."""

from typing import Any

from django.core.management.base import BaseCommand

from tillit.kit.background.clock import Clock


class Command(BaseCommand):
    help = "Start what is due by the schedule, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        Clock().run()
