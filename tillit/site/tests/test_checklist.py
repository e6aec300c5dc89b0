"""What is left to do stays until it is done: that somebody has been asked is not that somebody came."""

from datetime import timedelta

import pytest

from tillit.kit.days import today
from tillit.post.models import Message, State
from tillit.register.choices import Side
from tillit.register.models import Invitation, Organisation
from tillit.register.tests.acting import NAMES, accept, link_in
from tillit.site.checklist import FIRST_OF, invitations
from tillit.site.state import State as HowFar
from tillit.site.tests.conftest import Guide

SAID = {**NAMES, "extent": "secretariat", "send": "1", "person": ""}


@pytest.fixture
def asked(guide: Guide, settings) -> Invitation:
    """The guide is done, and Nina has been asked into the public side's secretariat."""
    settings.TILLIT_MAIL = {"host": "mail.example.org", "port": 587, "security": "starttls"}
    settings.TILLIT_MAIL_FROM = "kansli@example.org"
    guide.name_the_agreement()
    guide.name_both_parties()
    guide.post("klart")
    key = Organisation.objects.get(name="Landstinget").key
    guide.client.post(f"/organisationer/{key}/behorigheter/inbjudan/?extent=secretariat", SAID)
    found: Invitation = Invitation.objects.get()
    return found


def of_public():
    found = (it for it in invitations(HowFar(today())) if it.title == FIRST_OF[Side.PUBLIC])
    return next(found, None)


def test_it_stays_and_says_how_the_invitation_goes(asked):
    left = of_public()
    assert left.url == "/kanslier/"
    waiting = str(left.text)
    Message.objects.filter(about=asked.subject).update(state=State.BOUNCED)
    lost = str(of_public().text)
    assert asked.email in lost
    Message.objects.filter(about=asked.subject).update(state=State.SENT)
    Invitation.objects.update(expires_at=asked.sent_at - timedelta(days=1))
    assert len({waiting, lost, str(of_public().text)}) == 3


def test_it_is_asked_anew_when_the_invitation_has_been_withdrawn(asked):
    Invitation.objects.update(withdrawn_at=asked.sent_at)
    assert "/behorigheter/inbjudan/" in of_public().url


def test_it_is_gone_when_somebody_works_there(asked, client):
    client.logout()
    accept(client, link_in(asked))
    assert of_public() is None


def test_the_guide_s_last_page_is_come_back_to(guide: Guide, asked):
    page = guide.get("klart").content.decode()
    assert "next=%2Fkom-igang%2Fklart%2F" in page


def test_a_desk_with_things_to_do_does_not_say_that_nothing_waits(guide: Guide):
    guide.name_the_agreement()
    guide.name_both_parties()
    guide.post("klart")
    page = guide.client.get("/skrivbord/").content.decode()
    assert 'id="left-title"' in page
    assert 'id="asked-title"' not in page
