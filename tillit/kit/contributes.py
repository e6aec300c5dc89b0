"""What the kit gives to the whole: lists in files that are of no context, the activity, uploads."""

from collections.abc import Iterator

from tillit.kit.contributions import Contributions, OwnData
from tillit.kit.loading.sources import Sources
from tillit.kit.loading.stated_figures import StatedFigures
from tillit.kit.personal import files, traces


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield from traces.own_data(person, account)
    yield from files.own_data(person)


def erase(person: str, account: int | None) -> int:
    return traces.erase(person, account) + files.erase(person)


contributions = Contributions(
    tables=[Sources(), StatedFigures()],
    own_data=own_data,
    erase=erase,
    retentions=[traces.RETENTION],
)
