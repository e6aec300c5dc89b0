"""`tillit reindex`: make what is searched as the rows are, after an upgrade for example."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from tillit.kit.search.backends import backend
from tillit.kit.search.index import reindex


class Command(BaseCommand):
    help = "Make what is searched as the rows are, and tell how much was mended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tables", action="store_true", help="make the database's own part of it anew first"
        )

    def handle(self, *args: Any, tables: bool, **options: Any) -> None:
        with transaction.atomic():
            for line in backend().make(connection) if tables else ():
                self.stderr.write(line)
        for kind, mended in reindex():
            self.stdout.write(f"{kind.title}: {mended}")
