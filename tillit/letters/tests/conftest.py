"""An office with organisations around it, and a letter that it writes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from conftest import Cast
from tillit.letters.choice import Choice
from tillit.letters.models import Letter
from tillit.letters.tasks import send
from tillit.register.models import Organisation, Person, Secretariat
from tillit.register.tests.factories import ContactFactory, OrganisationFactory, PersonFactory

TEXT = "Hej {namn}!\n\nVälkommen till **årsmötet** i {organisation}.\nVi ses."


@pytest.fixture
def looked_after(cast: Cast) -> Callable[..., Organisation]:
    """An organisation that a side's secretariat looks after, with contact persons by address."""

    def make(key: str, *emails: str, side: str = "civil", **more: Any) -> Organisation:
        kept = Secretariat.objects.get(side=side)
        contact = more.pop("contact", {})
        it = OrganisationFactory(key=key, sector=side, secretariat=kept, **more)
        for email in emails:
            name = email.partition("@")[0].capitalize()
            person = Person.objects.filter(name=name).first() or PersonFactory(name=name)
            ContactFactory(organisation=it, email=email, person=person, **contact)
        return it

    return make


@pytest.fixture
def write(cast: Cast) -> Callable[..., Letter]:
    """A draft of a side's office."""

    def make(side: str = "civil", **more: Any) -> Letter:
        kept = Secretariat.objects.get(side=side)
        said = {
            "organisation": kept.organisation,
            "secretariat": kept,
            "subject_line": "Årsmöte",
            "text": TEXT,
            "choice": Choice(group="looked_after").kept(),
            "touched_at": timezone.now(),
            "key": "brevet",
        }
        return Letter.objects.create(**{**said, **more})

    return make


@pytest.fixture
def press_send() -> Callable[..., Any]:
    """Look at the last page, and press its button; `work` does what a worker would do."""

    def make(client: Any, letter: Letter, *, work: bool = True) -> Any:
        page = client.get(f"/utskick/{letter.key}/sandning/")
        stamp = page.context["chosen"].stamp
        answer = client.post(f"/utskick/{letter.key}/sandning/", {"stamp": stamp})
        if work and DBTaskResult.objects.filter(task_path="tillit.letters.tasks.send").exists():
            send.func(letter.pk)
        return answer

    return make
