"""A world in which every text of every row is a secret of its own, so that a leak tells where from.

Each noun stands once with every organisation, under the organisation's own key: so that any address
can be asked with any of them, and answers with a row if it lets itself be asked.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpResponseBase

from tillit.accounts.models import User
from tillit.kit.circles import Circled, Viewer
from tillit.kit.fields import Derived
from tillit.kit.models import Activity, Row
from tillit.post.models import MailSettings, Message, Trouble
from tillit.privacy.tests.filling import Filling, somebody
from tillit.register.choices import ADMINISTRATORS
from tillit.register.models import Mandate, Organisation, Person, Place
from tillit.register.tests.factories import OrganisationFactory, PlaceFactory

# Letters alone: the figures in a text may be taken for a year, and counted up.
SECRET = re.compile(r"hemligt[b-k]{5}")
NUMBERS = count(1)
# The organisations of the cast; one that hides, and one that nobody of the cast has to do with.
KEYS = ("paraplyet", "regionen", "foreningen", "skyddet", "frammande")
# What the code reads, and people don't write.
CODES = {
    *("key", "circle", "also", "start", "end", "seen", "language", "topic", "kind", "measure"),
    *("field", "once", "message_id", "about", "subject", "actor", "behalf", "person", "dated"),
    *("organisation", "about_noun", "about_key", "row_key", "taken_by", "kept_outcome", "web"),
    *("answered_as", "way", "party", "value", "code", "logo", "digest", "secret", "stamp"),
    *(
        "of",
        "sha256",
        "certificate",
        "encoding",
        "token_seed",
        "token_hash",
        "proposer",
        "applicant",
        "words",
        "step",
        "fault",
    ),
}
ENDINGS = ("_by", "_for", "_circle", "_hash")
# What can't be the same with every organisation.
GIVEN: dict[str, dict[str, Any]] = {
    "kit.source": {"dated": "2012"},
    "post.message": {"once": ""},
    "post.trouble": {"fault": "unreachable"},
    "register.proposal": {"about_noun": "organisation"},
}
# What is of no circle: who keeps the installation running sees what went wrong, and sets mail up.
KEPT_RUNNING = (MailSettings, Message, Trouble)
OUTSIDE = {
    "contenttypes",
    "auth",
    "sessions",
    "background",
    "socialaccount",
    "mfa",
    "account",
    "search",
}


class Planting(Filling):
    """Rows that belong to one organisation, with its key."""

    def __init__(self, organisation: Organisation, person: Person, email: str) -> None:
        super().__init__(person, email, "text")
        self.organisation = organisation
        self.made[Organisation] = organisation

    def value(self, column: Any) -> Any:
        if isinstance(column, models.JSONField):  # the code reads what is in there
            return column.get_default() or {}
        return super().value(column)

    def written(self, column: Any) -> str:
        return self.organisation.subject if column.name == "about" else super().written(column)

    def related(self, column: Any) -> Any:
        if column.related_model is Organisation:
            return self.organisation
        if column.related_model is Place:
            return PlaceFactory()
        return super().related(column)

    def once(self, model: type[models.Model]) -> Any:
        if model not in self.made:
            given = {"key": self.key_of(model)} if issubclass(model, Row) else {}
            given |= GIVEN.get(model._meta.label_lower, {})
            self.made[model] = self.row_of(model, **given)
        return self.made[model]

    def key_of(self, model: type[models.Model]) -> str:
        key = self.organisation.key
        return f"{key}.{key}" if model._meta.model_name == "unit" else key


def plant() -> dict[str, models.Model | None]:
    """The secrets, each with the row that it stands in; a password is shown with no row at all.

    The cast is there already.
    """
    civil = Organisation.objects.get(key="paraplyet").secretariat
    OrganisationFactory(key="skyddet", sector="civil", protected=True, secretariat=civil)
    OrganisationFactory(key="frammande", sector="civil")
    for key in KEYS:
        organisation = Organisation.objects.get(key=key)
        person = somebody(key, "Namn Namnsson", f"{key}@example.org")
        planting = Planting(organisation, person, f"{key}@example.org")
        for model in nouns():
            if key == KEYS[0] or not is_single(model):
                planting.once(model)
    return {secret: row for model in told() for secret, row in hide_in(model)}


def nouns() -> list[type[models.Model]]:
    """All of ours, the lowest first; the cast has brought the secretariats."""
    found = [it for it in apps.get_models() if it._meta.app_label not in OUTSIDE]
    return [it for it in found if it._meta.model_name not in {"secretariat", "user", "place"}]


def is_single(model: type[models.Model]) -> bool:
    """Of what there is one of in an installation."""
    return any(it.name.endswith("_one") for it in model._meta.constraints)


def told() -> list[type[models.Model]]:
    labels = OUTSIDE - {"account"}
    return [it for it in apps.get_models() if it._meta.app_label not in labels and it is not Place]


def hide_in(model: type[models.Model]) -> Iterator[tuple[str, models.Model | None]]:
    """Put a secret of its own into each text of each row."""
    columns = [it for it in model._meta.concrete_fields if is_told(it)]
    for row in model._default_manager.all():
        for column in columns:
            secret = new_secret()
            text = f"{secret}@example.org" if "email" in column.name else secret
            model._default_manager.filter(pk=row.pk).update(**{column.name: text})
            yield secret, None if "password" in column.name else row
    if model is Activity:
        yield from hide_in_changes()


def hide_in_changes() -> Iterator[tuple[str, models.Model]]:
    for row in Activity.objects.all():
        secret = new_secret()
        Activity.objects.filter(pk=row.pk).update(changes={"note": [None, secret]})
        yield secret, row


def new_secret() -> str:
    figures = f"{next(NUMBERS):05}"
    return "hemligt" + figures.translate(str.maketrans("0123456789", "bcdefghijk"))


def is_told(column: Any) -> bool:
    """Whether people write there, and there is room for a secret."""
    return (
        isinstance(column, models.CharField | models.TextField)
        and (column.model, column.name) != (User, "password")  # it keeps the sessions of the cast
        and not isinstance(column, Derived)
        and not column.choices
        and column.name not in CODES
        and not column.name.endswith(ENDINGS)
        and not column.primary_key
        and (column.max_length is None or column.max_length >= 30)
    )


def may_read(viewer: Viewer, row: models.Model | None) -> bool:
    """Whether the row's own circles, or those of what it belongs to, are the viewer's."""
    if row is None:
        return False
    if isinstance(row, KEPT_RUNNING):
        return ADMINISTRATORS in viewer.circles
    if isinstance(row, User):
        return row.pk == viewer.account
    if isinstance(row, Person):
        return is_known(viewer, row)
    if isinstance(row, Circled):
        return type(row)._default_manager.visible_to(viewer).filter(pk=row.pk).exists()
    owners = [it for it in type(row)._meta.concrete_fields if it.is_relation]
    return any(may_read(viewer, getattr(row, it.name)) for it in owners if is_owner(it, row))


def is_owner(column: Any, row: models.Model) -> bool:
    return issubclass(column.related_model, Circled) and getattr(row, column.name) is not None


def is_known(viewer: Viewer, person: Person) -> bool:
    """A name is told by the rows that name the person, to those who read them."""
    if viewer.identity.person == person.subject:
        return True
    naming = [it for it in Person._meta.related_objects if issubclass(it.related_model, Circled)]
    return any(
        it.related_model._default_manager.visible_to(viewer)
        .filter(**{it.field.name: person})
        .exists()
        for it in naming
    )


def text_of(response: HttpResponseBase) -> str:
    """All that the answer says, also inside a workbook."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", "replace").replace("\u00ad", "")  # soft hyphens


def mandates_of_others(person: str) -> list[str]:
    return list(Mandate.objects.exclude(person__key=person).values_list("key", flat=True))
