"""Addresses of functions, such as ordforande@: they lead to whoever holds it today."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from tillit.accounts import actions
from tillit.accounts.owners import found_by
from tillit.accounts.tests.conftest import (
    KARIN,
    ask_code,
    code_to,
    is_in,
    mails_to,
    sign_in,
    write_code,
)

pytestmark = pytest.mark.django_db
CHAIR = "ordforande@example.org"


@pytest.fixture
def holder():
    """Somebody with no address of their own."""
    return actions.account_without_address()


@pytest.fixture
def chair(functions, holder):
    functions[CHAIR] = holder
    return sign_in(Client(), CHAIR)


def test_the_code_goes_there_and_gets_the_holder_in(chair, holder):
    assert chair.session["_auth_user_id"] == str(holder.pk)
    assert mails_to(CHAIR)


def test_the_predecessor_is_out_at_once_and_the_successor_is_in(chair, functions, karin):
    functions[CHAIR] = karin
    assert not is_in(chair)
    assert CHAIR in chair.get("/").content.decode()
    assert sign_in(Client(), CHAIR).session["_auth_user_id"] == str(karin.pk)


def test_the_predecessor_is_out_also_when_nobody_succeeds(chair, functions):
    functions.clear()
    assert not is_in(chair)


def test_the_predecessors_post_does_nothing(chair, functions, karin, holder):
    functions[CHAIR] = karin
    assert chair.post("/konto/sprak/", {"language": "en"}).status_code == 403
    holder.refresh_from_db()
    assert holder.language != "en"


def test_a_code_on_its_way_to_a_predecessor_is_of_no_use(functions, holder, karin):
    functions[CHAIR] = holder
    client = Client()
    ask_code(client, CHAIR)
    functions[CHAIR] = karin
    assert write_code(client, code_to(CHAIR))["Location"] == "/logga-in/"
    assert not is_in(client)


def test_who_came_in_by_an_own_address_stays(functions, karin):
    functions[CHAIR] = karin
    client = sign_in(Client(), KARIN)
    functions.clear()
    assert is_in(client)


def test_an_own_address_goes_before_that_of_a_function(functions, karin, holder):
    functions[KARIN] = holder
    assert found_by(KARIN) == karin


def test_it_costs_nothing_in_other_sessions(signed_in, monkeypatch):
    def asked(_address):
        raise AssertionError

    monkeypatch.setattr("tillit.accounts.middleware.account_of", asked)
    assert is_in(signed_in)


def test_it_can_never_be_added_as_an_own_address(signed_in, functions, holder):
    functions[CHAIR] = holder
    response = signed_in.post("/konto/adresser/ny/", {"email": CHAIR})
    assert response.status_code == 422
    assert response.context["form"].errors["email"]
    assert not EmailAddress.objects.filter(email=CHAIR).exists()


def test_nor_when_it_becomes_one_while_the_code_is_on_its_way(signed_in, functions, holder):
    signed_in.post("/konto/adresser/ny/", {"email": CHAIR})
    functions[CHAIR] = holder
    assert (
        signed_in.post("/konto/adresser/bekraftelse/", {"code": code_to(CHAIR)}).status_code == 409
    )
    assert not EmailAddress.objects.filter(email=CHAIR).exists()


def test_an_address_that_becomes_a_functions_is_nobodys_own(karin):
    assert actions.let_go(KARIN.upper()) == 1
    karin.refresh_from_db()
    assert karin.email is None
    assert found_by(KARIN) is None


def test_who_has_only_that_address_may_add_an_own(chair, holder):
    assert chair.post("/konto/adresser/ny/", {"email": "own@example.org"}).status_code == 302
    chair.post("/konto/adresser/bekraftelse/", {"code": code_to("own@example.org")})
    holder.refresh_from_db()
    assert holder.email == "own@example.org"


def test_no_password_goes_with_it(chair, holder):
    assert chair.get("/konto/losenord/").status_code == 409
    holder.set_password("hemligt hemligt hemligt")
    holder.save()
    response = Client().post(
        "/logga-in/losenord/", {"email": CHAIR, "password": "hemligt hemligt hemligt"}
    )
    assert response.status_code == 422


def test_whoever_reads_its_mail_does_not_change_how_a_person_signs_in(functions, karin):
    functions[CHAIR] = karin
    client = sign_in(Client(), CHAIR)
    assert client.get("/konto/losennycklar/ny/")["Location"].startswith("/konto/bekraftelse/")
    client.post("/konto/bekraftelse/", {"way": "mail"})
    assert mails_to(KARIN)  # the code goes to the person's own address
    assert len(mails_to(CHAIR)) == 1
