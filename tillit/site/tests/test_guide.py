"""The guide from the first step to the last: saved, left and resumed, gone back in, put off."""

import pytest
from django.test import Client
from django.utils import timezone

from tillit.accounts.models import User
from tillit.kit.models import Activity
from tillit.register.models import Identifier, Invitation, Mandate, Organisation, Secretariat
from tillit.register.tests.factories import (
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
)
from tillit.site import first_code
from tillit.site.beginning import begin
from tillit.site.frontage import forget
from tillit.site.models import BackupPlace, FirstRun, Installation, Postponement
from tillit.site.steps import STEPS
from tillit.site.tests.conftest import Guide

KEY = "/kom-igang/sakerhetskopior/nyckel/"
RESPONSIBLE = {
    "host": "forbundet",
    "controllers": ["forbundet"],
    "contact": "dataskydd@example.org",
}


def sides() -> dict[str, str]:
    """Which organisation keeps which side's secretariat, today."""
    rows = Secretariat.objects.on(timezone.localdate()).select_related("organisation")
    return {row.side: row.organisation.name for row in rows}


def test_every_page_leads_to_the_guide_until_it_is_done(client: Client, beginning: None):
    for address in ("/organisationer/", "/kallor/", "/skrivbord/", "/komponenter/", "/finns-inte/"):
        response = client.get(address)
        assert (response.status_code, response.url) == (302, "/kom-igang/"), address
    assert client.get("/en/organisationer/").url == "/en/kom-igang/"
    assert client.post("/uppdrag/valj/").url == "/kom-igang/"


def test_the_start_page_tells_visitors_that_it_is_being_put_in_order(
    client: Client, beginning: None
):
    response = client.get("/")
    assert response.status_code == 200
    assert b'href="/kom-igang/"' in response.content
    assert b'href="/organisationer/"' not in response.content


@pytest.mark.parametrize("address", ["/healthz", "/api/v1/openapi.json", "/logga-in/"])
def test_health_the_api_and_signing_in_go_on(client: Client, beginning: None, address: str):
    assert client.get(address).status_code == 200


def test_the_administrator_is_led_from_anywhere_to_the_next_step(guide: Guide):
    assert guide.client.get("/").url == "/kom-igang/"
    assert guide.client.get("/kom-igang/").url == "/kom-igang/avtalet/"
    guide.name_the_agreement()
    assert guide.client.get("/kom-igang/").url == "/kom-igang/ideburen-part/"


def test_where_an_installation_was_loaded_nobody_is_forced(client: Client, db: None):
    Installation.objects.create(key="skane", title="Överenskommelsen Skåne")
    begin(timezone.now())
    forget()
    assert client.get("/organisationer/").status_code == 200
    assert client.get("/").status_code == 200


def test_the_whole_guide(guide: Guide, tmp_path):
    assert guide.name_the_agreement().url == "/kom-igang/ideburen-part/"
    assert (
        guide.post("ideburen-part", name="Förbundet", keeper="same").url
        == "/kom-igang/offentlig-part/"
    )
    assert (
        guide.post("offentlig-part", name="Landstinget", form="region", keeper="same").url
        == "/kom-igang/logotyp/"
    )
    assert guide.post("logotyp", later="1").url == "/kom-igang/epost/"
    assert guide.post("epost", later="1").url == "/kom-igang/personuppgifter/"
    assert guide.post("personuppgifter", **RESPONSIBLE).url == "/kom-igang/sakerhetskopior/"
    assert FirstRun.objects.get().finished_at is None
    assert guide.post("sakerhetskopior", folder=str(tmp_path)).url == "/kom-igang/sakerhetskopior/"
    assert 'href="/kom-igang/"' in guide.client.post(KEY).content.decode()
    assert guide.get().url == "/kom-igang/klart/"
    guide.post("klart")
    it = Installation.objects.get()
    assert (it.title, it.place.code) == ("Överenskommelsen Skåne", "12")
    assert (it.civil.name, it.public.name) == ("Förbundet", "Landstinget")
    assert (it.civil_title, it.public_title) == ("Förbundet", "Landstinget")
    assert (it.host.key, it.contact) == ("forbundet", "dataskydd@example.org")
    assert [of.key for of in it.controllers.all()] == ["forbundet"]
    assert sides() == {"civil": "Förbundet", "public": "Landstinget"}
    assert BackupPlace.objects.get().folder == str(tmp_path)
    assert set(Postponement.objects.values_list("step", flat=True)) == {"logotyp", "epost"}
    finished = FirstRun.objects.get()
    assert finished.finished_at
    assert finished.finished_by.startswith("person:")
    assert guide.get("klart").status_code == 200
    assert guide.client.get("/organisationer/").status_code == 200


def test_what_was_entered_stands_there_when_one_comes_back(guide: Guide):
    guide.name_the_agreement()
    guide.post("ideburen-part", name="Förbundet", number="802435-6498", keeper="same")
    page = guide.get("ideburen-part").content.decode()
    assert 'value="Förbundet"' in page
    assert 'value="802435-6498"' in page
    assert 'href="/kom-igang/avtalet/"' in page
    assert 'value="Överenskommelsen Skåne"' in guide.get("avtalet").content.decode()


def test_changing_an_earlier_step_changes_it_in_place(guide: Guide):
    guide.name_the_agreement()
    guide.name_both_parties()
    guide.post("avtalet", title="Överenskommelsen Malmö", place="1280")
    it = Installation.objects.get()
    assert (it.title, it.place.code) == ("Överenskommelsen Malmö", "1280")
    assert {row.place.code for row in Secretariat.objects.all()} == {"1280"}


def test_a_step_that_was_put_off_is_done_later_and_put_off_no_more(guide: Guide):
    guide.name_the_agreement()
    guide.name_both_parties()
    guide.post("personuppgifter", later="1")
    assert Postponement.objects.exists()
    guide.post("personuppgifter", **RESPONSIBLE)
    assert not Postponement.objects.exists()


def test_what_must_be_there_can_not_be_put_off(guide: Guide):
    assert guide.post("avtalet", later="1").status_code == 422
    assert not Postponement.objects.exists()


def test_the_guide_is_not_over_before_both_parties_are_named(guide: Guide, tmp_path):
    guide.name_the_agreement()
    for step in ("logotyp", "personuppgifter"):
        guide.post(step, later="1")
    guide.post("sakerhetskopior", folder=str(tmp_path))
    guide.client.post(KEY)
    response = guide.post("sakerhetskopior", folder=str(tmp_path))
    assert response.url == "/kom-igang/ideburen-part/"
    assert FirstRun.objects.get().finished_at is None


def test_looking_at_any_step_changes_nothing(guide: Guide):
    before = Activity.objects.count()
    for step in STEPS:
        assert guide.get(step.name).status_code == 200
    assert guide.get("klart").url == "/kom-igang/avtalet/"
    assert Activity.objects.count() == before
    assert FirstRun.objects.get().finished_at is None


def test_the_doors_are_not_opened_before_both_parties_are_named(guide: Guide):
    assert guide.post("klart").url == "/kom-igang/avtalet/"
    guide.name_the_agreement()
    assert guide.get("klart").url == "/kom-igang/ideburen-part/"
    assert FirstRun.objects.get().finished_at is None


def test_opening_the_doors_is_a_deed_of_its_own(guide: Guide):
    guide.name_the_agreement()
    guide.name_both_parties()
    response = guide.post("klart")
    assert response.url == "/skrivbord/"
    assert FirstRun.objects.get().finished_at


def test_who_gets_in_by_mail_alone_is_reminded_of_another_way(guide: Guide):
    settings = b'href="/konto/"'
    guide.name_the_agreement()
    guide.name_both_parties()
    assert settings in page_of(guide, "/kom-igang/klart/")
    guide.post("klart")
    assert settings in page_of(guide, "/skrivbord/")
    user = User.objects.get()
    user.set_password("ett långt och gott lösenord")
    user.save()
    guide.client.force_login(user)
    assert settings not in page_of(guide, "/skrivbord/")


def page_of(guide: Guide, address: str) -> bytes:
    """What stands in the matter of the page; the frame leads to the same places."""
    content: bytes = guide.client.get(address).content
    return content.partition(b"<main")[2].partition(b"</main>")[0]


def test_an_outsider_and_a_stranger_have_no_step(guide: Guide, cast):
    for step in STEPS:
        address = f"/kom-igang/{step.name}/"
        assert cast.outsider.get(address).status_code == 403
        assert cast.coordinator.post(address, {"title": "X"}).status_code == 403
        assert cast.anonymous.get(address).url.startswith("/logga-in/")
        assert cast.anonymous.post(address).status_code == 403
        assert guide.client.put(address).status_code == 405


def test_a_step_that_there_is_not_is_not_found(guide: Guide):
    assert guide.get("finns-inte").status_code == 404


def test_no_step_asks_the_database_too_often(guide: Guide, most_queries):
    guide.name_the_agreement()
    guide.name_both_parties()
    for step in STEPS:
        with most_queries():
            guide.get(step.name)


class TestPlace:
    def test_a_name_that_several_places_have_is_asked_about(self, guide: Guide):
        PlaceFactory(code="03", kind="county", name="Uppsala län")
        PlaceFactory(code="0380", name="Uppsala", official_name="Uppsala kommun")
        said = {"title": "Uppsala", "place": "uppsala"}
        response = guide.post("avtalet", **said)
        assert response.status_code == 422
        assert b'value="03"' in response.content
        assert b'value="0380"' in response.content
        assert guide.post("avtalet", **said, which="03").status_code == 302
        assert Installation.objects.get().place.code == "03"

    @pytest.mark.parametrize("typed", ["Skåne", "skane lan", "12", "SKÅNE LÄN"])
    def test_it_is_found_however_it_is_written(self, guide: Guide, typed: str):
        guide.post("avtalet", title="X", place=typed)
        assert Installation.objects.get().place.code == "12"

    @pytest.mark.parametrize("typed", ["", "Atlantis", "<b>", "\0", "%", "å" * 81])
    def test_what_is_no_place_is_told_and_kept(self, guide: Guide, typed: str):
        assert guide.post("avtalet", title="X", place=typed).status_code == 422
        assert not Installation.objects.exists()

    def test_a_place_that_was_not_offered_is_not_taken(self, guide: Guide):
        PlaceFactory(code="03", kind="county", name="Uppsala län")
        PlaceFactory(code="0380", name="Uppsala", official_name="Uppsala kommun")
        response = guide.post("avtalet", title="X", place="Uppsala", which="12")
        assert response.status_code == 422


@pytest.mark.parametrize(
    ("step", "side"), [("ideburen-part", "civil"), ("offentlig-part", "public")]
)
class TestParty:
    """Both sides are asked the same, and the same comes of it."""

    @pytest.fixture(autouse=True)
    def named(self, guide: Guide) -> None:
        guide.name_the_agreement()

    def test_a_new_organisation_is_entered(self, guide: Guide, step: str, side: str):
        form = {"civil": "network", "public": "region"}[side]
        guide.post(step, name="Nya <b>X</b>", form=form, number="802435-6498", keeper="same")
        it = Organisation.objects.get(name="Nya <b>X</b>")
        assert (it.sector, it.form) == (side, form)
        assert it.secretariat.organisation == it
        assert list(it.names.values_list("name", "kind")) == [("Nya <b>X</b>", "official")]
        assert list(it.identifiers.values_list("value", flat=True)) == ["802435-6498"]
        assert b"<b>X</b>" not in guide.get(step).content

    def test_another_may_keep_the_secretariat(self, guide: Guide, step: str, side: str):
        guide.post(step, name="Parten", keeper="other", keeper_name="Kansliet")
        assert sides() == {side: "Kansliet"}
        assert Organisation.objects.get(name="Kansliet").sector == side

    def test_that_other_must_be_named(self, guide: Guide, step: str, side: str):
        assert guide.post(step, name="Parten", keeper="other").status_code == 422
        assert sides() == {}

    def test_what_is_entered_today_is_known_today(self, guide: Guide, step: str, side: str):
        guide.post(step, name="Parten", number="802435-6498", keeper="same")
        it, day = Organisation.objects.get(name="Parten"), timezone.localdate()
        for row in (it, *it.names.all(), *it.identifiers.all()):
            assert not row.is_assumed_on(day)

    def test_a_form_of_the_other_side_is_not_offered(self, guide: Guide, step: str, side: str):
        other = {"civil": "municipality", "public": "network"}[side]
        assert f'value="{other}"' not in guide.get(step).content.decode()
        assert guide.post(step, name="Parten", form=other, keeper="same").status_code == 422

    def test_both_sides_of_one_name_are_warned_of(self, guide: Guide, step: str, side: str):
        other = {"civil": "offentlig-part", "public": "ideburen-part"}[side]
        guide.post(other, name="Parten", keeper="same")
        guide.get("klart")
        said = {"name": "PARTEN", "keeper": "same"}
        page = guide.client.post(f"/kom-igang/{step}/", said, follow=True).content.decode()
        assert "notice--warn" in page

    def test_another_name_is_asked_about_and_corrected(self, guide: Guide, step: str, side: str):
        guide.post(step, name="Partne", keeper="same")
        assert guide.post(step, name="Parten", keeper="same").status_code == 422
        guide.post(step, name="Parten", which="mended", keeper="same")
        it = Installation.objects.get()
        assert (it.party(side).name, getattr(it, f"{side}_title")) == ("Parten", "Parten")
        assert not Organisation.objects.filter(name="Partne").exists()
        assert Organisation.objects.filter(sector=side, key__startswith="part").count() == 1

    def test_capitals_are_corrected_without_a_question(self, guide: Guide, step: str, side: str):
        guide.post(step, name="parten", keeper="same")
        guide.post(step, name="Parten", keeper="same")
        assert Installation.objects.get().party(side).name == "Parten"

    def test_one_entered_by_mistake_is_gone_when_another_takes_its_place(
        self, guide: Guide, step: str, side: str
    ):
        guide.post(step, name="Nätverket & co", number="802435-6498", keeper="same")
        guide.post(step, name="Den rätta", which="new", keeper="same")
        assert Installation.objects.get().party(side).name == "Den rätta"
        assert not Organisation.objects.filter(name="Nätverket & co").exists()

    def test_one_that_something_refers_to_stays(self, guide: Guide, step: str, side: str):
        guide.post(step, name="Parten", keeper="same")
        MandateFactory(organisation=Organisation.objects.get(name="Parten"))
        guide.post(step, name="Den rätta", which="new", keeper="same")
        assert Organisation.objects.filter(name="Parten").exists()

    def test_one_that_the_register_had_stays(self, guide: Guide, step: str, side: str):
        OrganisationFactory(key="kand", name="Den kända", sector=side)
        guide.post(step, name="Den kända", keeper="same")
        guide.post(step, name="Den rätta", which="new", keeper="same")
        assert Organisation.objects.filter(key="kand").exists()

    def test_one_that_the_register_has_is_used(self, guide: Guide, step: str, side: str):
        known = OrganisationFactory(key="kand", name="Den kända", sector=side)
        guide.post(step, name="den kända", keeper="same")
        assert Installation.objects.get().party(side) == known

    def test_what_is_only_like_it_is_asked_about(self, guide: Guide, step: str, side: str):
        known = OrganisationFactory(key="kand", name="Den kända", sector=side)
        OrganisationFactory(key="andra", name="Den kända också", sector="business")
        response = guide.post(step, name="kända", keeper="same")
        assert response.status_code == 422
        assert b'value="kand"' in response.content
        assert b'value="andra"' not in response.content
        guide.post(step, name="kända", which="kand", keeper="same")
        assert Installation.objects.get().party(side) == known

    def test_none_of_them_makes_a_new_one(self, guide: Guide, step: str, side: str):
        OrganisationFactory(key="kand", name="Den kända", sector=side)
        guide.post(step, name="kända", which="new", keeper="same")
        assert Installation.objects.get().party(side).name == "kända"

    def test_a_number_that_can_not_be_right_is_kept_and_told_of(
        self, guide: Guide, step: str, side: str
    ):
        response = guide.client.post(
            f"/kom-igang/{step}/",
            {"name": "Region Skåne", "number": "232100–0205", "keeper": "same"},
            follow=True,
        )
        assert "232100–0205" in response.content.decode()
        assert b"notice--warn" in response.content
        assert Identifier.objects.get().value == "232100–0205"

    def test_a_number_is_mended_and_not_added(self, guide: Guide, step: str, side: str):
        for number in ("802435-6499", "802435-6498"):
            guide.post(step, name="Parten", number=number, keeper="same")
        assert [row.value for row in Identifier.objects.all()] == ["802435-6498"]

    @pytest.mark.parametrize(
        "wrong", [{"name": ""}, {"name": "x" * 201}, {"form": "pirates"}, {"keeper": "nobody"}]
    )
    def test_bad_input_changes_nothing(
        self, guide: Guide, step: str, side: str, wrong: dict[str, str]
    ):
        response = guide.post(step, **{"name": "Parten", "keeper": "same", **wrong})
        assert response.status_code == 422
        assert Installation.objects.get().party(side) is None

    def test_sent_twice_it_is_entered_once(self, guide: Guide, step: str, side: str):
        for _time in range(2):
            guide.post(step, name="Parten", keeper="same")
        assert Organisation.objects.filter(name="Parten").count() == 1
        assert Secretariat.objects.count() == 1

    def test_another_keeper_the_same_day_mends_the_slip(self, guide: Guide, step: str, side: str):
        guide.post(step, name="Parten", keeper="same")
        guide.post(step, name="Parten", keeper="other", keeper_name="Kansliet")
        assert sides() == {side: "Kansliet"}
        assert Secretariat.objects.count() == 1

    def test_another_keeper_later_takes_all_over_and_the_former_people_are_out(
        self, guide: Guide, step: str, side: str
    ):
        guide.post(step, name="Parten", keeper="same")
        kept = Secretariat.objects.get()
        Secretariat.objects.filter(pk=kept.pk).update(start="2012-01-01", certain_from="2012-01-01")
        mandate = MandateFactory(
            person=PersonFactory(key="karin"),
            organisation=kept.organisation,
            secretariat=kept,
            extent="secretariat",
            given_by="person:asa",
        )
        looked_after = OrganisationFactory(key="forening", sector=side, secretariat=kept)
        own = MandateFactory(organisation=looked_after)
        guide.post(step, name="Parten", keeper="other", keeper_name="Kansliet")
        assert sides() == {side: "Kansliet"}
        mandate.refresh_from_db()
        assert not mandate.stands(timezone.localdate())
        looked_after.refresh_from_db()
        assert looked_after.secretariat.organisation.name == "Kansliet"
        own.refresh_from_db()
        assert own.also == looked_after.secretariat.own_circle
        assert not Invitation.objects.exists()


class TestResponsibility:
    @pytest.fixture(autouse=True)
    def named(self, guide: Guide) -> None:
        guide.name_the_agreement()
        guide.name_both_parties()

    def test_several_are_responsible_jointly_and_must_say_how(self, guide: Guide):
        said = {**RESPONSIBLE, "controllers": ["forbundet", "landstinget"]}
        assert guide.post("personuppgifter", **said).status_code == 422
        guide.post("personuppgifter", **said, arrangement="Förbundet svarar den som frågar.")
        it = Installation.objects.get()
        assert {of.key for of in it.controllers.all()} == {"forbundet", "landstinget"}
        assert it.arrangement == "Förbundet svarar den som frågar."

    def test_another_organisation_may_run_it(self, guide: Guide):
        said = {**RESPONSIBLE, "host": "other", "host_name": "Drift AB", "host_sector": "business"}
        guide.post("personuppgifter", **said)
        assert Installation.objects.get().host.sector == "business"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"host": ""},
            {"host": "finns-inte"},
            {"host": "other"},
            {"controllers": []},
            {"controllers": ["finns-inte"]},
            {"contact": "ingen adress"},
        ],
    )
    def test_bad_input_changes_nothing(self, guide: Guide, wrong):
        assert guide.post("personuppgifter", **{**RESPONSIBLE, **wrong}).status_code == 422
        assert Installation.objects.get().host is None


class TestBackups:
    @pytest.mark.parametrize(
        "folder", ["", "relativ/mapp", "/finns/inte", "/etc/passwd", "/x\0y", "/", "/usr/.."]
    )
    def test_what_can_not_be_written_in_is_told(self, guide: Guide, folder: str):
        assert guide.post("sakerhetskopior", folder=folder).status_code == 422
        assert not BackupPlace.objects.exists()

    def test_a_folder_among_the_data_is_no_place_for_copies(self, guide: Guide, settings):
        inside = settings.DATA / "kopior"
        inside.mkdir(exist_ok=True)
        assert guide.post("sakerhetskopior", folder=str(inside)).status_code == 422

    def test_only_administrators_read_where_they_go(self, guide: Guide, tmp_path):
        guide.post("sakerhetskopior", folder=str(tmp_path))
        assert set(
            Activity.objects.filter(subject__startswith="backupplace").values_list(
                "circle", flat=True
            )
        ) == {"administrators"}

    def test_not_yet_is_an_answer_that_stays(self, guide: Guide):
        guide.post("sakerhetskopior", later="1")
        assert Postponement.objects.get().step == "sakerhetskopior"


def test_what_somebody_else_changed_meanwhile_is_shown_and_the_own_text_kept(guide: Guide):
    guide.name_the_agreement()
    form = guide.get("avtalet").context["form"]
    seen = form["seen"].value()
    guide.post("avtalet", title="Den andres namn", place="12")
    response = guide.post("avtalet", title="Mitt namn", place="12", seen=seen)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Den andres namn" in page
    assert 'value="Mitt namn"' in page
    again = response.context["form"]["seen"].value()
    assert guide.post("avtalet", title="Mitt namn", place="12", seen=again).status_code == 302
    assert Installation.objects.get().title == "Mitt namn"


def test_a_code_lets_a_second_one_in_when_the_first_can_not_sign_in(guide: Guide):
    other = Guide(Client())
    other.post("", code=first_code.make(timezone.now()))
    other.post(
        "administrator",
        name="Eva",
        email="eva@example.org",
        organisation_name="Förbundet",
        sector="civil",
    )
    assert Mandate.objects.filter(extent="administer").count() == 2
