"""`tillit code`: a new code for who is to keep the installation running."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tillit.site import first_code
from tillit.site.beginning import invitation


class Command(BaseCommand):
    help = (
        "Make a one-time code, in place of an earlier one. Whoever writes it at /kom-igang/ becomes"
        " an administrator: for the first, and for when none of them can sign in."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        code = first_code.make(timezone.now())
        self.stdout.write("\n".join(invitation(code)))
