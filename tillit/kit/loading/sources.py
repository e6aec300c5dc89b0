"""`sources:` in the files."""

from typing import Annotated

from pydantic import BeforeValidator

from tillit.kit.loading.citing import source_key
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.shapes import Day, Line, Shape, Text
from tillit.kit.loading.tables import Table
from tillit.kit.models import Source

# The source of what was judged at loading and stands in no document.
JUDGED = "T"


class SourceShape(Shape):
    key: Annotated[str, BeforeValidator(source_key)]
    title: Line
    publisher: Line = ""
    dated: Day = ""
    note: Text = ""


class Sources(Table[SourceShape]):
    name = "sources"
    shape = SourceShape
    models = (Source,)

    def rows(self, entry: Entry[SourceShape], plan: Plan) -> None:
        said = entry.shape
        values = said.model_dump(exclude={"key"})
        plan.want(Source, entry, key=said.key, values={**values, "is_document": said.key != JUDGED})
