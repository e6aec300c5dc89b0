"""`tillit serve`: the web server."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Serve Tillit on PORT with TILLIT_WORKERS processes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"Tillit: http://localhost:{settings.PORT}/  (stop with Ctrl+C)")
        self.stdout.flush()
        os.execv(sys.executable, command(options["host"]))  # noqa: S606 (no shell, our own words)


def command(host: str) -> list[str]:
    """Granian in WSGI mode, with more threads than files may be fetched at once."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(settings.PORT),
        "--workers",
        str(settings.WORKERS),
        "--blocking-threads",
        "24",
        "--no-access-log",
        "--log-level",
        "warning",
        "tillit.config.wsgi:application",
    ]
