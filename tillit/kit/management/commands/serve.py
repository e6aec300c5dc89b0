"""`tillit serve`: the web server, the workers and the clock, kept running together."""

import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils.translation import gettext as _

from tillit.kit.background.supervisor import Child, Supervisor
from tillit.kit.contributions import starting
from tillit.kit.demo import is_demo
from tillit.kit.refusal import Refused

TILLIT = [sys.executable, "-m", "tillit"]
PARTS = ("web", "worker", "clock")


class Command(BaseCommand):
    help = (
        "Serve Tillit on PORT, with TILLIT_WORKERS web processes and TILLIT_TASK_WORKERS workers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--only", choices=PARTS, help="one part, where others run elsewhere")

    def handle(self, *args: Any, host: str, only: str | None, **options: Any) -> None:
        parts = [only] if only else PARTS
        if "web" in parts:
            must_be_free(host, settings.PORT)
            call_command("collectstatic", interactive=False, verbosity=0)
            self.say_where()
        if settings.TILLIT_DEMO and not is_demo():
            self.stderr.write(
                _("This installation was not begun as a demo, so TILLIT_DEMO is left aside.")
            )
        self.stdout.flush()
        children = [child for part in parts for child in children_of(part, host)]
        connections.close_all()
        Supervisor(children).run()

    def say_where(self) -> None:
        address = f"http://localhost:{settings.PORT}/"
        self.stdout.write(f"Tillit: {address}  (stop with Ctrl+C)")
        try:
            for line in starting(address):
                self.stdout.write(line)
        except Refused as error:
            raise CommandError(str(error)) from None


def children_of(part: str, host: str) -> list[Child]:
    commands = {
        "web": [granian(host)],
        "worker": [[*TILLIT, "worker"]] * settings.TASK_WORKERS,
        "clock": [[*TILLIT, "clock"]],
    }
    return [Child(part, command) for command in commands[part]]


def must_be_free(host: str, port: int) -> None:
    """A port that is taken is told at once, and not tried for ever."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise CommandError(
                _("Port %(port)s can't be used: %(error)s. Choose another with PORT=…")
                % {"port": port, "error": error.strerror}
            ) from None


def granian(host: str) -> list[str]:
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
