"""An administrator follows an invitation to a secretariat: waiting, lost, sent again, answered."""

import pytest
from django.test import Client

from tillit.post.models import Message, State
from tillit.register.models import Invitation, Mandate
from tillit.register.tests.acting import NAMES, accept, link_in

pytestmark = pytest.mark.django_db
PAGE, DESK = "/kanslier/", "/skrivbord/"
INVITE = "/organisationer/regionen/behorigheter/inbjudan/?extent=secretariat"
SAID = {**NAMES, "extent": "secretariat", "send": "1", "person": ""}


@pytest.fixture
def asked(administrator) -> Invitation:
    """The administrator has asked Nina into the region's secretariat."""
    assert administrator.post(INVITE, SAID, follow=True).redirect_chain == [(PAGE, 302)]
    found: Invitation = Invitation.objects.get()
    return found


def page(browser: Client, address: str = PAGE) -> str:
    content: str = browser.get(address).content.decode()
    return content.partition("<main")[2]


def test_it_leads_back_to_where_one_came_from(administrator):
    answer = administrator.post(f"{INVITE}&next=/kom-igang/klart/", SAID)
    assert answer["Location"] == "/kom-igang/klart/"
    other = {**SAID, "email": "nils@example.org"}
    assert administrator.post(f"{INVITE}&next=//evil.example/", other)["Location"] == PAGE


def test_it_stands_with_the_secretariats_until_it_is_answered(administrator, asked, client):
    assert asked.email in page(administrator)
    assert f"/inbjudningar/{asked.key}/omsandning/" in page(administrator)
    accept(client, link_in(asked))
    assert asked.email not in page(administrator)


def test_one_whose_mail_is_lost_says_so_and_is_sent_again_or_withdrawn(administrator, asked):
    Message.objects.filter(about=asked.subject).update(state=State.REFUSED)
    assert "chip--bad" in page(administrator)
    assert administrator.post(f"/inbjudningar/{asked.key}/omsandning/")["Location"] == PAGE
    assert "chip--bad" not in page(administrator)
    withdrawn = administrator.post(f"/inbjudningar/{asked.key}/atertagande/", {"reason": ""})
    assert withdrawn["Location"] == PAGE
    assert asked.email not in page(administrator)


def test_the_secretariat_itself_and_nobody_else_sees_it_besides(cast, asked):
    assert asked.email in page(cast.official, "/organisationer/regionen/behorigheter/")
    for browser in (cast.coordinator, cast.member, cast.outsider, cast.anonymous):
        assert asked.email not in page(browser)
        answer = browser.post(f"/inbjudningar/{asked.key}/omsandning/")
        assert answer.status_code in {403, 404}


def test_who_said_yes_leads_the_administrator_to_a_page_that_opens(administrator, asked, client):
    accept(client, link_in(asked))
    desk = page(administrator, DESK)
    assert "Nina Ny" in desk
    assert 'href="/organisationer/regionen/behorigheter/"' not in desk
    assert f'href="{PAGE}"' in desk


def test_who_said_yes_and_has_left_since_is_told_of_no_more(administrator, asked, client):
    accept(client, link_in(asked))
    Mandate.objects.filter(person__name="Nina Ny").update(stopped_at=asked.sent_at)
    assert "Nina Ny" not in page(administrator, DESK)
