"""A register for the run, unless there is one from before; and what it is."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (after setup)
from django.db import connection  # noqa: E402

from tillit.register.models import Organisation  # noqa: E402


def main(organisations: int) -> None:
    prepare()
    if organisations and not Organisation.objects.exists():
        call_command("generate", organisations=organisations)
    busy = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"\n{database()}, {Organisation.objects.count()} organisations; {busy}", flush=True)


def prepare() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("places", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def database() -> str:
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
