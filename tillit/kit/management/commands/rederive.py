"""`tillit rederive`: work out anew what follows from rows, such as the days of periods."""

from typing import Any

from django.core.management.base import BaseCommand

from tillit.kit.rederiving import nouns, rederive


class Command(BaseCommand):
    help = "Work out anew the columns that follow from others, and tell what was mended."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, names in nouns():
            mended = rederive(model, names)
            self.stdout.write(f"{model._meta.verbose_name}: {mended}")  # noqa: SLF001
