"""`topics:` in the files."""

from typing import Annotated

from tillit.kit.loading.entries import Entry
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.shapes import Line, Shape, Slug, word_of
from tillit.kit.loading.tables import Table
from tillit.register.choices import TopicKind
from tillit.register.models import Topic


class TopicShape(Shape):
    key: Slug
    kind: Annotated[str, word_of(TopicKind)]
    name: Line
    name_en: Line = ""


class Topics(Table[TopicShape]):
    name = "topics"
    shape = TopicShape
    models = (Topic,)

    def rows(self, entry: Entry[TopicShape], plan: Plan) -> None:
        plan.want(Topic, entry, key=entry.shape.key, values=entry.shape.model_dump(exclude={"key"}))
