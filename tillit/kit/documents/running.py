"""Programs that make documents, each run beside us: bounded in time and memory, and knowing nothing."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pypandoc
import structlog
from django.utils.translation import gettext as _

from tillit.kit.refusal import Refused

log = structlog.get_logger("tillit.documents")
SECONDS = 60
MEGABYTES = 1024
OUT_OF_MEMORY = {251, -6, -9}  # pandoc's own word for it, and how others end
SETTER = Path(__file__).with_name("setting.py")


class NotMade(Refused):
    """The document could not be made, or read, within its bounds."""


def pandoc(given: bytes, *arguments: str, at: Path, day: int = 0) -> bytes:
    """What pandoc makes of it, in its sandbox: it opens no file but those named. Raises NotMade."""
    heap = ["+RTS", f"-M{MEGABYTES}M", "-RTS"]
    command = [pypandoc.get_pandoc_path(), *heap, "--sandbox", *arguments]
    return run(command, given, at, {"SOURCE_DATE_EPOCH": str(day)})


def typst(given: bytes, at: Path) -> bytes:
    """What `setting.py` makes of its order, an interpreter of its own. Raises NotMade."""
    return run([sys.executable, "-I", str(SETTER)], given, at, {})


def run(command: Sequence[str], given: bytes, at: Path, more: dict[str, str]) -> bytes:
    """What the program answers. Its words may hold what people wrote, so they are not logged."""
    known = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(at), **more}
    try:
        done = subprocess.run(  # noqa: S603 (our own programs, no shell; what people wrote is input)
            command,
            input=given,
            capture_output=True,
            cwd=at,
            env=known,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        log.warning("a document took too long", program=Path(command[0]).name)
        raise too_much() from None
    except subprocess.CalledProcessError as error:
        code = error.returncode
        log.error("a document was not made", program=Path(command[0]).name, code=code)  # noqa: TRY400 (its words stay here)
        if code in OUT_OF_MEMORY:
            raise too_much() from None
        raise Failed(error.stderr.decode(errors="replace")) from None
    return done.stdout


def too_much() -> NotMade:
    return NotMade(
        _("The document took too long to make. Try again in a while, or make it shorter."), 503
    )


class Failed(NotMade):
    """The program said no; `said` is for whoever wrote the template."""

    def __init__(self, said: str) -> None:
        super().__init__(
            _("The document could not be made. Tell those who keep the installation running."), 500
        )
        self.said = said

    def __str__(self) -> str:
        return f"{self.message} {self.said}"
