"""Trying a demo as one of its invented persons."""

import pytest

from tillit.accounts.models import User
from tillit.accounts.tests.conftest import KARIN, is_in
from tillit.kit import contributions as kit_contributions
from tillit.kit.contributions import Contributions, DemoSignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(in_demo, monkeypatch):
    register = Contributions(
        demo_sign_ins=lambda: [DemoSignIn(KARIN, "Karin <coordinates>", "For the civil side")]
    )
    monkeypatch.setattr(kit_contributions, "contributions", lambda: (register,))


def test_the_sign_in_page_offers_them(client, demo):
    page = client.get("/logga-in/").content.decode()
    assert f'value="{KARIN}"' in page
    assert "Karin &lt;coordinates&gt;" in page


def test_one_click_signs_in(client, demo):
    assert (
        client.post("/demo/logga-in/", {"as": KARIN, "next": "/personer/"})["Location"]
        == "/personer/"
    )
    assert is_in(client)


def test_as_another_one_after_the_first(client, demo, karin):
    client.force_login(User.objects.create_user("omar@example.org"))
    client.post("/demo/logga-in/", {"as": KARIN})
    assert client.session["_auth_user_id"] == str(karin.pk)


@pytest.mark.parametrize("asked", ["", "omar@example.org", "KARIN@example.org"])
def test_nobody_else_can_be_tried(client, demo, asked):
    User.objects.create_user("omar@example.org")
    assert client.post("/demo/logga-in/", {"as": asked}).status_code == 404
    assert not is_in(client)


def test_looking_signs_nobody_in(client, demo):
    assert client.get("/demo/logga-in/").status_code == 405


def test_without_the_demo_there_is_no_such_way(client, demo, settings, karin):
    settings.TILLIT_DEMO = False
    assert client.post("/demo/logga-in/", {"as": KARIN}).status_code == 404
    assert f'value="{KARIN}"' not in client.get("/logga-in/").content.decode()
    assert not is_in(client)
