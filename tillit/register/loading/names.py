"""Rules of an organisation's names, and which of them it goes by now."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from tillit.kit.loading.overlaps import sure_overlaps
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.wanted import Wanted
from tillit.register.choices import NameKind
from tillit.register.models import Name, Organisation
from tillit.register.models.name import present_name


def check_names(plan: Plan) -> None:
    """Give each organisation its present name. Two official ones at a time are refused."""
    official: dict[str, list[Wanted]] = defaultdict(list)
    for wanted in plan.of(Name):
        owner = wanted.refs["organisation"]
        if owner and wanted.values["kind"] == NameKind.OFFICIAL:
            official[owner.key].append(wanted)
    for key, names in official.items():
        _set_name(plan.wanted[Organisation][key], [name.row for name in names], plan.today)
        _refuse_overlaps(names, plan)


def _set_name(organisation: Wanted, names: Sequence[Name], today: date) -> None:
    name = present_name(names, today)
    organisation.values["name"] = organisation.row.name = name


def _refuse_overlaps(names: Sequence[Wanted], plan: Plan) -> None:
    places = {id(wanted.row): wanted.entry.spot("name") for wanted in names}
    for former, later in sure_overlaps(name.row for name in names):
        plan.faults.add(
            places[id(later)],
            _("the organisation already has the official name “%(name)s” then, in %(spot)s")
            % {"name": former.name, "spot": places[id(former)]},
            _("let one end where the other begins, or make one an alias"),
        )
