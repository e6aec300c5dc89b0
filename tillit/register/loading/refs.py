"""How rows of the register are named in files."""

from django.utils.translation import gettext_lazy as _

from tillit.kit.loading.keys import joined
from tillit.kit.loading.wanted import Ref
from tillit.register.loading.organisation_shapes import OrganisationShape
from tillit.register.models import Organisation, Place, Topic, Unit

PLACE_REMEDY = _(
    "write SCB's code of the municipality (four digits) or the county (two), in quotes, or SE"
)


def organisation_ref(key: str, at: str = "organisation") -> Ref | None:
    return Ref(Organisation, key, (at,)) if key else None


def unit_ref(organisation: str, key: str, at: str = "unit") -> Ref | None:
    return Ref(Unit, joined(organisation, key), (at,)) if key else None


def place_ref(code: str) -> Ref | None:
    return Ref(Place, code, ("place",), PLACE_REMEDY) if code else None


def topic_refs(said: OrganisationShape) -> list[Ref]:
    lists = {"themes": said.themes, "target_groups": said.target_groups}
    return [
        Ref(Topic, key, (name, number))
        for name, keys in lists.items()
        for number, key in enumerate(keys)
    ]
