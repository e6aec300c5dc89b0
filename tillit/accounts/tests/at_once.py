"""Several processes that do the same at once, on one database, with one browser's session."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

BEGIN = """
import django, sys
from django.conf import settings
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
settings.ALLOWED_HOSTS = ["testserver"]
django.setup()
from django.test import Client
ME = int(sys.argv[1])
browser = Client()
browser.cookies["sessionid"] = sys.argv[2]
sys.stdin.readline()  # until all are here
"""


def at_once(processes: int, script: str, folder: Path, client: Client) -> list[str]:
    """What each of them prints; `browser` is the client's, and ME its number."""
    env = os.environ | {
        "DATABASE_URL": shared_database(folder),
        "DJANGO_SETTINGS_MODULE": "tillit.config.settings",
        "TILLIT_SECRET_KEY": settings.SECRET_KEY,
        "TILLIT_LOG_LEVEL": "ERROR",
    }
    session = client.cookies["sessionid"].value if "sessionid" in client.cookies else "none"
    running = [
        subprocess.Popen(  # noqa: S603 (our own script)
            [sys.executable, "-c", BEGIN + script, str(number), session],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * processes
    return printed


def shared_database(folder: Path) -> str:
    """That of the test; SQLite's, which is in memory, as a file."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        file = folder / "shared.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        return f"sqlite:///{file}"
    who = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    return (
        f"postgres://{who}@{given['HOST'] or 'localhost'}:{given['PORT'] or 5432}/{given['NAME']}"
    )
