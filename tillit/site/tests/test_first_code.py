"""The code from the terminal: right once, wrong five times, and gone."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tillit.accounts.models import User
from tillit.register.models import Mandate, Organisation, Person
from tillit.register.tests.factories import MandateFactory
from tillit.site import first_code
from tillit.site.beginning import starting
from tillit.site.models import FirstCode
from tillit.site.tests.conftest import Guide

WORDS = re.compile(r"[A-Z]{4}-[A-Z]{4}-[A-Z]{4}")
pytestmark = pytest.mark.usefixtures("beginning")


def test_it_is_short_and_readable_and_kept_as_a_digest_only():
    code = first_code.make(timezone.now())
    assert WORDS.fullmatch(code)
    assert not set(code) & set("01258BIOSZ")
    kept = FirstCode.objects.get()
    assert code not in str(vars(kept))
    assert len(kept.digest) == 64


def test_small_letters_spaces_and_missing_hyphens_do_not_matter():
    code = first_code.make(timezone.now())
    assert first_code.attempt(f" {code.lower().replace('-', ' ')} ", timezone.now())


def test_after_five_wrong_ones_the_right_one_is_worth_nothing():
    code = first_code.make(timezone.now())
    left = []
    for _try in range(5):
        with pytest.raises(first_code.Wrong) as wrong:
            first_code.attempt("AAAA-AAAA-AAAA", timezone.now())
        left.append(wrong.value.left)
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(first_code.Gone):
        first_code.attempt(code, timezone.now())


def test_a_new_one_takes_the_place_of_the_old_and_has_all_its_tries():
    old = first_code.make(timezone.now())
    with pytest.raises(first_code.Wrong):
        first_code.attempt("AAAA-AAAA-AAAA", timezone.now())
    new = first_code.make(timezone.now())
    with pytest.raises(first_code.Wrong) as wrong:
        first_code.attempt(old, timezone.now())
    assert wrong.value.left == 4
    assert first_code.attempt(new, timezone.now())


def test_it_is_used_once():
    shown = first_code.attempt(first_code.make(timezone.now()), timezone.now())
    with transaction.atomic():
        first_code.use(shown, timezone.now())
    with pytest.raises(first_code.Gone), transaction.atomic():
        first_code.use(shown, timezone.now())


def test_after_a_day_it_is_worth_nothing_and_the_page_says_how_one_gets_another(client: Client):
    made = timezone.now() - timedelta(days=1)
    code = first_code.make(made)
    assert first_code.attempt(code, made + timedelta(hours=23))
    with pytest.raises(first_code.Gone):
        first_code.attempt(code, timezone.now())
    with pytest.raises(first_code.Gone), transaction.atomic():
        first_code.use(FirstCode.objects.get().digest, timezone.now())
    assert "tillit code" in client.get("/kom-igang/").content.decode()
    response = Guide(client).post("", code=code)
    assert response.status_code == 422
    assert "tillit code" in response.content.decode()


def test_one_that_was_shown_before_a_new_one_was_made_is_gone():
    shown = first_code.attempt(first_code.make(timezone.now()), timezone.now())
    first_code.make(timezone.now())
    with pytest.raises(first_code.Gone), transaction.atomic():
        first_code.use(shown, timezone.now())


def test_the_terminal_says_where_to_go_and_the_code():
    said = "\n".join(starting("http://localhost:8000/"))
    assert "/kom-igang/" in said
    found = WORDS.search(said)
    assert found
    assert first_code.attempt(found[0], timezone.now())


def test_the_terminal_says_nothing_when_there_is_an_administrator():
    MandateFactory(extent="administer")
    assert starting("http://localhost:8000/") == []
    assert not FirstCode.objects.exists()


def test_an_administrator_whose_mandate_has_ended_is_none():
    MandateFactory(extent="administer", end="2011-12-31")
    assert starting("http://localhost:8000/")


def test_the_command_makes_a_new_one_even_when_there_is_an_administrator(capsys):
    MandateFactory(extent="administer")
    call_command("code")
    assert WORDS.search(capsys.readouterr().out)


def test_a_wrong_code_on_the_page_is_counted_and_told(client: Client, code: str):
    guide = Guide(client)
    response = guide.post("", code="AAAA-AAAA-AAAA")
    assert response.status_code == 422
    assert b"AAAA-AAAA-AAAA" in response.content
    for _try in range(4):
        guide.post("", code="BBBB")
    response = guide.post("", code=code)
    assert response.status_code == 422
    assert guide.get("administrator").status_code == 302


def test_an_empty_code_is_no_try(client: Client, code: str):
    assert Guide(client).post("", code="").status_code == 422
    assert FirstCode.objects.get().tries_left == first_code.TRIES


def test_looking_at_the_page_changes_nothing(client: Client, code: str):
    before = list(FirstCode.objects.values())
    assert client.get("/kom-igang/", {"code": code}).status_code == 200
    assert list(FirstCode.objects.values()) == before
    assert client.get("/kom-igang/administrator/").status_code == 302


def test_the_right_code_makes_the_first_administrator(client: Client, code: str):
    response = Guide(client).enter(code)
    assert response.url == "/kom-igang/"
    assert client.get("/kom-igang/").url == "/kom-igang/avtalet/"
    user, person = User.objects.get(), Person.objects.get()
    assert (user.email, person.name, person.account) == ("asa@example.org", "Åsa Öberg", user)
    mandate = Mandate.objects.get()
    assert (mandate.extent, mandate.person, mandate.organisation.name) == (
        "administer",
        person,
        "Förbundet",
    )
    assert mandate.stands(timezone.localdate())
    assert not FirstCode.objects.exists()


def test_without_the_code_nobody_comes_to_the_second_page(client: Client, code: str):
    response = Guide(client).post(
        "administrator", name="Eva", email="eva@example.org", organisation_name="Y", sector="civil"
    )
    assert response.url == "/kom-igang/"
    assert not User.objects.exists()


def test_the_code_is_not_asked_for_again_where_it_has_been_written(client: Client, code: str):
    guide = Guide(client)
    guide.post("", code=code)
    assert guide.get().url == "/kom-igang/administrator/"
    assert Client().get("/kom-igang/").status_code == 200


def test_of_two_who_wrote_the_code_one_becomes_administrator(code: str):
    first, second = Guide(Client()), Guide(Client())
    first.post("", code=code)
    second.post("", code=code)
    said = {"name": "Eva", "organisation_name": "Y", "sector": "civil"}
    assert first.post("administrator", email="a@example.org", **said).url == "/kom-igang/"
    response = second.post("administrator", email="b@example.org", **said)
    assert response.url == "/kom-igang/"
    assert list(User.objects.values_list("email", flat=True)) == ["a@example.org"]
    assert Mandate.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "asa"},
        {"organisation_name": ""},
        {"sector": "military"},
        {"name": "x" * 121},
    ],
)
def test_bad_input_keeps_the_form_and_the_code(client: Client, code: str, wrong: dict[str, str]):
    said = {
        "name": "Åsa Öberg",
        "email": "asa@example.org",
        "organisation_name": "Förbundet",
        "sector": "civil",
    }
    guide = Guide(client)
    guide.post("", code=code)
    response = guide.post("administrator", **{**said, **wrong})
    assert response.status_code == 422
    assert not User.objects.exists()
    assert not Organisation.objects.exists()
    assert guide.post("administrator", **said).status_code == 302


def test_an_address_with_å_is_taken(client: Client, code: str):
    guide = Guide(client)
    guide.post("", code=code)
    said = {"name": "Åsa", "organisation_name": "Förbundet", "sector": "civil"}
    guide.post("administrator", email="Åsa.Öberg@Räksmörgås.example", **said)
    assert User.objects.get().email == "åsa.öberg@räksmörgås.example"
