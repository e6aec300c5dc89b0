"""A folder of files, and what `tillit load` says of it."""

from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation


class Example:
    """Files to load, read in English so that tests can tell what is said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out, self.err = StringIO(), StringIO()

    def write(self, text: str | bytes, name: str = "a.yaml") -> "Example":
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(dedent(text), encoding="utf-8")
        return self

    def load(self) -> str:
        """What is said of the rows."""
        self.out, self.err = StringIO(), StringIO()
        with translation.override("en"):
            call_command("load", str(self.folder), stdout=self.out, stderr=self.err)
        return self.out.getvalue()

    def refused(self) -> str:
        """Why nothing is written."""
        with pytest.raises(CommandError) as refusal:
            self.load()
        return str(refusal.value)

    def faults(self) -> list[str]:
        """The faults, with the names of the files alone."""
        self.refused()
        return self.said()

    def fault(self) -> str:
        (only,) = self.faults()
        return only

    def said(self) -> list[str]:
        return self.err.getvalue().replace(f"{self.folder}/", "").splitlines()
