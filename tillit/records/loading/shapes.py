"""What a record looks like in a file, with all that belongs to it."""

import re
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator

from tillit.kit.loading.citing import Sourced
from tillit.kit.loading.faults import Wrong, quoted
from tillit.kit.loading.shapes import Day, Key, Line, Slug, Text, Whole, word_of
from tillit.records.choices import Keeping, Kind, State, Way
from tillit.register.choices import Side


def digest(written: str) -> str:
    if written and not re.fullmatch(r"[0-9a-f]{64}", written):
        raise Wrong(
            _("“%(text)s” is no SHA-256") % {"text": quoted(written)},
            _("write its 64 digits and letters a to f"),
        )
    return written


class NumberShape(Sourced):
    key: Key = ""
    organisation: Slug
    number: Line


class StepShape(Sourced):
    step: Annotated[str, word_of(State)]
    dated: Day = ""
    by: Line = ""
    counterpart: Line = ""
    reason: Line = ""


class SignatoryShape(Sourced):
    organisation: Slug
    side: Annotated[str, word_of(Side)] = ""


class SignatureShape(Sourced):
    key: Key = ""
    organisation: Slug
    side: Annotated[str, word_of(Side)] = ""
    name: Line = ""
    person: Slug = ""
    role: Line = ""
    place: Line = ""
    dated: Day = ""


class RecordShape(Sourced):
    key: Slug
    title: Line
    kind: Annotated[str, word_of(Kind)]
    of: Line = ""
    keeper: Slug
    dated: Day = ""
    note: Text = ""
    sha256: Annotated[Line, AfterValidator(digest)] = ""
    numbers: list[NumberShape] = []
    steps: list[StepShape] = []
    signatories: list[SignatoryShape] = []
    signatures: list[SignatureShape] = []


class RuleShape(Sourced):
    keeper: Slug
    kind: Annotated[str, word_of(Kind)] = ""
    keeping: Annotated[str, word_of(Keeping)]
    years: Whole | None = None
    basis: Line


OUTSIDE = Way.OUTSIDE.value
