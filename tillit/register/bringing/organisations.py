"""Organisations of one's side, from a list."""

from collections.abc import Sequence
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.bringing import Confirmed, Fate, Field, Found, Kind, Setting, Values
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Link
from tillit.kit.locks import one_at_a_time
from tillit.kit.together import Together
from tillit.register import rules
from tillit.register.bringing import fields
from tillit.register.bringing.entry import entry_of
from tillit.register.bringing.places import Places
from tillit.register.bringing.recognising import Recognising, side_of
from tillit.register.bringing.writing import Writing
from tillit.register.likeness.candidates import alike_in_register
from tillit.register.likeness.evidence import Verdict


class Organisations(Kind):
    name = "organisations"
    title = gettext_lazy("Organisations")
    text = gettext_lazy(
        "They are entered on your side, and your secretariat looks after them. Everybody sees them; of "
        "a shelter nobody else sees place and people."
    )
    fields: ClassVar[Sequence[Field]] = (fields.NAME, fields.NUMBER, fields.SEAT, fields.WEB)

    def may(self, viewer: Viewer) -> bool:
        return rules.may_bring_in(viewer)

    def lock(self) -> None:
        one_at_a_time("register.organisation.key")

    def recognise(self, rows: Sequence[Values], setting: Setting) -> list[Found]:
        return Recognising(rows, setting).found()

    def changed_since(self, rows: Sequence[Confirmed], setting: Setting) -> set[int]:
        """Rows that shall be new and are now likely the same as one that nobody was shown."""
        new = [row for row in rows if row.fate == Fate.NEW]
        places = Places()
        profiles = [entry_of(row.values, places).profile for row in new]
        found = alike_in_register(
            profiles, [side_of(setting)], setting.viewer, setting.day, misspelled=False
        )
        return {
            row.number
            for row, alike in zip(new, found, strict=True)
            if any(
                it.verdict is Verdict.LIKELY and profile.key not in row.shown
                for profile, it in alike
            )
        }

    def write(self, rows: Sequence[Confirmed], setting: Setting, it: Together) -> Sequence[Link]:
        Writing(rows, setting, it).write()
        return [Link(_("Organisations"), reverse("register:organisations"))]
