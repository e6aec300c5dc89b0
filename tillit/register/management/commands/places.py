"""`tillit places`: the country, counties and municipalities. Run it again after a new list."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.register.reference import FATES, load_places


class Command(BaseCommand):
    help = "Load the places of Sweden. Running it again changes only what the lists have changed."

    @transaction.atomic
    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        fates = load_places()
        if not verbosity:
            return
        said = _("Places: %(created)s created, %(changed)s changed, %(unchanged)s unchanged.")
        self.stdout.write(said % {fate: fates[fate] for fate in FATES})
