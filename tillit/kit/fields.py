"""Columns that follow from other columns of their row, and text that both databases sort alike."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from tillit.kit.swedish import fold, sort_key


class Derived:
    """A column whose value is worked out from its row each time the row is written."""

    def __init__(self, *args: Any, derive: str = "", **kwargs: Any) -> None:
        self.derive = derive
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, path, args, {**kwargs, "derive": self.derive}

    def value_of(self, row: models.Model) -> Any:
        value: Any = row
        for step in self.derive.split("."):
            value = getattr(value, step)
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.value_of(model_instance)
        setattr(model_instance, self.attname, value)  # type: ignore[attr-defined]
        return value


class DerivedDateField(Derived, models.DateField):  # type: ignore[type-arg]
    """A day that follows from the row, such as the first day on which a period surely holds."""


class ByteOrderField(models.CharField):  # type: ignore[type-arg]
    """Text that is compared byte by byte, on PostgreSQL as on SQLite."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class SubjectField(models.CharField):  # type: ignore[type-arg]
    """The subject of another row, `organisation:natverket`, in a column that knows no noun.

    Declared, so that whoever has to do with all that names a row finds these columns too. To the
    database, and so to migrations, it is text.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 240)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class DerivedTextField(Derived, ByteOrderField):
    """Text that follows from the row, compared byte by byte, and cut to what the column holds."""

    def value_of(self, row: models.Model) -> Any:
        value = super().value_of(row)
        return value[: self.max_length] if isinstance(value, str) else value


class _Worked(Derived, ByteOrderField):
    work: Callable[[str], str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 400)
        super().__init__(*args, **kwargs)

    def value_of(self, row: models.Model) -> str:
        return type(self).work(str(super().value_of(row)))[: self.max_length]


class SortKeyField(_Worked):
    """The Swedish sort key of another column."""

    work = staticmethod(sort_key)


class FoldedField(_Worked):
    """Another column in the form that searches compare."""

    work = staticmethod(fold)
