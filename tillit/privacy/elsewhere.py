"""Where else a person is named by subject, address or row: whatever no context tells of by itself.

It goes by the columns that there are, so that a new one is told and erased without anybody's help.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import CharField, Value
from django.db.models.functions import Cast

from tillit.accounts.models import User
from tillit.kit.contributions import Rows, addresses_of
from tillit.kit.models import Row
from tillit.kit.personal.relatives import columns_to
from tillit.privacy import sweep
from tillit.privacy.words import Words
from tillit.register.models import Person

# Columns that a part of its own tells of, and the name of the part.
TOLD = {
    "account.emailaddress.user": "sign_in",
    "account.emailaddress.email": "sign_in",
    "accounts.user.email": "sign_in",
    "mfa.authenticator.user": "sign_in",
    "socialaccount.socialaccount.user": "sign_in",
    "kit.activity.actor": "activity",
    "kit.activity.subject": "changes",
    "kit.activity.about": "changes",
    "kit.citation.subject": "person",
    "post.message.to_email": "mails",
    "post.message.person": "mails",
    "post.optout.email": "stops",
    "post.suppression.email": "stops",
    "register.person.account": "person",
    "register.role.person": "roles",
    "register.contact.person": "contacts",
    "register.contact.email": "contacts",
    "register.mandate.person": "mandates",
    "register.invitation.person": "invitations",
    "register.invitation.accepted_by": "invitations",
    "register.invitation.email": "invitations",
    "register.handover.leaver": "handovers",
    "register.handover.successor": "handovers",
    "register.proposal.proposer": "proposals",
    "register.application.contact_email": "applications",
    "register.application.applicant": "applications",
    "agreements.consulted.email": "consultations",
    "agreements.reply.by": "consultations",
    "duplicates.pair.one": "merges",
    "duplicates.pair.other": "merges",
    "duplicates.merge.kept": "merges",
    "duplicates.merge.gone": "merges",
    "intake.intake.owner": "imports",
    "letters.recipient.person": "letters",
    "letters.recipient.email": "letters",
    "records.signature.person": "signatures",
    "privacy.erasurerequest.person": "requests",
    "privacy.erasurerequest.account": "requests",
    "privacy.erasurerequest.email": "requests",
    "privacy.report.email": "reports",
}


def named(column: Any) -> str:
    return f"{column.model._meta.label_lower}.{column.name}"  # noqa: SLF001 (Django's own name)


def words_of(person: Person | None, account: int | None) -> Words:
    """What stands alone in a column: subjects and addresses."""
    subjects = {person.subject} if person else set()
    addresses = addresses_of(person.subject if person else "", account)
    subjects |= {f"account:{account}"} if account else set()
    return Words(frozenset(subjects), addresses)


def rows_of(person: Person | None, account: int | None) -> Rows:
    found = [*_by_text(words_of(person, account)), *_by_row(person, account)]
    return [
        {
            "noun": str(row._meta.verbose_name),  # noqa: SLF001
            "row": row.subject if isinstance(row, Row) else str(row.pk),
            "as": str(column.verbose_name),
        }
        for row, column in found
    ]


def _by_text(words: Words) -> Iterator[tuple[models.Model, Any]]:
    exact = words.subjects | words.addresses
    for model, keys in sweep.find(words).items():
        for row in model._default_manager.filter(pk__in=keys).order_by("pk"):  # noqa: SLF001
            for column, value in sweep.texts_of(row):
                if named(column) not in TOLD and isinstance(value, str) and value in exact:
                    yield row, column


def columns() -> list[tuple[type[models.Model], Any]]:
    """The columns of rows that no part tells of, and that point at persons or accounts."""
    found = [*columns_to(Person), *columns_to(User)]
    return [(model, column) for model, column in found if named(column) not in TOLD]


def _by_row(person: Person | None, account: int | None) -> Iterator[tuple[models.Model, Any]]:
    """By one question, and one more for each table that has such rows."""
    parts = [
        model._default_manager.filter(**{column.name: of})  # noqa: SLF001
        .order_by()
        .annotate(of_=Value(number), id_=Cast("pk", CharField()))
        .values_list("of_", "id_")
        for number, (model, column) in enumerate(columns())
        if (of := person if column.related_model is Person else account) is not None
    ]
    keys: dict[int, list[str]] = defaultdict(list)
    for number, key in parts[0].union(*parts[1:], all=True) if parts else ():
        keys[number].append(key)
    for number in sorted(keys):
        model, column = columns()[number]
        rows = model._default_manager.filter(pk__in=keys[number]).order_by("pk")  # noqa: SLF001
        yield from ((row, column) for row in rows)


def erase(person: Person | None, account: int | None) -> int:
    """They name nobody any more."""
    count = sweep.cover(Words(words_of(person, account).subjects))
    for model, column in columns():
        of = person if column.related_model is Person else account
        if of is not None and column.null:
            rows = model._default_manager.filter(**{column.name: of})  # noqa: SLF001
            count += rows.update(**{column.name: None})
    return count
