"""A draft and its parts: /overenskommelser/skane/versioner/2027/redigera/ and what follows."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tillit.agreements.models import Aim, Commitment, Measure, Principle, Section, Version
from tillit.agreements.tests.acting import acts_for, both_lead
from tillit.agreements.tests.factories import AdoptionFactory, PrincipleFactory
from tillit.kit.changes import Actor, change
from tillit.kit.models import Activity
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
BASE = "/overenskommelser/skane/versioner"
URL, PARTS = f"{BASE}/2027/redigera/", f"{BASE}/2027/delar"
OMAR = Actor("person:omar", "organisation:region-skane")
NEW = {
    "syfte": {"text": "Att stärka samspelet."},
    "vision": {"text": "En kraftfull aktör."},
    "mal": {"text": "Att mötas."},
    "avsnitt": {"number": "3", "heading": "Tre", "text": "Tredje **stycket**."},
    "definition": {"term": "Samråd", "text": "Att höra varandra."},
    "princip": {"number": "2", "heading": "Kvalitet", "text": "God."},
    "atagande": {"number": "2", "text": "Vi lovar."},
    "atgard": {"number": "2", "title": "Mötas", "text": "Fyra gånger.", "start": "2027"},
}


@pytest.fixture
def acting(cast, draft):
    both_lead()


def aims():
    """The texts of each kind, in order."""
    found = defaultdict(list)
    for it in Aim.objects.filter(version__key="skane.2027"):
        found[it.kind].append(it.text)
    return found


def numbers():
    return {it.heading: it.number for it in Section.objects.filter(version__key="skane.2027")}


@pytest.mark.usefixtures("acting")
class TestOverview:
    def test_it_shows_every_part_with_what_can_be_done(self, cast, most_queries):
        cast.member.get("/")
        with most_queries():
            page = cast.member.get(URL)
        text = page.content.decode().replace("\xad", "")
        for words in ("Två ett", "Dialog", "Sprida innehållet.", "Lyssna.", "Nytt samråd"):
            assert words in text
        assert f"{PARTS}/atagande/skane.2027.c1/rattelse/" in text
        assert f"{PARTS}/atagande/skane.2027.o1/rattelse/" not in text

    def test_others_may_not_even_know(self, cast):
        for client in (cast.outsider, cast.coordinator):
            assert client.get(URL).status_code == 404
        assert cast.anonymous.get(URL).status_code == 302
        assert cast.member.post(URL).status_code == 405

    def test_who_only_reads_for_a_party_writes_nothing(self, cast):
        acts_for("natverket", extent="read")
        assert cast.member.get(URL).status_code == 403
        url = f"{PARTS}/avsnitt/skane.2027.a/flytt/ner/"
        assert cast.member.post(url).status_code == 403
        assert numbers()["Ett"] == "1"

    def test_what_was_adopted_is_edited_by_nobody(self, cast):
        for url in (f"{BASE}/2010/redigera/", f"{BASE}/2010/delar/avsnitt/ny/"):
            answer = cast.member.get(url)
            assert answer.status_code == 409
            assert "ny version" in answer.content.decode()

    def test_nor_is_a_draft_that_a_party_has_adopted(self, cast, draft):
        typed = opened(cast.member, f"{PARTS}/avsnitt/skane.2027.a/rattelse/")
        AdoptionFactory(version=draft, kind="adopted")
        answer = cast.member.post(f"{PARTS}/avsnitt/skane.2027.a/rattelse/", typed)
        assert answer.status_code == 409


@pytest.mark.usefixtures("acting")
@pytest.mark.parametrize("noun", NEW)
class TestParts:
    def test_one_is_added_edited_and_removed_and_each_is_undone(self, cast, noun):
        url = f"{PARTS}/{noun}/ny/"
        typed = opened(cast.member, url) | NEW[noun]
        assert cast.member.post(url, typed).status_code == 302
        assert cast.member.post(url, typed).status_code == 302  # sent twice, written once
        noted = Activity.objects.latest("pk")
        key = noted.subject.partition(":")[2]
        edit, gone = (f"{PARTS}/{noun}/{key}/{word}/" for word in ("rattelse", "borttagning"))
        words = next(name for name in ("heading", "term", "title", "text") if name in NEW[noun])
        assert fill(cast.member, edit, **{words: "Nya ord"}).status_code == 302
        changed = Activity.objects.latest("pk")
        assert changed.changes[words] == [NEW[noun][words], "Nya ord"]
        assert fill(cast.member, gone).status_code == 302
        assert cast.member.get(edit).status_code == 404
        last = Activity.objects.filter(subject=noted.subject).latest("pk")
        undo = f"/overenskommelser/skane/andringar/{last.pk}/angra/"
        assert cast.member.get(undo).status_code == 200
        assert cast.member.post(undo).status_code == 302
        assert opened(cast.member, edit)[words] == "Nya ord"
        assert cast.member.post(undo).status_code == 409

    def test_what_was_added_or_changed_is_undone(self, cast, noun):
        fill(cast.member, f"{PARTS}/{noun}/ny/", **NEW[noun])
        noted = Activity.objects.latest("pk")
        edit = f"{PARTS}/{noun}/{noted.subject.partition(':')[2]}/rattelse/"
        assert cast.member.get(edit).status_code == 200
        cast.member.post(f"/overenskommelser/skane/andringar/{noted.pk}/angra/")
        assert cast.member.get(edit).status_code == 404

    def test_other_words_and_rows_are_not_there(self, cast, noun):
        assert cast.member.get(f"{PARTS}/{noun}/finns-inte/rattelse/").status_code == 404
        assert cast.member.get(f"{PARTS}/{noun}/finns-inte/slut/").status_code == 404
        assert cast.member.get(f"{PARTS}/hittepa/ny/").status_code == 404

    def test_nothing_typed_gets_words(self, cast, noun):
        answer = fill(cast.member, f"{PARTS}/{noun}/ny/", **dict.fromkeys(NEW[noun], ""))
        assert answer.status_code == 422

    def test_outsiders_add_nothing(self, cast, noun):
        url = f"{PARTS}/{noun}/ny/"
        assert cast.outsider.post(url, NEW[noun]).status_code == 404
        assert cast.anonymous.post(url, NEW[noun]).status_code == 403


@pytest.mark.usefixtures("acting")
class TestWriting:
    def test_a_preview_saves_nothing_and_keeps_the_text(self, cast):
        url = f"{PARTS}/avsnitt/ny/"
        answer = fill(cast.member, url, **(NEW["avsnitt"] | {"preview": "1"}))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "<strong>stycket</strong>" in text
        assert "Tredje **stycket**." in text
        assert "Tre" not in numbers()

    def test_who_comes_second_sees_the_first_and_keeps_the_own_text(self, cast, draft):
        url = f"{PARTS}/avsnitt/skane.2027.a/rattelse/"
        typed = opened(cast.member, url) | {"text": "Minas ord"}
        section = Section.objects.get(key="skane.2027.a")
        change(section, {"text": "Omars ord", "heading": "Omars rubrik"}, OMAR)
        answer = cast.member.post(url, typed)
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Omars ord" in text
        assert "Minas ord" in text

    def test_what_does_not_clash_merges(self, cast):
        url = f"{PARTS}/avsnitt/skane.2027.a/rattelse/"
        typed = opened(cast.member, url) | {"text": "Minas ord"}
        change(Section.objects.get(key="skane.2027.a"), {"heading": "Omars rubrik"}, OMAR)
        assert cast.member.post(url, typed).status_code == 302
        it = Section.objects.get(key="skane.2027.a")
        assert (it.heading, it.text) == ("Omars rubrik", "Minas ord")

    def test_what_somebody_removed_meanwhile_is_gone_and_said_to_be(self, cast):
        url = f"{PARTS}/definition/skane.2027.ord/rattelse/"
        typed = opened(cast.member, url)
        fill(cast.official, f"{PARTS}/definition/skane.2027.ord/borttagning/")
        assert cast.member.post(url, typed).status_code == 404

    def test_a_side_promises_for_itself_alone(self, cast):
        assert cast.member.get(f"{PARTS}/atagande/skane.2027.o1/rattelse/").status_code == 403
        fill(cast.member, f"{PARTS}/atagande/ny/", number="2", text="Vårt")
        fill(cast.official, f"{PARTS}/atagande/ny/", number="2", text="Ert")
        found = Commitment.objects.filter(version__key="skane.2027", number=2)
        assert {(it.side, it.text) for it in found} == {("civil", "Vårt"), ("public", "Ert")}
        url = f"{PARTS}/atagande/skane.2027.o1/flytt/ner/"
        assert cast.member.post(url).status_code == 403

    def test_a_measure_serves_commitments_of_its_own_version(self, cast):
        url = f"{PARTS}/atgard/ny/"
        both = ["skane.2027.c1", "skane.2027.o1"]
        fill(cast.member, url, **(NEW["atgard"] | {"serves": both}))
        it = Measure.objects.get(title="Mötas")
        assert sorted(row.key for row in it.serves.all()) == both
        other = Commitment.objects.filter(version__key="skane.2010").first()
        answer = fill(cast.member, url, **(NEW["atgard"] | {"serves": [other.key], "number": "7"}))
        assert answer.status_code == 422

    def test_a_measure_has_who_leads_it_by_name(self, cast):
        url = f"{PARTS}/atgard/skane.2027-1/rattelse/"
        assert fill(cast.member, url, lead="region skåne").status_code == 302
        assert Measure.objects.get(key="skane.2027-1").lead.key == "region-skane"
        assert opened(cast.member, url)["lead"] == "Region Skåne"
        answer = fill(cast.member, url, lead="Regionen i Skåne")
        assert answer.status_code == 422

    def test_a_principle_that_is_carried_out_is_not_removed(self, cast):
        answer = fill(cast.member, f"{PARTS}/princip/skane.2027.p1/borttagning/")
        assert answer.status_code == 422
        assert Principle.objects.filter(key="skane.2027.p1").exists()

    def test_a_commitment_that_is_removed_is_served_no_more_and_comes_back_served(self, cast):
        fill(cast.member, f"{PARTS}/atagande/skane.2027.c1/borttagning/")
        assert not Measure.objects.get(key="skane.2027-1").serves.exists()
        first = Activity.objects.filter(part_of=None).latest("pk")
        cast.member.post(f"/overenskommelser/skane/andringar/{first.pk}/angra/")
        served = Measure.objects.get(key="skane.2027-1").serves.get()
        assert served.key == "skane.2027.c1"

    def test_a_principle_is_taken_from_what_the_agreement_builds_on(self, cast, skane):
        above = skane.parent.versions.create(
            key="nationella.2008", label="2008", start="2008-10-23"
        )
        taken = PrincipleFactory(version=above, key="nationella.2008.1", number=1)
        url = f"{PARTS}/princip/skane.2027.p1/rattelse/"
        assert fill(cast.member, url, taken_from=taken.key).status_code == 302
        assert Principle.objects.get(key="skane.2027.p1").taken_from == taken

    def test_what_stands_at_the_head_is_written(self, cast):
        assert fill(cast.member, f"{URL}uppgifter/", title="Ny titel").status_code == 302
        assert Version.objects.get(key="skane.2027").title == "Ny titel"


@pytest.mark.usefixtures("acting")
class TestAims:
    def test_each_stands_under_its_kind_and_a_new_one_comes_last(self, cast):
        fill(cast.member, f"{PARTS}/mal/ny/", text="Att mötas.")
        fill(cast.official, f"{PARTS}/syfte/ny/", text="Att stärka samspelet.")
        assert aims() == {
            "goal": ["Att synas.", "Att höras.", "Att mötas."],
            "purpose": ["Att stärka samspelet."],
        }
        groups = {it.slug: it.rows for it in cast.member.get(URL).context["groups"]}
        assert [len(groups[it]) for it in ("syfte", "vision", "mal")] == [1, 0, 3]

    def test_neighbours_change_places_and_gaps_are_closed(self, cast):
        fill(cast.member, f"{PARTS}/mal/ny/", text="Att mötas.")
        cast.member.post(f"{PARTS}/mal/skane.2027.m1/flytt/ner/")
        assert aims()["goal"] == ["Att höras.", "Att synas.", "Att mötas."]
        fill(cast.member, f"{PARTS}/mal/skane.2027.m1/borttagning/")
        cast.member.post(f"{PARTS}/mal/numrering/")
        rows = Aim.objects.filter(version__key="skane.2027")
        assert [it.number for it in rows] == [1, 2]

    def test_a_goal_is_not_found_among_the_visions(self, cast):
        assert cast.member.get(f"{PARTS}/vision/skane.2027.m1/rattelse/").status_code == 404
        assert cast.member.post(f"{PARTS}/vision/skane.2027.m1/flytt/ner/").status_code == 404


@pytest.mark.usefixtures("acting")
class TestNumbers:
    def test_neighbours_change_places_with_all_within_and_back(self, cast):
        url = f"{PARTS}/avsnitt/skane.2027.a/flytt/ner/"
        assert cast.member.post(url).status_code == 302
        assert numbers() == {"Ett": "2", "Två": "1", "Två ett": "1.1"}
        first = Activity.objects.filter(part_of=None).latest("pk")
        cast.member.post(f"/overenskommelser/skane/andringar/{first.pk}/angra/")
        assert numbers() == {"Ett": "1", "Två": "2", "Två ett": "2.1"}

    def test_the_first_does_not_move_up_nor_is_it_moved_by_reading(self, cast):
        url = f"{PARTS}/avsnitt/skane.2027.a/flytt/upp/"
        assert cast.member.post(url).status_code == 302
        assert cast.member.get(url).status_code == 405
        assert cast.member.post(f"{PARTS}/avsnitt/skane.2027.a/flytt/bort/").status_code == 404
        assert numbers()["Ett"] == "1"

    def test_a_number_is_there_once(self, cast):
        answer = fill(cast.member, f"{PARTS}/avsnitt/ny/", **(NEW["avsnitt"] | {"number": "2"}))
        assert answer.status_code == 422
        assert "finns redan" in answer.content.decode()

    def test_room_is_made_where_it_is_asked_for(self, cast):
        said = NEW["avsnitt"] | {"number": "2", "room": "on"}
        assert fill(cast.member, f"{PARTS}/avsnitt/ny/", **said).status_code == 302
        assert numbers() == {"Ett": "1", "Tre": "2", "Två": "3", "Två ett": "3.1"}

    def test_gaps_are_closed(self, cast):
        fill(cast.member, f"{PARTS}/avsnitt/skane.2027.a/borttagning/")
        assert cast.member.post(f"{PARTS}/avsnitt/numrering/").status_code == 302
        assert numbers() == {"Två": "1", "Två ett": "1.1"}
        assert cast.member.post(f"{PARTS}/definition/numrering/").status_code == 404

    def test_one_with_others_within_is_not_removed(self, cast):
        answer = fill(cast.member, f"{PARTS}/avsnitt/skane.2027.b/borttagning/")
        assert answer.status_code == 422


@pytest.mark.usefixtures("acting")
class TestChanges:
    def test_those_of_the_version_are_listed_and_no_others(self, cast, skane, most_queries):
        fill(cast.member, f"{PARTS}/avsnitt/skane.2027.a/rattelse/", text="Nytt", reason="bättre")
        fill(cast.member, f"{PARTS}/definition/skane.2027.ord/borttagning/")
        fill(cast.member, "/overenskommelser/skane/redigera/uppgifter/", title="Ny", place="12")
        cast.member.get("/")
        with most_queries():
            text = cast.member.get(f"{BASE}/2027/andringar/").content.decode()
        for words in ("1 Ett", "bättre", "Den idéburna sektorn", "Mina"):
            assert words in text
        assert "Ny</ins>" not in text
        whole = cast.member.get("/overenskommelser/skane/andringar/").content.decode()
        assert "Ny</ins>" in whole
        lines = cast.member.get(f"{BASE}/2027/andringar.csv").getvalue().decode().splitlines()
        assert len(lines) == 3

    def test_what_is_done_with_a_draft_is_told_to_the_parties_alone(self, cast):
        fill(cast.member, f"{PARTS}/avsnitt/skane.2027.a/rattelse/", text="Hemligt än")
        assert "Hemligt" not in cast.anonymous.get("/overenskommelser/skane/andringar/").text
        assert cast.anonymous.get(f"{BASE}/2027/andringar/").status_code == 404

    def test_nobody_undoes_what_the_other_side_promised(self, cast):
        fill(cast.official, f"{PARTS}/atagande/skane.2027.o1/rattelse/", text="Nytt")
        url = f"/overenskommelser/skane/andringar/{Activity.objects.latest('pk').pk}/angra/"
        assert cast.member.post(url).status_code == 403
        assert cast.outsider.get(url).status_code == 404
        assert cast.anonymous.get(url).status_code == 302
        assert cast.official.post(url).status_code == 302


@pytest.mark.usefixtures("acting")
class TestBeginning:
    NEW = f"{BASE}/ny/"

    def test_an_empty_one(self, cast):
        assert fill(cast.member, self.NEW, label="Nästa").status_code == 302
        it = Version.objects.get(key="skane.nasta")
        assert (it.stage, it.circle, it.sections.count()) == ("draft", "agreement:skane", 0)

    def test_a_copy_has_all_that_the_other_has(self, cast, most_queries):
        fill(cast.member, self.NEW, label="Kopia", made_from="skane.2027")
        it = Version.objects.get(key="skane.kopia")
        assert [row.number for row in it.sections.all()] == ["1", "2", "2.1"]
        assert {row.side for row in it.commitments.all()} == {"civil", "public"}
        measure = it.measures.get()
        assert (measure.continues.key, measure.key) == ("skane.2027-1", "skane.kopia-1")
        served = measure.serves.get()
        assert (served.version, served.principle.version) == (it, it)
        first = Activity.objects.filter(part_of=None).latest("pk")
        cast.official.post(f"/overenskommelser/skane/andringar/{first.pk}/angra/")
        assert not Version.objects.filter(key="skane.kopia").exists()

    def test_of_what_it_builds_on_the_principles_and_where_they_come_from(self, cast, skane):
        above = skane.parent.versions.create(
            key="nationella.2008", label="2008", start="2008-10-23"
        )
        taken = PrincipleFactory(version=above, key="nationella.2008.1", number=1)
        fill(cast.member, self.NEW, label="Ärvd", made_from="nationella.2008")
        assert Principle.objects.get(version__key="skane.arvd").taken_from == taken

    def test_nothing_typed_and_outsiders_begin_nothing(self, cast):
        assert fill(cast.member, self.NEW, label="").status_code == 422
        assert cast.outsider.post(self.NEW, {"label": "X"}).status_code == 403
        assert cast.anonymous.get(self.NEW).status_code == 302
        assert cast.member.put(self.NEW).status_code == 405

    def test_a_draft_is_taken_away_with_all_its_parts_and_comes_back(self, cast):
        url = f"{BASE}/2027/borttagning/"
        assert cast.member.get(url).status_code == 200
        assert cast.member.post(url).status_code == 302
        assert not Version.objects.filter(key="skane.2027").exists()
        first = Activity.objects.filter(part_of=None).latest("pk")
        cast.member.post(f"/overenskommelser/skane/andringar/{first.pk}/angra/")
        assert Measure.objects.get(key="skane.2027-1").serves.get().key == "skane.2027.c1"

    def test_what_was_adopted_is_not_taken_away(self, cast):
        assert cast.member.post(f"{BASE}/2010/borttagning/").status_code == 409
        assert cast.outsider.post(f"{BASE}/2010/borttagning/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_same_number_at_once_do_not_both_get_it(cast, draft):
    both_lead()
    url = f"{PARTS}/avsnitt/ny/"
    typed = [opened(it, url) | NEW["avsnitt"] for it in (cast.member, cast.official)]

    def send(client, values):
        try:
            return client.post(url, values).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(send, (cast.member, cast.official), typed))
    assert sorted(found) == [302, 422]
    assert Section.objects.filter(version=draft, number="3").count() == 1
