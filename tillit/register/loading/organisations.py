"""`organisations:` in the files: each organisation with its names, numbers, places and units."""

from tillit.kit.loading.cycles import refuse_cycles
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.resolving import chunks
from tillit.kit.loading.tables import Table
from tillit.register.loading import organisation_rows as rows
from tillit.register.loading.names import check_names
from tillit.register.loading.organisation_shapes import OrganisationShape
from tillit.register.loading.rules import check_numbers, check_topics
from tillit.register.models import (
    Address,
    Identifier,
    Name,
    Organisation,
    Place,
    Presence,
    Unit,
)
from tillit.register.models.organisation import settle_circles
from tillit.register.reference import load_places


class Organisations(Table[OrganisationShape]):
    name = "organisations"
    shape = OrganisationShape
    models = (Organisation, Name, Identifier, Address, Presence, Unit)
    # Units are left when a file no longer has them: roles and meetings of other days point at them.
    owned = dict.fromkeys((Name, Identifier, Address, Presence), "organisation")

    def prepare(self) -> None:
        if not Place.objects.exists():
            load_places()

    def rows(self, entry: Entry[OrganisationShape], plan: Plan) -> None:
        if not rows.want_organisation(entry, plan):
            return
        said = entry.shape
        for name in entry.parts("names", said.names):
            rows.want_name(said.key, name, plan)
        for identifier in entry.parts("identifiers", said.identifiers):
            rows.want_identifier(said.key, identifier, plan)
        for address in entry.parts("addresses", said.addresses):
            rows.want_address(said.key, address, plan)
        for presence in entry.parts("places", said.places):
            rows.want_presence(said.key, presence, plan)
        for unit in entry.parts("units", said.units):
            rows.want_unit(said.key, unit, plan)

    def check(self, plan: Plan) -> None:
        check_names(plan)
        check_numbers(plan)
        check_topics(plan)
        refuse_cycles(plan, Organisation)
        refuse_cycles(plan, Unit)

    def settle(self, plan: Plan) -> None:
        """Hide, or show, the places and people of organisations whose protection has changed."""
        changed = [each.row for each in plan.of(Organisation) if each.has_changed("protected")]
        for chunk in chunks(changed):
            settle_circles(chunk)
