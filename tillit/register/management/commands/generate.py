"""`tillit generate`: fill an empty register with invented organisations, to measure by."""

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tillit.register.generator import SOURCE_TITLE, GenerateError, generate


class Command(BaseCommand):
    help = "Fill an empty register with invented organisations; the same ones for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisations", type=int, default=260_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        wanted, began = options["organisations"], perf_counter()
        try:
            for written in generate(wanted, options["seed"]):
                seconds = perf_counter() - began
                self.say(f"{written} of {wanted} organisations, {seconds:.0f} s", options)
        except GenerateError as error:
            raise CommandError(str(error))
        self.say(f"All of it is invented. Its source is called “{SOURCE_TITLE}”.", options)

    def say(self, line: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(line)
            self.stdout.flush()
