"""How personal data is kept: a page made from what the contexts say."""

import pytest

from tillit.kit.contributions import Link, Responsible, own_data_of

pytestmark = pytest.mark.django_db
PAGE = "/integritet/"


def shown_as(monkeypatch, responsible):
    monkeypatch.setattr("tillit.privacy.views.policy.responsible", lambda: responsible)


def test_everybody_reads_it_in_both_languages(cast, most_queries):
    for client in (cast.coordinator, cast.member, cast.outsider, cast.anonymous):
        for page in (PAGE, f"/en{PAGE}"):
            with most_queries():
                assert client.get(page).status_code == 200
    assert cast.anonymous.post(PAGE).status_code == 405


def test_every_part_of_every_context_stands_there(cast):
    text = cast.anonymous.get(f"/en{PAGE}").content.decode().replace("&#x27;", "'")
    for part in own_data_of("", None):
        for words in (part.why, part.ground, part.kept_for):
            assert str(words).replace("’", "'") in text or str(words) == "", part.name


def test_it_leads_to_rights_times_and_the_authority(cast):
    text = cast.anonymous.get(PAGE).content.decode()
    for wanted in ("/vem-far-vad/", "/gallring/", "/mina-uppgifter/", "imy.se", "sessionid"):
        assert wanted in text


def test_without_anybody_responsible_it_says_so_and_tells_administrators(cast, admin, monkeypatch):
    shown_as(monkeypatch, Responsible(settings="/installning/"))
    assert 'href="/installning/"' not in cast.anonymous.get(PAGE).content.decode()
    assert 'href="/installning/"' not in cast.coordinator.get(PAGE).content.decode()
    assert 'href="/installning/"' in admin.get(PAGE).content.decode()


def test_who_is_responsible_alone_or_jointly(cast, admin, monkeypatch):
    two = [Link("NÄTVERKET", "/organisationer/natverket/"), Link("Region Skåne", "")]
    shown_as(
        monkeypatch,
        Responsible(
            Link("Driften", ""), two, "Vi delar ansvaret.", "data@example.org", "Ombudet", "/i/"
        ),
    )
    for client in (cast.anonymous, admin):
        text = client.get(PAGE).content.decode()
        for wanted in (
            "NÄTVERKET",
            "Region Skåne",
            "Driften",
            "Vi delar",
            "data@example.org",
            "Ombudet",
        ):
            assert wanted in text
        assert 'href="/i/"' not in text
