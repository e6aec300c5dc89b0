"""The pages of an import: whose they are, how they work, and what they refuse."""

import pytest

from tillit.accounts.models import User
from tillit.intake.models import Intake, Stage
from tillit.intake.tests.bringing import (
    as_guessed,
    bring,
    brought,
    choose,
    confirm,
    recognised,
    rows_of,
    take_suggestions,
    written,
)
from tillit.kit.access import CHOSEN
from tillit.register.models import Organisation
from tillit.register.tests.factories import (
    MandateFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
LIST = "Vännerna\nKamraterna\nVännerna i Malmö"
STEPS = ("", "tolkning/", "rader/", "bekraftelse/", "angring/", "borttagning/")


@pytest.mark.parametrize(("role", "side"), [("coordinator", "civil"), ("official", "public")])
def test_each_secretariat_brings_in_its_own_side(cast, role, side):
    client = getattr(cast, role)
    assert client.get("/import/").status_code == 200
    written(client, text="Alfa\nBeta")
    for it in Organisation.objects.filter(key__in=["alfa", "beta"]):
        assert (it.sector, it.secretariat.side) == (side, side)


@pytest.mark.parametrize("role", ["member", "outsider", "anonymous"])
def test_others_may_not(cast, role):
    client = getattr(cast, role)
    intake = brought(cast.coordinator, text=LIST)
    turned_away = 302 if role == "anonymous" else 403
    assert client.get("/import/").status_code == turned_away
    for step in STEPS:
        assert client.get(f"/import/{intake.key}/{step}").status_code == turned_away
    assert bring(client, text=LIST).status_code == 403


def test_a_draft_is_its_owners_alone(cast, administrator):
    intake = brought(cast.coordinator, text=LIST)
    assert intake.circle == "self:karin"
    for step in STEPS:
        assert cast.official.get(f"/import/{intake.key}/{step}").status_code == 404
    assert "Medlemslistan" not in cast.official.get("/import/").content.decode()
    assert administrator.get(f"/import/{intake.key}/").status_code == 403


def test_not_even_a_colleague_in_the_same_secretariat_sees_it(cast):
    keeper = Organisation.objects.get(key="paraplyet")
    user = User.objects.create_user("eva@example.org")
    MandateFactory(
        person=PersonFactory(key="eva", account=user),
        organisation=keeper,
        secretariat=keeper.secretariat,
        extent="secretariat",
        start="2010-01-01",
        end="..",
    )
    intake = brought(cast.coordinator, text=LIST)
    cast.anonymous.force_login(user)
    assert cast.anonymous.get(f"/import/{intake.key}/rader/").status_code == 404


def test_in_another_capacity_one_is_told_to_choose(cast):
    intake = brought(cast.coordinator, text=LIST)
    karin = intake.owner
    other = OrganisationFactory(key="annan", sector="civil")
    secretariat = Organisation.objects.get(key="paraplyet").secretariat
    MandateFactory(
        key="annan",
        person=karin,
        organisation=other,
        secretariat=secretariat,
        extent="secretariat",
        start="2010-01-01",
        end="..",
    )
    session = cast.coordinator.session
    session[CHOSEN] = "annan"
    session.save()
    response = cast.coordinator.get(f"/import/{intake.key}/rader/")
    assert response.status_code == 403


def test_the_pages_ask_the_database_at_most_twelve_times(cast, most_queries):
    client = cast.coordinator
    for number in range(12):
        OrganisationFactory(key=f"v{number}", name=f"Vännerna {number}")
    intake = recognised(client, text="\n".join(f"Vännerna {number}" for number in range(60)))
    for step in ("tolkning/", "rader/", "rader/?visa=open", "bekraftelse/", "borttagning/"):
        with most_queries():
            assert client.get(f"/import/{intake.key}/{step}").status_code == 200
    for page in ("/import/", "/import/ny/memberships/", "/import/ny/persons/"):
        with most_queries():
            assert client.get(page).status_code == 200


def test_the_rows_come_a_page_at_a_time(cast):
    client = cast.coordinator
    intake = recognised(client, text="\n".join(f"Nr{number} Xyz{number}" for number in range(90)))
    first = client.get(f"/import/{intake.key}/rader/")
    assert [row.number for row in first.context["rows"]] == [*range(1, 41)]
    second = client.get(f"/import/{intake.key}/rader/?{first.context['next_query']}")
    assert [row.number for row in second.context["rows"]] == [*range(41, 81)]
    broken = client.get(f"/import/{intake.key}/rader/?after=trasig")
    assert broken.status_code == 400
    assert client.get(f"/import/{intake.key}/rader/?visa=konstigt").status_code == 200


def test_what_is_like_something_must_be_decided_first(cast):
    client = cast.coordinator
    known = OrganisationFactory(key="vannerna", name="Vännerna")
    intake = recognised(client, text=LIST)
    first = rows_of(intake)[0]
    assert (first.choice, first.is_open) == ("", True)
    page = client.get(f"/import/{intake.key}/rader/").content.decode()
    assert "Namnen är desamma." in page.replace("\u00ad", "")
    assert confirm(client, intake).status_code == 409
    choose(client, intake, 1, f"same:{known.key}")
    choose(client, intake, 3, "new")
    assert confirm(client, intake).status_code == 302
    assert intake.stage == Stage.WRITTEN
    assert Organisation.objects.filter(name="Vännerna").count() == 1
    assert Organisation.objects.filter(key="vannerna-i-malmo").exists()


def test_the_same_as_an_earlier_row_becomes_one(cast):
    client = cast.coordinator
    intake = recognised(client, text="Vännerna\nVannerna")
    choose(client, intake, 2, "row:1")
    confirm(client, intake)
    assert intake.stage == Stage.WRITTEN
    it = Organisation.objects.get(name="Vännerna")
    assert [name.name for name in it.names.all()] == ["Vännerna"]  # å, ä and ö are no difference


def test_what_is_left_out_is_not_written(cast):
    client = cast.coordinator
    intake = recognised(client, text="Alfa\nBeta")
    choose(client, intake, 1, "skip")
    confirm(client, intake)
    assert not Organisation.objects.filter(name="Alfa").exists()
    assert Organisation.objects.filter(name="Beta").exists()


def test_when_all_is_left_out_there_is_nothing_to_write(cast):
    intake = recognised(cast.coordinator, text="Alfa")
    choose(cast.coordinator, intake, 1, "skip")
    assert confirm(cast.coordinator, intake).status_code == 409


@pytest.mark.parametrize("choice", ["same:regionen", "row:7", "row:x", "same:", "hej", "row:1"])
def test_what_was_not_offered_can_t_be_chosen(cast, choice):
    intake = recognised(cast.coordinator, text="Alfa\nBeta")
    assert choose(cast.coordinator, intake, 2, choice).status_code == 422
    assert rows_of(intake)[1].choice == "new"


def test_the_button_pressed_twice_writes_once(cast):
    intake = recognised(cast.coordinator, text="Alfa")
    for _time in range(2):
        confirm(cast.coordinator, intake)
    assert Organisation.objects.filter(name="Alfa").count() == 1


def test_whoever_enters_the_same_meanwhile_is_noticed(cast):
    intake = recognised(cast.coordinator, text="Alfa Omega\nBeta Sigma")
    OrganisationFactory(key="nyss", name="Alfa Omega")
    confirm(cast.coordinator, intake)
    assert intake.stage == Stage.READING
    assert "raderna 1" in intake.trouble
    assert not Organisation.objects.filter(name="Beta Sigma").exists()
    cast.coordinator.post(f"/import/{intake.key}/tolkning/", as_guessed(intake))
    assert rows_of(intake)[0].is_open


def test_what_was_shown_and_is_another_all_the_same_stays_so(cast):
    OrganisationFactory(key="den-andra", name="Alfa Omega")
    intake = recognised(cast.coordinator, text="Alfa Omega")
    choose(cast.coordinator, intake, 1, "new")
    confirm(cast.coordinator, intake)
    assert intake.stage == Stage.WRITTEN
    assert Organisation.objects.filter(name="Alfa Omega").count() == 2


def test_a_former_name_leads_to_the_same(cast):
    it = OrganisationFactory(key="natverket", name="NÄTVERKET")
    NameFactory(organisation=it, name="Nätverk Social Ekonomi", end="2013")
    intake = recognised(cast.coordinator, text="Nätverk Social Ekonomi")
    take_suggestions(cast.coordinator, intake)
    assert rows_of(intake)[0].choice == "same:natverket"


def test_the_other_side_is_never_the_same(cast):
    OrganisationFactory(key="vannerna", name="Vännerna", sector="public")
    intake = recognised(cast.coordinator, text="Vännerna")
    assert rows_of(intake)[0].as_found.alike == []


def test_an_unknown_kind_and_an_umbrella_of_others_are_refused(cast):
    assert bring(cast.coordinator, kind="okand", text=LIST).status_code == 404
    said = {"kind": "memberships", "about": "organisation:regionen"}
    assert bring(cast.coordinator, text=LIST, **said).status_code == 422
    assert not Intake.objects.exists()


def test_columns_are_chosen_by_hand(cast):
    client = cast.coordinator
    intake = brought(client, text="Vännerna;802435-6498\nKamraterna;846000-1236\n")
    assert intake.columns == ["name", "number"]
    page = f"/import/{intake.key}/tolkning/"
    twice = client.post(page, as_guessed(intake) | {"column-1": "name"})
    assert twice.status_code == 422
    assert (
        client.post(page, as_guessed(intake) | {"column-0": "", "column-1": ""}).status_code == 422
    )
    assert client.post(page, as_guessed(intake) | {"column-1": "okand"}).status_code == 422
    assert client.post(page, as_guessed(intake)).status_code == 302


def test_it_is_on_the_way_of_a_secretariat_and_of_nobody_else(cast):
    assert "/import/" in cast.coordinator.get("/skrivbord/").content.decode()
    assert 'href="/import/"' not in cast.member.get("/skrivbord/").content.decode()
