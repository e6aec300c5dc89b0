"""A secretariat enters an organisation of its side, unless it is there already."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tillit.kit.changes import Actor, undo
from tillit.kit.models import Activity
from tillit.register.models import Address, Identifier, Name, Organisation, Presence
from tillit.register.tests.factories import (
    AddressFactory,
    IdentifierFactory,
    OrganisationFactory,
    PlaceFactory,
)
from tillit.register.tests.filling import fill, held, opened, page, the_form, tree

PAGE = "/ny-organisation/"
KARIN = Actor("person:karin", "organisation:paraplyet")
WHOLE = {
    "name": "Åhus Föreningsråd",
    "number": "802435-6498",
    "form": "association",
    "seat": "1280",
    "web": "ahus.example",
    "start": "1998",
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "side"), [("coordinator", "civil"), ("official", "public")], ids=["civil", "public"]
)
def test_a_secretariat_enters_an_organisation_of_its_own_side(cast, role, side):
    PlaceFactory()
    client = getattr(cast, role)
    response = fill(client, PAGE, **WHOLE)
    assert response.url == "/organisationer/ahus-foreningsrad/redigera/"
    it = Organisation.objects.get(key="ahus-foreningsrad")
    assert (it.sector, it.secretariat.side, it.start, it.form) == (
        side,
        side,
        "1998",
        "association",
    )
    assert it.web == "https://ahus.example"
    assert it.names.get().name == it.name
    assert it.identifiers.get().value == "802435-6498"
    assert it.presences.get().place_id == "1280"
    assert client.get(response.url).status_code == 200
    assert cast.anonymous.get("/organisationer/ahus-foreningsrad/").status_code == 200


def test_its_key_is_made_of_the_name_and_is_free(cast):
    for number in range(3):
        typed = opened(cast.coordinator, PAGE) | {"name": "Östra Ängens IF", "another": "on"}
        assert cast.coordinator.post(PAGE, typed).status_code == 302, number
    keys = Organisation.objects.filter(name="Östra Ängens IF").values_list("key", flat=True)
    assert set(keys) == {"ostra-angens-if", "ostra-angens-if-2", "ostra-angens-if-3"}


@pytest.mark.parametrize("name", ["新しい会", "…", "ny"])
def test_a_name_without_our_letters_gets_a_key_too(cast, name):
    response = fill(cast.coordinator, PAGE, name=name)
    if name == "…":
        assert response.status_code == 422
        return
    assert (
        cast.coordinator.get(Organisation.objects.get(name=name).get_absolute_url()).status_code
        == 200
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Föreningen Framsteg"},
        {"name": "framsteg"},
        {"name": "Föreningen Framstegg"},
        {"name": "Förening Framsteg"},
        {"name": "Något annat", "number": "8024356498"},
    ],
)
def test_what_may_be_there_already_is_shown_before_it_is_entered(cast, typed):
    it = OrganisationFactory(key="framsteg", name="Föreningen Framsteg")
    IdentifierFactory(organisation=it)
    response = fill(cast.coordinator, PAGE, **typed)
    assert response.status_code == 422
    links = {it.get("href") for it in tree(response).iter("a")}
    assert "/organisationer/framsteg/" in links
    again = held(the_form(tree(response)))
    assert again["name"] == typed["name"]
    assert cast.coordinator.post(PAGE, again).status_code == 422
    assert cast.coordinator.post(PAGE, again | {"another": "on"}).status_code == 302


def test_a_name_that_only_has_a_common_word_is_another(cast):
    OrganisationFactory(name="Föreningen Framsteg")
    assert fill(cast.coordinator, PAGE, name="Föreningen Återsteg").status_code == 302


def test_what_is_hidden_is_not_told_as_alike(cast):
    OrganisationFactory(name="Kvinnojouren Hemlig", circle="organisation:x", key="x")
    assert fill(cast.coordinator, PAGE, name="Kvinnojouren Hemlig").status_code == 302


def test_a_number_that_can_t_be_right_is_kept_and_warned_of(cast):
    response = fill(cast.coordinator, PAGE, name="Ny", number="802435-6499")
    assert Identifier.objects.get().value == "802435-6499"
    assert "notice--warn" in cast.coordinator.get(response.url).content.decode()


def test_what_is_protected_from_the_start_hides_its_place(cast):
    PlaceFactory()
    fill(cast.coordinator, PAGE, name="Jouren", seat="1280", protected="on")
    assert Presence.objects.get().circle == "organisation:jouren"
    assert "Malmö" not in cast.anonymous.get("/organisationer/jouren/").content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"name": ""}, {"name": "Ny", "start": "i fjol"}, {"name": "Ny", "seat": "9999"}]
)
def test_what_is_wrong_is_explained_and_kept_as_typed(cast, typed):
    send = fill if typed else lambda client, url: client.post(url)
    response = send(cast.coordinator, PAGE, **typed)
    assert response.status_code == 422
    shown = held(the_form(tree(response)))
    assert all(shown[name] == value for name, value in typed.items() if name != "seat")
    assert not Organisation.objects.filter(name="Ny").exists()


def test_all_of_it_is_undone_at_once_while_nothing_has_come_after(cast):
    PlaceFactory()
    fill(cast.coordinator, PAGE, **WHOLE)
    first = Activity.objects.get(subject="organisation:ahus-foreningsrad")
    url = f"/organisationer/ahus-foreningsrad/andringar/{first.pk}/angrande/"
    page(cast.coordinator, url)
    assert cast.coordinator.post(url).url == "/organisationer/"
    assert not Organisation.objects.filter(key="ahus-foreningsrad").exists()
    undo(Activity.objects.get(undoes=first), KARIN)
    assert Organisation.objects.get(key="ahus-foreningsrad").identifiers.count() == 1


def test_it_is_not_undone_once_something_else_is_told_of_it(cast):
    fill(cast.coordinator, PAGE, name="Ny")
    AddressFactory(organisation=Organisation.objects.get(name="Ny"))
    first = Activity.objects.get(subject__startswith="organisation:")
    url = f"/organisationer/{first.subject.partition(':')[2]}/andringar/{first.pk}/angrande/"
    assert cast.coordinator.post(url).status_code == 409
    assert Address.objects.count() == Name.objects.filter(name="Ny").count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [("member", 403), ("outsider", 403), ("anonymous", 302)]
)
def test_others_don_t(cast, role, status):
    client = getattr(cast, role)
    assert client.get(PAGE).status_code == status
    assert client.post(PAGE, WHOLE).status_code == 403
    assert not Organisation.objects.filter(name=WHOLE["name"]).exists()


def test_it_asks_the_database_at_most_twelve_times(cast, most_queries):
    cast.coordinator.get(PAGE)
    with most_queries():
        assert cast.coordinator.get(PAGE).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_the_same_at_once_one_is_asked_first(cast):
    sent = opened(cast.coordinator, PAGE) | {"name": "Föreningen Samtidigt"}

    def enter(_press):
        try:
            return cast.coordinator.post(PAGE, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(enter, range(3))) == [302, 422, 422]
    assert Organisation.objects.filter(name="Föreningen Samtidigt").count() == 1
