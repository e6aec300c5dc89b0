"""`tillit restore FILE`: a copy into an empty installation, whole or not at all."""

from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tillit.kit.backup.restoring import Restored, restore
from tillit.kit.refusal import Refused
from tillit.privacy import keys
from tillit.site.backups import ERASED


class Command(BaseCommand):
    help = "Restore a copy. Asks for the recovery key, unless --key-file names a file with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key-file", type=Path)

    def handle(self, *args: Any, file: Path, key_file: Path | None, **options: Any) -> None:
        try:
            key = key_file.read_text() if key_file else getpass(_("Recovery key: "))
            keys.note(keys.read(file.parent / ERASED), keys.file())
            restored = restore(file, key)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except (OSError, DatabaseError) as error:
            raise CommandError(
                _("It could not be restored, so nothing was written: %(error)s") % {"error": error}
            ) from error
        self.tell(restored)

    def tell(self, restored: Restored) -> None:
        it = restored.checked
        said = _("Restored as of %(made)s: %(rows)s rows and %(files)s files.")
        self.stdout.write(said % {"made": it.head.made, "rows": it.rows, "files": it.files})
        if restored.left_out:
            said = _("Rows that have been erased since, and so were taken away again: %(count)s.")
            self.stdout.write(said % {"count": restored.left_out})
        self.stdout.write(self.about_secret(it.head.secret))

    def about_secret(self, secret: str) -> str:
        """The secret of the installation that was copied goes on here, where it is ours to write."""
        if secret == settings.SECRET_KEY:
            return _("Its secret is the one that it has here. Start Tillit.")
        own = Path(settings.DATA) / "secret-key"
        if own.exists() and own.read_text().strip() == settings.SECRET_KEY:
            own.write_text(secret)
            return _("Its secret has taken the place of the new one. Start Tillit.")
        other = Path(settings.DATA) / "restored-secret-key"
        other.touch(mode=0o600)
        other.write_text(secret)
        return _(
            "TILLIT_SECRET_KEY is another here. Give it the value in %(file)s, or links in mails that "
            "were sent no longer open, and what was erased is not known again. Then remove the file."
        ) % {"file": other}
