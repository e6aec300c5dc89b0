"""The page behind the link in each mail that one may do without."""

import pytest
from django.test import Client
from django.urls import reverse

from tillit.post.models import Message, OptOut, State
from tillit.post.opting_out import signer
from tillit.post.outbox import Addressee, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return write("post/mail/test.md", Addressee("mina@example.org"), kind="letter", topic="letters")


@pytest.fixture
def page(letter):
    return reverse("post:opt-out", kwargs={"token": signer.sign(letter.key)})


def out():
    return list(OptOut.objects.values_list("email", "topic"))


def test_opening_the_link_changes_nothing(client, page, most_queries):
    with most_queries():
        response = client.get(page)
    assert response.status_code == 200
    assert client.head(page).status_code == 200
    assert out() == []
    assert "mina@example.org" in response.content.decode()


def test_the_button_opts_out_and_can_be_undone(client, page):
    assert client.post(page, {"do": "opt-out"}).headers["Location"] == page
    assert out() == [("mina@example.org", "letters")]
    assert 'value="undo"' in client.get(page).content.decode()
    client.post(page, {"do": "opt-out"})  # twice does no harm
    client.post(page, {"do": "undo"})
    assert out() == []


def test_a_mail_program_opts_out_with_one_click_and_without_a_cookie(page):
    program = Client(enforce_csrf_checks=True)
    response = program.post(page, {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, response.content) == (200, b"")
    assert not response.cookies
    assert out() == [("mina@example.org", "letters")]


def test_then_no_such_mail_goes_and_other_mail_does(client, page):
    client.post(page, {"do": "opt-out"})
    to = Addressee("Mina@example.org")
    assert write("post/mail/test.md", to, kind="letter", topic="letters").state == State.HELD
    assert write("post/mail/test.md", to, kind="sign-in code").state == State.WAITING


def test_a_link_of_ones_own_making_is_refused(client, letter, page):
    code = write("post/mail/test.md", Addressee("mina@example.org"), kind="sign-in code")
    for token in ["x", f"{letter.key}:x", letter.key, signer.sign("nobody"), signer.sign(code.key)]:
        address = reverse("post:opt-out", kwargs={"token": token})
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 404, token
    assert out() == []


def test_other_methods_are_refused(client, page):
    assert client.put(page).status_code == 405
    assert client.delete(page).status_code == 405


def test_every_role_may(cast, page):
    for role in ("coordinator", "official", "member", "outsider", "anonymous"):
        assert getattr(cast, role).get(page).status_code == 200


def test_the_link_outlives_the_text_of_the_mail(client, letter, page):
    Message.objects.update(text="", html="")
    assert client.get(page).status_code == 200
