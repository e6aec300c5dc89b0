"""`tillit backup`: a copy of everything, encrypted, while others go on working."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.backup import keeping
from tillit.kit.backup.sealing import new_pair
from tillit.kit.refusal import Refused
from tillit.site import backups


class Command(BaseCommand):
    help = (
        "Make a copy in the folder and for the key that are set in the browser; or in --folder, for"
        " the public --key. --new-key makes a pair of keys and nothing else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path)
        parser.add_argument("--key", help="the public key, age1…", default="")
        parser.add_argument("--new-key", action="store_true")

    def handle(self, *args: Any, folder: Path | None, key: str, **options: Any) -> None:
        if options["new_key"]:
            self.say_new_key()
            return
        if bool(folder) != bool(key):
            raise CommandError(_("Give both --folder and --key, or neither."))
        try:
            now = timezone.now()
            path = keeping.make(folder, key, now) if folder else backups.back_up(now)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        if path is None:
            raise CommandError(_("It is not said yet where copies go: see Settings, Backups."))
        self.stdout.write(str(path))

    def say_new_key(self) -> None:
        secret, public = new_pair()
        self.stdout.write(
            _("Recovery key, to keep where the server is not: %(key)s") % {"key": secret}
        )
        self.stdout.write(_("Public key, for --key: %(key)s") % {"key": public})
