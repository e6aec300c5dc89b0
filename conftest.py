"""What every test stands on: the cast, a clean cache, and honest last words of the run."""

import os
import shutil
import tempfile

os.environ.setdefault("TILLIT_DATA", tempfile.mkdtemp(prefix="tillit-test-"))

import pytest  # noqa: E402 (the data folder is chosen before settings are read)
from django.conf import settings  # noqa: E402

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_configure(config: pytest.Config) -> None:
    # Static files by their plain names: nothing is collected for a test.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    terminalreporter.write_line(f"Database tried: {engine}.")
    if engine == "sqlite3":
        terminalreporter.write_line("PostgreSQL was not tried in this run: make test-postgres does.")
    if CHROMIUM is None:
        terminalreporter.write_line("No Chromium here: what needs a browser was not tried.")
