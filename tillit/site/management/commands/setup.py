"""`tillit setup`: everything that must be there before the first page."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from tillit.kit.demo import begin_demo
from tillit.register.models import Organisation


class Command(BaseCommand):
    help = "Bring the database up to date, load the places, and an example if there is nothing yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--example", type=Path, help="loaded when there are no organisations")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("places", verbosity=0)
        example = options["example"]
        if example and not Organisation.objects.exists():
            call_command("load", example)
            if settings.TILLIT_DEMO:
                begin_demo()
