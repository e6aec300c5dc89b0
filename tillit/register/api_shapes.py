"""What the register's API answers with."""

from datetime import date

from ninja import Field, Schema

from tillit.kit.api import KEY, FigureOut, OnDay, Paged, PeriodOut, SourceOut


class OrganisationsAsked(Paged, OnDay):
    q: str = Field(
        "",
        max_length=100,
        description="part of any name it has or had, or the beginning of a number",
    )
    sector: str = Field("", max_length=20, description="civil, public, business or academia")
    form: str = Field("", max_length=40, description="legal form")
    level: str = Field("", max_length=20, description="international, national, regional or local")
    place: str = Field(
        "", max_length=4, pattern=KEY, description="SE, or a county or municipality by SCB's code"
    )
    theme: str = Field(
        "", max_length=200, pattern=KEY, description="key of a theme or target group"
    )
    member_of: str = Field("", max_length=200, pattern=KEY, description="key of an umbrella")


class MembershipsAsked(Paged, OnDay):
    umbrella: str = Field("", max_length=200, pattern=KEY, description="key of the umbrella")
    member: str = Field("", max_length=200, pattern=KEY, description="key of the member")


class PlacesAsked(Schema):
    kind: str = Field("", max_length=20, pattern=KEY, description="country, county or municipality")
    parent: str = Field("", max_length=4, pattern=KEY, description="code of the place above")


class DatedOut(Schema):
    period: PeriodOut
    sources: list[SourceOut]


class OrganisationOut(Schema):
    key: str
    name: str = Field(description="what it was called on the day")
    sector: str
    side: str = Field(description="civil or public; empty for guests")
    form: str
    level: str
    places: list[str] = Field(description="SCB's codes of its seat and the places where it works")
    numbers: list[str] = Field(description="as written, right or wrong")
    url: str


class OrganisationsOut(Schema):
    on: date
    items: list[OrganisationOut]
    count: int
    next: str | None
    assumed: int = Field(
        description="how many no source shows to exist on the day; with member_of: to be members"
    )
    stated: list[FigureOut] = Field(
        description="with member_of: the number of members that documents state"
    )


class NameOut(DatedOut):
    kind: str
    name: str


class IdentifierOut(DatedOut):
    scheme: str
    value: str = Field(description="as written")
    holds: bool = Field(description="whether its check digits can be right")
    reason: str


class AddressOut(DatedOut):
    kind: str
    street: str
    postcode: str
    town: str
    place: str | None


class PresenceOut(DatedOut):
    kind: str
    place: str


class RoleOut(DatedOut):
    person: str
    name: str
    kind: str
    title: str
    unit: str | None
    represents: str | None
    share: float | None = Field(description="of full time, 0 to 1")
    party: str


class MembershipOut(DatedOut):
    umbrella: str
    member: str


class MembershipsOut(Schema):
    on: date
    items: list[MembershipOut]
    count: int
    next: str | None


class OrganisationDetail(DatedOut):
    on: date
    key: str
    name: str
    sector: str
    side: str
    form: str
    level: str
    description: str
    web: str
    url: str
    parent: str | None
    topics: list[str]
    names: list[NameOut]
    numbers: list[IdentifierOut]
    addresses: list[AddressOut]
    places: list[PresenceOut]
    roles: list[RoleOut]
    member_of: list[MembershipOut]


class PlaceOut(Schema):
    code: str
    kind: str
    name: str
    official_name: str
    parent: str | None


class PlacesOut(Schema):
    items: list[PlaceOut]
    count: int
    next: str | None
