"""What the API of records answers with."""

from ninja import Field, Schema

from tillit.kit.api import KEY, Paged, SourceOut

WORD = r"^[a-z_]*$"
SUBJECT = r"^([a-z]+:[A-Za-z0-9.-]+)?$"


class RecordsAsked(Paged):
    kind: str = Field(
        "", max_length=12, pattern=WORD, description="agreement, minutes, decision and so on"
    )
    state: str = Field(
        "", max_length=12, pattern=WORD, description="draft, established, attested, received, sent"
    )
    keeper: str = Field("", max_length=200, pattern=KEY, description="key of the organisation")
    year: str = Field("", max_length=4, pattern=r"^([12][0-9]{3})?$")
    of: str = Field(
        "",
        max_length=240,
        pattern=SUBJECT,
        description="what it belongs to, such as version:skane.2010",
    )
    sha256: str = Field("", max_length=64, pattern=r"^([0-9a-f]{64})?$")


class CaseNumberOut(Schema):
    organisation: str = Field(description="key")
    number: str
    sources: list[SourceOut]


class StepOut(Schema):
    step: str
    dated: str = Field(description="EDTF; empty: not known")
    by: str
    counterpart: str = Field(description="from whom it was received, to whom it was sent")
    reason: str
    sources: list[SourceOut]


class SignatureOut(Schema):
    organisation: str = Field(description="key")
    side: str
    name: str
    role: str
    place: str
    dated: str = Field(description="EDTF; empty: not known")
    way: str = Field(description="paper_or_own_service or in_tillit")
    sha256: str = Field(description="of the bytes that were signed")
    sources: list[SourceOut]


class SignatoryOut(Schema):
    organisation: str = Field(description="key")
    side: str
    has_signed: bool


class RecordOut(Schema):
    key: str
    title: str
    kind: str
    of: str = Field(description="what it belongs to; empty: nothing")
    keeper: str = Field(description="key")
    state: str
    dated: str = Field(description="EDTF; empty: not known")
    note: str
    sha256: str = Field(description="empty: what it holds is not here")
    url: str
    sources: list[SourceOut]


class RecordWhole(RecordOut):
    file: str | None = Field(description="where it is fetched")
    sealed_file: str | None
    is_complete: bool = Field(description="all who were asked have signed")
    case_numbers: list[CaseNumberOut]
    steps: list[StepOut]
    signatories: list[SignatoryOut]
    signatures: list[SignatureOut]


class RecordsOut(Schema):
    items: list[RecordOut]
    count: int
    next: str | None
