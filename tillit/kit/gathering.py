"""Texts of many rows as one, so that they come with the row that they belong to, in its own question."""

from typing import Any

from django.db.models import Aggregate, TextField


class Words(Aggregate):
    """The texts with a space between, in whatever order; they must have none themselves."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, ' ')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="STRING_AGG", **context)
