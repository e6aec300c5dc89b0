"""A consultation on a draft, and people of the cast who send it out and answer it."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tillit.agreements.choices import Came, Matter
from tillit.agreements.consulting import turning
from tillit.agreements.consulting.agreeing import Word, agreed_on, say
from tillit.agreements.consulting.preparing import asked_of
from tillit.agreements.models import Agreement, Consultation, Consulted, Reply, Version
from tillit.agreements.tests.factories import SectionFactory, VersionFactory
from tillit.kit.changes import Actor, new_key
from tillit.register.tests.factories import ContactFactory, OrganisationFactory

KARIN = Actor("person:karin", "organisation:natverket")
OMAR = Actor("person:omar", "organisation:region-skane")
BY_SIDE = {"civil": KARIN, "public": OMAR}


def drafted(agreement: Agreement, **values: Any) -> Version:
    """A draft of two sections."""
    given = {"key": f"{agreement.key}.2027", "label": "2027", "stage": "draft", "start": ""}
    draft: Version = VersionFactory(agreement=agreement, **{**given, **values})
    one, two = f"{draft.key}.1", f"{draft.key}.2"
    SectionFactory(
        version=draft, key=one, number="1", heading="Bakgrund", text="Vi bygger på tillit."
    )
    SectionFactory(version=draft, key=two, number="2", heading="Former", text="Vi möts varje år.")
    return draft


def prepared(version: Version, **values: Any) -> Consultation:
    deadline = timezone.localdate() + timedelta(days=30)
    given = {"key": "remissen", "title": "Vad tycker ni?", "deadline": deadline}
    found: Consultation = Consultation.objects.create(
        version=version, **{**given, "contact": "kansliet@example.org", **values}
    )
    return found


def open_now(it: Consultation) -> Consultation:
    """Both sides say go ahead."""
    for side, actor in BY_SIDE.items():
        agree(it, Matter.OPEN, side, actor)
    it.refresh_from_db()
    it.version.refresh_from_db()
    return it


def agree(it: Consultation, matter: Matter, side: str, actor: Actor, day: Any = None) -> bool:
    stood = agreed_on(it, matter, day).stood
    return say(it, Word(side, matter, stood, day), actor, timezone.now())


def invited(it: Consultation, *keys: str) -> list[Consulted]:
    """Each with a contact person whose address is the key's."""
    found = []
    for key in keys:
        organisation = OrganisationFactory(key=key, name=key.capitalize())
        ContactFactory(organisation=organisation, email=f"{key}@example.org")
        row = asked_of(it, organisation)
        row.save()
        found.append(row)
    return found


def came(
    it: Consultation, name: str = "Grannarna", email: str = "grannar@example.org"
) -> Consulted:
    row = Consulted(key=new_key(), consultation=it, name=name, email=email, came=Came.ITSELF)
    row.make_link()
    row.save()
    return row


def link_of(asked: Consulted) -> str:
    return reverse("agreements:answer-by-link", args=[asked.consultation.key, asked.token])


def past_deadline(it: Consultation, days: int = 1) -> None:
    Consultation.objects.filter(pk=it.pk).update(
        deadline=timezone.localdate() - timedelta(days=days)
    )


def close(it: Consultation) -> None:
    turning.close(Consultation.objects.get(pk=it.pk), KARIN, timezone.now())


HIDDEN = re.compile(r'name="(seen|stood|day_agreed)" value="([^"]*)"')


def opened(browser: Client, url: str, part: str) -> tuple[dict[str, str], str]:
    """What a part's form carries, and the key of the comment that there is room for."""
    text = browser.get(f"{url}?del={part}").content.decode()
    names = re.findall(r'name="c-([a-z2-9]{10})-text"', text)
    return {**dict(HIDDEN.findall(text)), "part": part}, names[-1] if names else ""


def comment(browser: Client, url: str, part: str, text: str, quotation: str = "") -> Any:
    said, key = opened(browser, url, part)
    kept = kept_fields(browser, url, part)
    return browser.post(
        url, {**kept, **said, f"c-{key}-text": text, f"c-{key}-quotation": quotation}
    )


def kept_fields(browser: Client, url: str, part: str) -> dict[str, str]:
    """What the fields of the part say already."""
    form = browser.get(f"{url}?del={part}").context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "seen"}


def send(browser: Client, url: str, position: str = "remarks", name: str = "Alex Lind") -> Any:
    said, _key = opened(browser, url, "skicka")
    return browser.post(url, {**said, "position": position, "answered_by": name})


def answered(
    asked: Consulted, text: str = "Skriv hellre ofta.", position: str = "remarks"
) -> Reply:
    """It has answered by its link, with a comment on the second section."""
    browser, url = Client(), link_of(asked)
    assert comment(browser, url, "2", text, "varje år").status_code == 302
    assert send(browser, url, position).status_code == 302
    return Reply.objects.sent().get(consulted=asked)
