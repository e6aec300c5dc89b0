"""The storage as a folder on the server. Nobody but Tillit reads in it."""

import os
from typing import Any

from django.core.files.storage import FileSystemStorage


class Folder(FileSystemStorage):
    """Names follow from what files hold, so one that is written again is the same."""

    def __init__(self, **options: Any) -> None:
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        super().__init__(**{**modes, "allow_overwrite": True, **options})

    @property
    def place(self) -> str:
        """Where it is, for who keeps the installation running."""
        return str(self.location)

    def probe(self) -> None:
        """Raises OSError when nothing can be read or written there."""
        os.scandir(self.location).close()
        if not os.access(self.location, os.W_OK):
            raise PermissionError(self.location)
