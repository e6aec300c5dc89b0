"""Two versions beside each other: /overenskommelser/skane/jamfor/"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.agreements.comparing import Beside, Mark, Part, compared
from tillit.agreements.models import Aim, Principle
from tillit.agreements.tests.acting import both_lead
from tillit.agreements.tests.factories import AgreementFactory, AimFactory, SectionFactory

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/jamfor/"


def test_a_word_that_was_taken_away_is_marked_and_said(client, skane, most_queries):
    with most_queries():
        response = client.get(URL)
    [(_title, [passage])] = response.context["parts"]
    assert [it.text for it in passage.before if it.mark is Mark.GONE] == [", kooperativ"]
    assert not [it for it in passage.after if it.mark is Mark.NEW]
    text = response.content.decode()
    assert "<del>" in text
    assert "borttaget:" in text


def test_the_other_way_round_it_has_come(client, skane):
    text = client.get(URL, {"fran": "2021", "till": "2010"}).content.decode()
    assert "<ins>" in text
    assert "<del>" not in text


def test_a_goal_that_was_reworded_stands_beside_what_it_was(client, skane):
    versions = {it.local_key: it for it in skane.versions.all()}
    AimFactory(version=versions["2010"], number=1, text="Att vara aktör i välfärden.")
    AimFactory(version=versions["2021"], number=1, text="Att vara aktör i samhället.")
    (title, passages), *_rest = client.get(URL).context["parts"]
    assert title == "Syfte, vision och mål"
    assert [it.title for it in passages] == ["Syfte", "Mål 1"]
    assert [it.text for it in passages[1].after if it.mark is Mark.NEW] == ["samhället"]


def test_markdown_is_compared_as_it_is_read(client, skane):
    versions = {it.local_key: it for it in skane.versions.all()}
    versions["2010"].sections.filter(number="1").update(text="Parterna **möts**:\n\n- två gånger")
    text = "Parterna *möts*:\n\n* fyra gånger"
    SectionFactory(version=versions["2021"], number="1", heading="Bakgrund", text=text)
    [passage] = [
        it
        for _title, rows in client.get(URL).context["parts"]
        for it in rows
        if it.title == "1 Bakgrund"
    ]
    assert "".join(it.text for it in passage.after) == "Parterna möts:\n\n- fyra gånger"
    assert [it.text for it in passage.after if it.mark is Mark.NEW] == ["fyra"]


def test_one_whose_text_is_not_known_says_so(client, skane):
    assert "Texten till Reviderad 2021 finns inte i källorna" in client.get(URL).content.decode()


def test_one_with_itself_is_unchanged(client, skane):
    response = client.get(URL, {"fran": "2010", "till": "2010"})
    assert [title for title, _rows in response.context["parts"]]
    assert not [it for _title, rows in response.context["parts"] for it in rows if it.is_changed]


def test_where_there_is_nothing_to_compare_it_says_so(client):
    AgreementFactory(key="varmland")
    response = client.get("/overenskommelser/varmland/jamfor/")
    assert response.status_code == 200
    assert "Det finns inte två versioner att jämföra" in response.content.decode()


def test_a_version_that_is_not_there_a_bad_day_and_another_method_are_refused(client, skane):
    assert client.get(URL, {"fran": "1999"}).status_code == 400
    assert client.get(URL, {"on": "i går"}).status_code == 400
    assert client.post(URL).status_code == 405


def titles(client, **asked):
    """The passages of each part, by what they are called, and whether they have changed."""
    found = client.get(URL, asked).context["parts"]
    return {str(part): {it.title: it.is_changed for it in rows} for part, rows in found}


def test_what_the_sources_do_not_tell_is_not_said_to_be_gone(client, skane):
    AimFactory(version=skane.versions.get(key="skane.2010"), kind="vision", number=1, text="Se.")
    purpose = {"kind": "purpose", "number": 1, "text": "Ett långsiktigt hållbart Skåne."}
    AimFactory(version=skane.versions.get(key="skane.2021"), **purpose)
    text = client.get(URL).content.decode()
    assert "Inte känt: texten finns inte i källorna" in text
    assert "Finns inte i den här versionen" not in text
    assert "<del>" not in text.partition("Ord och vad de betyder")[0]


class TestDrafts:
    """2010 whole, beside a draft of which all is known."""

    @pytest.fixture
    def both(self, cast, draft):
        both_lead()
        return {"fran": "2010", "till": "2027"}

    def test_a_section_that_is_put_first_moves_the_others_and_changes_none(self, cast, both, skane):
        first = skane.versions.get(key="skane.2010")
        first.sections.all().delete()
        for number, heading in (("1", "Bakgrund"), ("2", "Parter")):
            SectionFactory(version=first, number=number, heading=heading, text=f"Om {heading}.")
        draft = skane.versions.get(key="skane.2027")
        draft.sections.all().delete()
        for number, heading in (("1", "Först"), ("2", "Bakgrund"), ("3", "Parter")):
            SectionFactory(version=draft, number=number, heading=heading, text=f"Om {heading}.")
        assert titles(cast.member, **both)["Text"] == {
            "1 Först": True,
            "1 Bakgrund → 2 Bakgrund": False,
            "2 Parter → 3 Parter": False,
        }

    def test_a_goal_that_is_put_first_rewords_none_of_the_others(self, cast, both, skane):
        first = skane.versions.get(key="skane.2010")
        AimFactory(version=first, number=1, text="Att synas i hela Skåne.")
        Aim.objects.filter(key="skane.2027.m1").update(text="Att mötas oftare.")
        Aim.objects.filter(key="skane.2027.m2").update(text="Att synas i hela Skåne.")
        assert titles(cast.member, **both)["Syfte, vision och mål"] == {
            "Syfte": True,  # the draft has none
            "Mål 1": True,
            "Mål 1 → Mål 2": False,
        }

    def test_all_that_is_promised_is_compared_and_what_is_gone_is_said_to_be(self, cast, both):
        Principle.objects.filter(version__key="skane.2027").delete()
        found = titles(cast.member, **both)
        assert found["Principer"] == {"1. Dialog": True}
        assert found["Åtaganden"]["Idéburen sektor 1"] is False
        assert found["Åtaganden"]["Offentlig sektor 1"] is True
        assert found["Åtgärder"] == {
            "1. Lokala överenskommelser": True,
            "2. Tidigt samråd → 1. Nytt samråd": True,
        }


@given(st.lists(st.sampled_from("ab"), max_size=4), st.lists(st.sampled_from("ab"), max_size=4))
def test_no_part_is_lost_and_none_is_told_twice(before, after):
    old, new = ([Part("", it, it, it) for it in rows] for rows in (before, after))
    found = list(Beside(old, new).passages())
    assert sorted(it.before[0].text for it in found if it.before) == sorted(before)
    assert [it.after[0].text for it in found if it.after] == after


WORDS = st.text(st.sampled_from("ab å,.\n"), max_size=30)


@given(WORDS, WORDS)
def test_nothing_of_either_text_is_lost(before, after):
    old, new = compared(before, after)
    assert "".join(it.text for it in old) == before
    assert "".join(it.text for it in new) == after
    same = [[it.text for it in side if it.mark is Mark.SAME] for side in (old, new)]
    assert same[0] == same[1]
