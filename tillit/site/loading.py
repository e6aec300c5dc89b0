"""`installations:` in the files."""

from tillit.kit.loading.citing import Sourced
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.shapes import Line, Slug
from tillit.kit.loading.tables import Table
from tillit.register.loading.refs import organisation_ref, place_ref
from tillit.site.models import Installation

WORDS = {"title", "kicker", "lede", "civil_title", "civil_text", "public_title", "public_text"}


class InstallationShape(Sourced):
    key: Slug
    title: Line
    kicker: Line = ""
    lede: Line = ""
    place: Line = ""
    civil: Slug
    civil_title: Line
    civil_text: Line = ""
    public: Slug
    public_title: Line
    public_text: Line = ""


class Installations(Table[InstallationShape]):
    name = "installations"
    shape = InstallationShape
    models = (Installation,)

    def rows(self, entry: Entry[InstallationShape], plan: Plan) -> None:
        said = entry.shape
        plan.want(
            Installation,
            entry,
            key=said.key,
            values=said.model_dump(include=WORDS),
            refs={
                "place": place_ref(said.place),
                "civil": organisation_ref(said.civil, "civil"),
                "public": organisation_ref(said.public, "public"),
            },
            cited=said.source,
        )
