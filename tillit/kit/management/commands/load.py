"""`tillit load DIR` reads an example or an export: all is checked, and all of it written or nothing."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.kit.carrying.bringing import bring
from tillit.kit.carrying.manifest import is_export
from tillit.kit.days import today
from tillit.kit.loading.faults import SHOWN, Faults
from tillit.kit.loading.loading import Outcome, load
from tillit.kit.loading.log import UNCHANGED
from tillit.kit.models import Verb
from tillit.kit.refusal import Refused


class Command(BaseCommand):
    help = (
        "Load the .yaml files below a folder, in the format of examples/README.md; or what `tillit "
        "export` wrote, into an empty installation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": folder})
        try:
            outcome = bring(folder) if is_export(folder) else load(folder, today())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except DatabaseError as error:
            raise CommandError(
                _("The database refused, so nothing was written: %(error)s") % {"error": error}
            ) from error
        self._tell(outcome, folder)

    def _tell(self, outcome: Outcome, folder: Path) -> None:
        if not outcome.files:
            raise CommandError(_("There are no .yaml files below %(folder)s.") % {"folder": folder})
        if outcome.faults:
            self._list(outcome.faults)
            raise CommandError(closing(outcome))
        if outcome.warnings:
            self.stderr.write(_("Loaded as written, but look at:"))
            self._list(outcome.warnings)
        for model, fates in outcome.tally.items():
            nouns = str(model._meta.verbose_name_plural).capitalize()  # noqa: SLF001
            self.stdout.write(f"{nouns}: {in_words(fates)}.")
        if outcome.left_out:
            said = _("Rows that have been erased here, and so were left out or emptied: %(count)s.")
            self.stdout.write(said % {"count": outcome.left_out})

    def _list(self, faults: Faults) -> None:
        self.stderr.write(str(faults))
        if faults.total > SHOWN:
            said = _("The first %(shown)s of %(total)s are shown.")
            self.stderr.write(said % {"shown": SHOWN, "total": faults.total})


def closing(outcome: Outcome) -> str:
    count = outcome.faults.total
    said = ngettext(
        "%(count)s fault. Nothing was written.", "%(count)s faults. Nothing was written.", count
    ) % {"count": count}
    if outcome.complete:
        return said
    return " ".join([said, _("What rows name was not looked up, since a file could not be read.")])


def in_words(fates: Counter[str]) -> str:
    """3 created, 1 changed, 40 unchanged."""
    told = {
        Verb.CREATED: _("%(count)s created"),
        Verb.CHANGED: _("%(count)s changed"),
        Verb.REMOVED: _("%(count)s removed"),
        UNCHANGED: _("%(count)s unchanged"),
    }
    return ", ".join(text % {"count": fates[fate]} for fate, text in told.items() if fates[fate])
