"""The two real lists, pasted as they stand in the documents; and an import from the paste to the undoing."""

from io import StringIO

import pytest
from django.core.management import call_command

from tillit.intake.models import Intake, Stage
from tillit.intake.tests.bringing import (
    MEMBERS_2012,
    VARMLAND,
    brought,
    choose,
    confirm,
    recognised,
    rows_of,
    take_suggestions,
    titles,
    undo,
    written,
)
from tillit.kit.changes import Actor
from tillit.kit.models import Activity
from tillit.register.models import Membership, Name, Organisation, Presence

pytestmark = pytest.mark.django_db
MEMBERS = {"kind": "memberships", "about": "organisation:paraplyet", "on": "2012-12-31"}
SHELTERS = {
    "Alla Kvinnors Hus Karlstad",
    "Kvinnojouren i Sunne",
    "Länskvinnojouren",
    "Värmlands läns kvinnojourer",
}
# What the list of Värmland itself may have twice, and is for somebody there to say.
PAIRS = {
    ("Amningshjälpen", "Amningshjälpen Värmland"),
    ("Gyncancerföreningen Musslan i Värmland", "Patientföreningen Musslan"),
    ("Länskvinnojouren", "Värmlands läns kvinnojourer"),
    ("Rädda barnen", "Rädda barnen Karlstad Hammarö"),
    ("Röda korset", "Röda korset, region Mellan"),
    ("Studieförbundet Vuxenskolan Värmland", "SV Värmland"),
}


@pytest.fixture
def places(db):
    call_command("places", stdout=StringIO())


def pasted(path):
    return path.read_bytes().decode()


def test_the_member_list_of_2012_gives_32_as_it_stands(cast, places):
    intake = recognised(cast.coordinator, text=pasted(MEMBERS_2012), **MEMBERS)
    assert intake.as_read.shape == "running"
    found = titles(intake)
    assert len(found) == 32
    assert {
        "Folkbildningsföreningen i Malmö",
        "Handikapporganisationernas Samarbetsorgan Skåne",
        "Malmö Ideella föreningars Paraplyorganisation",
        "KFUK-KFUM Skåne och Blekinge",
        "Sensus studieförbund – Skåne och Blekinge",
        "SISU Idrottsutbildarna Skåne",
        "Ideellt Resurs- och Utvecklingscenter",
        "Stiftelsen Skåne Stadsmission",
        "Svenska Röda Korset region Syd",
    } <= set(found)
    take_suggestions(cast.coordinator, intake)
    confirm(cast.coordinator, intake)
    assert intake.stage == Stage.WRITTEN
    members = Membership.objects.of("paraplyet")
    assert members.count() == 32
    assert {it.seen for it in members} == {"2012-12-31"}
    bris = Organisation.objects.get(name="Barnens Rätt I Samhället")
    assert bris.names.get(kind="short").name == "BRIS"
    assert (bris.sector, bris.secretariat.side, bris.seen) == ("civil", "civil", "2012-12-31")
    malmo = Organisation.objects.get(name="ABF Malmö")
    assert malmo.presences.get().place_id == "1280"


def test_the_paragraph_before_the_list_is_no_member(cast):
    before = "Den 31/12-2012 var \nföljande 32 organisationer medlemmar i föreningen: \n \n"
    intake = recognised(cast.coordinator, text=before + pasted(MEMBERS_2012), **MEMBERS)
    assert titles(intake)[0] == "ABF Malmö"
    assert intake.count == 32


def test_the_list_of_varmland_gives_45_with_what_it_may_have_twice(cast, places):
    intake = recognised(cast.coordinator, text=pasted(VARMLAND))
    assert intake.as_read.shape == "lines"
    assert intake.count == len(titles(intake)) == 45
    assert {"Civilförsvarsförbundet, Örebro- och Värmlands län", "Röda korset, region Mellan"} <= {
        *titles(intake)
    }
    named = titles(intake)
    pairs = {
        (named[alike.row - 1], row.as_found.title)
        for row in rows_of(intake)
        for alike in row.as_found.alike
    }
    assert pairs == PAIRS
    assert not any("RSMH" in name for pair in pairs for name in pair)


def test_the_list_of_varmland_asks_whether_to_protect_the_shelters(cast, places):
    client = cast.coordinator
    intake = recognised(client, text=pasted(VARMLAND))
    asked = {row.as_found.title: row for row in rows_of(intake) if row.as_found.question}
    assert asked.keys() == SHELTERS
    assert all(row.is_open for row in asked.values())
    refused = confirm(client, intake)
    assert refused.status_code == 409
    sunne = asked.pop("Kvinnojouren i Sunne")
    choose(client, intake, sunne.number, "new", "no")
    take_suggestions(client, intake)
    confirm(client, intake)
    protected = Organisation.objects.filter(protected=True)
    assert {it.name for it in protected} == SHELTERS - {"Kvinnojouren i Sunne"}
    hidden = Presence.objects.filter(organisation__in=protected)
    assert hidden
    assert {it.circle for it in hidden} == {it.organisation.own_circle for it in hidden}
    assert "1780" not in {it.place_id for it in Presence.objects.filter(circle="public")} & {"none"}


def test_what_the_register_has_is_suggested_to_be_the_same(cast, places):
    written(cast.coordinator, text=pasted(VARMLAND))
    again = recognised(cast.coordinator, text=pasted(VARMLAND))
    take_suggestions(cast.coordinator, again)
    assert {row.choice.partition(":")[0] for row in rows_of(again)} == {"same"}
    before = Organisation.objects.count()
    confirm(cast.coordinator, again)
    assert Organisation.objects.count() == before


def test_a_short_name_becomes_known_beside_the_name(cast, places):
    written(cast.coordinator, text=pasted(VARMLAND))
    it = Organisation.objects.get(name="Studieförbundet Vuxenskolan Värmland")
    assert {(row.kind, row.name) for row in it.names.all()} == {
        ("official", "Studieförbundet Vuxenskolan Värmland"),
        ("alias", "SV Värmland"),
    }


def test_nothing_is_written_before_it_is_confirmed(cast):
    before = told()
    intake = recognised(cast.coordinator, text=pasted(MEMBERS_2012), **MEMBERS)
    for page in ("", "tolkning/", "rader/", "bekraftelse/"):
        assert cast.coordinator.get(f"/import/{intake.key}/{page}").status_code in {200, 302}
    take_suggestions(cast.coordinator, intake)
    assert told() == before


def told():
    """All that the register and the list of changes have."""
    nouns = (Organisation, Membership, Name, Presence)
    return [*(set(it.objects.values_list("key", flat=True)) for it in nouns), activities()]


def activities():
    return set(Activity.objects.values_list("pk", flat=True))


def test_an_import_is_undone_as_one_and_leaves_no_trace_but_the_list_of_changes(cast, places):
    *before, noted = told()
    intake = written(cast.coordinator, text=pasted(MEMBERS_2012), **MEMBERS)
    assert told()[:-1] != before
    undo(cast.coordinator, intake)
    assert intake.stage == Stage.UNDONE, intake.trouble
    *after, now = told()
    assert after == before
    assert now > noted
    reasons = {it.reason for it in Activity.objects.exclude(pk__in=noted)}
    assert reasons == {"Medlemslistan", "ångrad"}


def test_what_has_been_changed_since_is_not_undone(cast, places):
    intake = written(cast.coordinator, text="Vännerna\nKamraterna")
    it = Organisation.objects.get(key="vannerna")
    it.protect(actor_of(intake), "farligt")
    undo(cast.coordinator, intake)
    assert intake.stage == Stage.WRITTEN
    assert intake.trouble
    assert Organisation.objects.filter(key="kamraterna").exists()


def actor_of(intake):
    return Actor(intake.owner.subject, intake.behalf)


def test_a_draft_is_thrown_away(cast):
    intake = brought(cast.coordinator, text="Vännerna")
    page = f"/import/{intake.key}/borttagning/"
    assert cast.coordinator.get(page).status_code == 200
    cast.coordinator.post(page)
    assert not Intake.objects.exists()
