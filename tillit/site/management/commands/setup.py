"""`tillit setup`: everything that must be there before the first page."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tillit.kit.contributions import populate
from tillit.kit.demo import begin_demo
from tillit.register.models import Organisation
from tillit.site.beginning import begin


class Command(BaseCommand):
    help = (
        "Bring the database up to date and load the places; with --example an example too, if there"
        " is nothing yet. Otherwise the guide in the browser is begun."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--example", type=Path, help="loaded when there are no organisations")

    def handle(self, *args: Any, example: Path | None, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("places", verbosity=0)
        if example and not Organisation.objects.exists():
            self.load(example)
        begin(timezone.now())

    def load(self, example: Path) -> None:
        """The example; in a demo with invented persons, who never come to what is real."""
        call_command("load", example)
        if settings.TILLIT_DEMO:
            begin_demo()
            populate()
