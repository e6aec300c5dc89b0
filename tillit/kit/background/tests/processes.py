"""Processes of Tillit beside a test, with the test's own database."""

import os
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection


def database_url():
    """The database of the test, as another process names it."""
    it = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{it['NAME']}"
    login = f"{it['USER']}:{it['PASSWORD']}" if it["PASSWORD"] else it["USER"]
    return f"postgres://{login}@{it['HOST']}:{it['PORT'] or 5432}/{it['NAME']}"


def environment(**more):
    """What another process needs to be of the same installation as the test: its folder, database and
    the secret its sessions are signed with, which may have been read from elsewhere."""
    ours = {
        "TILLIT_DATA": str(settings.DATA),
        "TILLIT_SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": database_url(),
        "TILLIT_DEMO": "0",
    }
    return {**os.environ, **ours, **more}


def tillit(*words, **more):
    """`tillit WORDS`, running."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "tillit", *words],
        env=environment(**more),
        stderr=subprocess.DEVNULL,
    )


def wait_until(true, patience):
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "too slow"
        time.sleep(0.02)
