"""What keeps the installation running, gathered for the page of settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tillit.kit.forms import Text
from tillit.site.state import State
from tillit.site.steps import STEPS


@dataclass(frozen=True)
class Entry:
    """A thing that can be set or looked after, and how it stands."""

    title: Text
    url: str
    text: Text = ""
    action: Text = ""


@dataclass(frozen=True)
class Group:
    title: Text
    entries: Sequence[Entry]


def groups(state: State) -> list[Group]:
    return [Group(_("The installation"), [entry(state, it.name) for it in STEPS])]


def entry(state: State, name: str) -> Entry:
    step = next(it for it in STEPS if it.name == name)
    done = step.is_done(state)
    return Entry(step.title, step.settings_url, "" if done else step.may_wait or step.lede)
