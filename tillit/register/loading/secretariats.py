"""`secretariats:` in the files."""

from typing import Annotated

from django.utils.translation import gettext as _

from tillit.kit.days import today
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.shapes import Line, Slug, word_of
from tillit.kit.loading.tables import Table
from tillit.register.choices import Side
from tillit.register.loading.organisation_shapes import Fact
from tillit.register.loading.refs import organisation_ref, place_ref
from tillit.register.models import Secretariat


class SecretariatShape(Fact):
    side: Annotated[str, word_of(Side)]
    organisation: Slug
    place: Line = ""


class Secretariats(Table[SecretariatShape]):
    name = "secretariats"
    shape = SecretariatShape
    models = (Secretariat,)

    def rows(self, entry: Entry[SecretariatShape], plan: Plan) -> None:
        said = entry.shape
        plan.want(
            Secretariat,
            entry,
            key=said.key,
            otherwise=f"{said.organisation}.{said.side}",
            values={"side": said.side, **said.dates},
            refs={
                "organisation": organisation_ref(said.organisation, "organisation"),
                "place": place_ref(said.place),
            },
            cited=said.source,
        )

    def check(self, plan: Plan) -> None:
        """Refuse two of one side and place that hold at the same time."""
        rows = [it for it in plan.of(Secretariat) if it.is_whole]
        for number, one in enumerate(rows):
            for other in rows[:number]:
                alike = (one.row.side, one.row.place) == (other.row.side, other.row.place)
                if alike and one.row.period.collides_with(other.row.period):
                    plan.faults.add(
                        one.entry.spot("period"),
                        _("the side has a secretariat there already then: %(spot)s")
                        % {"spot": other.entry.spot("period")},
                        _("let one end where the other begins"),
                    )

    def settle(self, plan: Plan) -> None:
        """Those that nobody looks after get their secretariat, also what other files brought."""
        standing = Secretariat.objects.on(today())
        for secretariat in standing.select_related("organisation", "place"):
            secretariat.take_up()
