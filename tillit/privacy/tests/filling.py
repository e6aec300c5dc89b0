"""A row of any model, filled by what its columns are: so that a new noun is tried without anybody's help."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.db.models import CheckConstraint, Q

from tillit.accounts.actions import own
from tillit.accounts.models import User
from tillit.kit.fields import Derived
from tillit.privacy.sweep import is_of_a_key
from tillit.register.models import Organisation, Person
from tillit.register.tests.factories import OrganisationFactory, PersonFactory

NUMBERS = count(1)
DAY, MOMENT = date(2024, 5, 16), datetime(2024, 5, 16, 12, tzinfo=UTC)
# What can't be worked out from the columns, by model.
SPECIAL: dict[str, dict[str, Any]] = {
    "post.mailsettings": {"port": 587},
    "agreements.adoption": {"dated": "2024-05-16"},
    "agreements.measurefollowup": {"year": 2024},
    "agreements.section": {"number": "1"},
    "duplicates.mergestep": {"model": "register.role", "column": "title"},
    "letters.recipient": {"kept_outcome": ""},
    "records.record": {"dated": "2024-05-16", "state": "established"},
    "records.recordstep": {"dated": "2024-05-16"},
    "records.signature": {"dated": "2024-05-16"},
    "register.membership": {"member": OrganisationFactory},
    "register.membershipdecision": {"day": DAY},
    "register.place": {"code": "9999"},
    "register.unit": {"key": lambda: f"organisation.enhet-{next(NUMBERS)}"},
}


def subject_length(column: Any) -> bool:
    """Subjects stand in columns of this length, all over."""
    return isinstance(column, models.CharField) and column.max_length == 240


def to_fill() -> list[type[models.Model]]:
    """All but the index, which is made from the others and never written by itself."""
    return [it for it in apps.get_models() if it._meta.app_label != "search"]


class Filling:
    """Makes rows about a person, with an account and an address; text is what stands in the rest."""

    def __init__(self, person: Person, email: str, text: str) -> None:
        self.person, self.email, self.text = person, email, text
        mine = EmailAddress.objects.get(user=person.account)
        self.made: dict[type[models.Model], models.Model] = {EmailAddress: mine, Person: person}

    def row_of(self, model: type[models.Model], **given: Any) -> models.Model:
        """A new row, with the values given and others that fit."""
        special = SPECIAL.get(model._meta.label_lower, {})
        values = {name: it() if callable(it) else it for name, it in special.items()} | given
        for column in model._meta.concrete_fields:
            if column.name not in values and not self.is_left(column):
                values[column.name] = self.value(column)
        row = model(**values, **({"pk": 1} if is_only_one(model) else {}))
        row.save(force_insert=True)
        return row

    def once(self, model: type[models.Model]) -> models.Model:
        if model not in self.made:
            self.made[model] = self.row_of(model)
        return self.made[model]

    def is_left(self, column: Any) -> bool:
        """Whether the column is filled by itself, or may be empty and doesn't tell of persons."""
        if column.primary_key or isinstance(column, Derived) or column.name in {"circle", "also"}:
            return True
        if column.is_relation:
            return column.null and column.related_model not in {Person, User}
        empty = column.null or column.has_default() or column.db_default is not models.NOT_PROVIDED
        return empty and not is_text(column)

    def value(self, column: Any) -> Any:
        if column.is_relation:
            return self.related(column)
        if column.choices:
            return column.choices[0][0]
        named = "email" in column.name or subject_length(column)
        if column.unique or (is_of_a_key(column) and not named):
            number = next(NUMBERS)
            return number if isinstance(column, models.IntegerField) else f"unik-{number}"
        by_kind: list[tuple[Any, Any]] = [
            (models.JSONField, {"namn": [self.text, self.email, self.person.subject]}),
            ((models.CharField, models.TextField), self.written(column)),
            (models.DateTimeField, MOMENT),
            (models.DateField, DAY),
        ]
        return next((value for kind, value in by_kind if isinstance(column, kind)), 1)

    def written(self, column: Any) -> str:
        if subject_length(column):
            return self.person.subject
        if column.name in {"start", "end", "seen"}:
            return "2024-05-16"
        if "email" in column.name:
            return self.email
        if column.max_length and column.max_length < len(self.text):
            return "x"
        return self.text

    def related(self, column: Any) -> Any:
        if column.related_model is Person:
            return self.person
        if column.related_model is User:
            return self.person.account
        if column.related_model is Organisation:
            return Organisation.objects.first() or OrganisationFactory()
        return self.once(column.related_model)


def is_text(column: Any) -> bool:
    return isinstance(column, models.CharField | models.TextField | models.JSONField)


def is_only_one(model: type[models.Model]) -> bool:
    """Whether the table has one row, with the key 1."""
    rules = model._meta.constraints
    return any(isinstance(it, CheckConstraint) and it.condition == Q(pk=1) for it in rules)


def somebody(key: str, name: str, email: str) -> Person:
    account = User.objects.create_user(email)
    own(account, email)
    return PersonFactory(key=key, name=name, account=account)
