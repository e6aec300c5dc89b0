"""Two versions beside each other: /overenskommelser/skane/jamfor/"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.agreements.comparing import Mark, compared
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


WORDS = st.text(st.sampled_from("ab å,.\n"), max_size=30)


@given(WORDS, WORDS)
def test_nothing_of_either_text_is_lost(before, after):
    old, new = compared(before, after)
    assert "".join(it.text for it in old) == before
    assert "".join(it.text for it in new) == after
    same = [[it.text for it in side if it.mark is Mark.SAME] for side in (old, new)]
    assert same[0] == same[1]
