"""Reports on accessibility: sent by anybody, seen to by administrators."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from tillit.kit.changes import Actor, create, new_key
from tillit.privacy import mails
from tillit.privacy.models import DeedKind, Report, ReportDeed


def report(what: str, where: str, email: str, now: datetime) -> Report:
    row = Report(
        key=new_key(), what=what, where=where, email=email, language=get_language(), sent_at=now
    )
    return create(row, Actor(row.subject))


def do(row: Report, kind: str, text: str, actor: Actor, now: datetime) -> ReportDeed:
    """Write down what is done; an answer goes by mail."""
    deed = ReportDeed(
        key=new_key(),
        report=row,
        kind=kind,
        text=text,
        by=actor.person,
        behalf=actor.behalf,
        at=now,
    )
    with transaction.atomic():
        create(deed, actor)
        if kind == DeedKind.ANSWERED:
            mails.answer(row, text)
    return deed
