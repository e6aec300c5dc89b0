"""Rows of a list that name organisations: whom in the register, or earlier in the list, each may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.bringing import Alike, Found, Setting, Values
from tillit.kit.swedish import fold
from tillit.register import rules
from tillit.register.bringing.entry import Entry, entry_of
from tillit.register.bringing.places import Places
from tillit.register.likeness.candidates import alike_among, alike_in_register
from tillit.register.likeness.evidence import Likeness, Verdict
from tillit.register.likeness.organisations import Profile

MOST_ALIKE = 5


def side_of(setting: Setting) -> str:
    """The side whose organisations the viewer brings in."""
    kept = rules.secretariat_of(setting.viewer)
    return kept.side if kept else ""


@dataclass
class Recognising:
    """One list, while its rows are held against the register and each other."""

    rows: Sequence[Values]
    setting: Setting

    @cached_property
    def entries(self) -> list[Entry]:
        places = Places()
        return [entry_of(values, places) for values in self.rows]

    def found(self) -> list[Found]:
        profiles = [it.profile for it in self.entries]
        known = alike_in_register(
            profiles,
            [side_of(self.setting)],
            self.setting.viewer,
            self.setting.day,
            most=MOST_ALIKE,
        )
        among = alike_among(profiles, most=MOST_ALIKE)
        found = []
        for at, it in enumerate(self.entries):
            row = it.found()
            if not row.fault:
                row.alike = [of_register(*each) for each in known[at]]
                row.alike += [
                    of_list(place, profiles[place], likeness) for place, likeness in among[at]
                ]
            found.append(row)
        return found


def of_register(profile: Profile, likeness: Likeness) -> Alike:
    return Alike(
        key=profile.key,
        title=profile.name,
        url=reverse("register:organisation", args=[profile.key]),
        is_likely=likeness.verdict is Verdict.LIKELY,
        speaks_for=likeness.speaks_for,
        speaks_against=likeness.speaks_against,
    )


def of_list(place: int, profile: Profile, likeness: Likeness) -> Alike:
    return Alike(
        key="",
        title=_("row %(number)s, %(name)s") % {"number": place + 1, "name": profile.name},
        row=place + 1,
        is_likely=likeness.verdict is Verdict.LIKELY,
        speaks_for=likeness.speaks_for,
        speaks_against=likeness.speaks_against,
    )


def is_named_so(name: str, profile: Profile) -> bool:
    return any(fold(it.name) == fold(name) for it in profile.names)
