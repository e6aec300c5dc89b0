"""What an organisation looks like in a file, with all that belongs to it."""

from typing import Annotated, Self

from django.utils.translation import gettext as _
from pydantic import model_validator

from tillit.kit.loading.citing import Sourced
from tillit.kit.loading.faults import Wrong
from tillit.kit.loading.shapes import DatedShape, Flag, Key, Line, Slug, Text, word_of
from tillit.register.choices import (
    AddressKind,
    Form,
    Level,
    NameKind,
    PresenceKind,
    Scheme,
    Sector,
    UnitKind,
)


class Fact(DatedShape, Sourced):
    """A dated row with its sources. Its key is worked out unless it is given."""

    key: Key = ""


class NameShape(Fact):
    name: Line
    kind: Annotated[str, word_of(NameKind)]


class IdentifierShape(Fact):
    scheme: Annotated[str, word_of(Scheme)]
    value: Line


class AddressShape(Fact):
    kind: Annotated[str, word_of(AddressKind)]
    street: Line = ""
    postcode: Line = ""
    town: Line
    place: Line = ""


class PresenceShape(Fact):
    kind: Annotated[str, word_of(PresenceKind)]
    place: Line


class UnitShape(DatedShape, Sourced):
    key: Slug
    name: Line
    kind: Annotated[str, word_of(UnitKind)]
    parent: Slug = ""


class OrganisationShape(DatedShape, Sourced):
    key: Slug
    sector: Annotated[str, word_of(Sector)]
    form: Annotated[str, word_of(Form)] = ""
    level: Annotated[str, word_of(Level)] = ""
    parent: Slug = ""
    protected: Flag = False
    description: Text = ""
    web: Line = ""
    themes: list[Slug] = []
    target_groups: list[Slug] = []
    names: list[NameShape]
    identifiers: list[IdentifierShape] = []
    addresses: list[AddressShape] = []
    places: list[PresenceShape] = []
    units: list[UnitShape] = []

    @model_validator(mode="after")
    def has_an_official_name(self) -> Self:
        if not any(name.kind == NameKind.OFFICIAL for name in self.names):
            raise Wrong(
                _("the organisation has no official name"),
                _("give one of its names “kind: official”"),
                "names",
            )
        return self
