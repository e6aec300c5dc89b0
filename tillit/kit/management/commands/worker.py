"""`tillit worker`: does the work in the background. `tillit serve` starts it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tillit.kit.background.worker import Worker


class Command(BaseCommand):
    help = "Do the tasks that wait, one by one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="stop when nothing waits")

    def handle(self, *args: Any, batch: bool, **options: Any) -> None:
        worker = Worker(batch=batch)
        worker.configure_signals()
        worker.run()
