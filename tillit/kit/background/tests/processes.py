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


def tillit(*words, **environment):
    """`tillit WORDS`, running."""
    ours = {
        **os.environ,
        "TILLIT_DATA": str(settings.DATA),
        "DATABASE_URL": database_url(),
        "TILLIT_DEMO": "0",
    }
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "tillit", *words],
        env={**ours, **environment},
        stderr=subprocess.DEVNULL,
    )


def wait_until(true, patience):
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "too slow"
        time.sleep(0.02)
