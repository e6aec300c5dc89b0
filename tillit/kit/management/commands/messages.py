"""`tillit messages`: bring the Swedish catalogue up to the code; with --check, only say what lacks."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tillit.kit import messages


class Command(BaseCommand):
    help = "Collect the messages of code and templates into the Swedish catalogue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing, fail if any lacks Swedish"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.LOCALE_PATHS[0] / "sv" / "LC_MESSAGES" / "django.po"
        catalog, wanted = messages.read(path), messages.all_messages(settings.PACKAGE)
        if options["check"]:
            self.must_be_whole(
                messages.untranslated(catalog, wanted), messages.unused(catalog, wanted)
            )
            return
        for message in wanted:
            if message.id and catalog.get(message.id) is None:
                catalog.add(message.id)
        for gone in [m.id for m in catalog if m.id and wanted.get(m.id) is None]:
            catalog.delete(gone)
        messages.write(path, catalog)
        lacking = messages.untranslated(catalog, wanted)
        self.stdout.write(f"{len(catalog)} messages, {len(lacking)} without Swedish")

    def must_be_whole(self, lacking: list[str], unused: list[str]) -> None:
        for message in lacking:
            self.stderr.write(f"lacks Swedish: {message}")
        for message in unused:
            self.stderr.write(f"used no more: {message}")
        if lacking or unused:
            raise CommandError("Run `tillit messages`, then write the Swedish.")
