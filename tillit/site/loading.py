"""`installations:` in the files."""

from django.utils import timezone

from tillit.agreements.models import Agreement
from tillit.kit.loading.citing import Sourced
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.shapes import Line, Slug, Text
from tillit.kit.loading.tables import Table
from tillit.kit.loading.wanted import Ref
from tillit.register.loading.refs import organisation_ref, place_ref
from tillit.register.models import Organisation
from tillit.site.models import FirstRun, Installation

WORDS = {"title", "kicker", "lede", "civil_title", "civil_text", "public_title", "public_text"}
# What the guide asks for as well: a file that is silent about it changes nothing.
ASKED = {"arrangement", "contact", "officer"}


class InstallationShape(Sourced):
    key: Slug
    title: Line
    kicker: Line = ""
    lede: Line = ""
    place: Line = ""
    agreement: Slug = ""
    civil: Slug
    civil_title: Line
    civil_text: Line = ""
    public: Slug
    public_title: Line
    public_text: Line = ""
    host: Slug = ""
    controllers: list[Slug] = []
    arrangement: Text = ""
    contact: Line = ""
    officer: Line = ""


def controllers(said: InstallationShape) -> list[Ref]:
    keys = enumerate(said.controllers)
    return [Ref(Organisation, key, ("controllers", number)) for number, key in keys]


def agreement_ref(key: str) -> Ref | None:
    return Ref(Agreement, key, ("agreement",)) if key else None


class Installations(Table[InstallationShape]):
    name = "installations"
    shape = InstallationShape
    models = (Installation,)

    def rows(self, entry: Entry[InstallationShape], plan: Plan) -> None:
        said = entry.shape
        spoken = said.model_fields_set
        plan.want(
            Installation,
            entry,
            key=said.key,
            values=said.model_dump(include=WORDS | (ASKED & spoken)),
            refs={
                "place": place_ref(said.place),
                "civil": organisation_ref(said.civil, "civil"),
                "public": organisation_ref(said.public, "public"),
                **({"agreement": agreement_ref(said.agreement)} if "agreement" in spoken else {}),
                **({"host": organisation_ref(said.host, "host")} if "host" in spoken else {}),
            },
            many={"controllers": controllers(said)} if "controllers" in spoken else {},
            cited=said.source,
        )

    def settle(self, plan: Plan) -> None:
        """Whoever loads an installation needs no guide before its pages are shown."""
        if plan.wanted[Installation]:
            FirstRun.finish(timezone.now())
