"""`tillit export DIR` writes the whole register by its public keys, for `tillit load` to read."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tillit.kit.carrying.exporting import export
from tillit.kit.refusal import Refused


class Command(BaseCommand):
    help = (
        "Write everything but accounts, sessions, mails and tasks into a new folder, as JSON lines."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = export(folder)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(it.size for it in made.nouns.values())
        said = _("%(rows)s rows of %(nouns)s kinds and %(files)s files are in %(folder)s.")
        told = {"rows": rows, "nouns": len(made.nouns), "files": len(made.files), "folder": folder}
        self.stdout.write(said % told)
        self.stdout.write(
            _("It holds personal data in plain text: keep it where nobody else reads.")
        )
