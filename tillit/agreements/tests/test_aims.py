"""What a version is for: its purpose, the vision, the goals."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tillit.agreements.aims import by_kind
from tillit.agreements.models import Aim, Version
from tillit.agreements.tests.factories import AimFactory
from tillit.kit.changes import Actor, create
from tillit.kit.search import index

pytestmark = pytest.mark.django_db
NOBODY = Actor("command:test")
PAGE = "/overenskommelser/skane/"


def test_the_purpose_is_told_before_the_vision_and_the_goals_in_their_order(skane):
    first = skane.versions.get(key="skane.2010")
    for kind, number in (("goal", 2), ("vision", 1), ("goal", 1)):
        AimFactory(version=first, kind=kind, number=number)
    found = by_kind(first.aims.all())
    with translation.override("sv"):
        told = [str(it) for _kind, rows in found for it in rows]
        assert told == ["Syfte", "Vision", "Mål 1", "Mål 2"]
        assert found[-1][0].several == "Mål"


def test_a_number_is_there_once_among_those_of_a_kind(skane):
    first = skane.versions.get(key="skane.2010")
    numbered = {"version": first, "number": 1, "text": "Att synas."}
    create(Aim(key="skane.2010.vision.1", kind="vision", **numbered), NOBODY)
    with pytest.raises(ValidationError, match="1"):
        create(Aim(key="skane.2010.purpose.b", kind="purpose", **numbered), NOBODY)


class TestPages:
    def test_both_tell_what_it_is_for(self, client, skane):
        for page in (PAGE, f"{PAGE}versioner/2010/", f"{PAGE}versioner/2010/dokument/"):
            text = client.get(page).content.decode()
            assert "Ett långsiktigt hållbart Skåne." in text

    def test_that_of_the_version_in_force_is_told_once_it_is_known(self, client, skane):
        before = client.get(PAGE).context["reading"].aiming
        assert before.key == "skane.2010"
        AimFactory(version=Version.objects.get(key="skane.2021"), text="Att möta utmaningar.")
        answer = client.get(PAGE)
        assert answer.context["reading"].aiming.key == "skane.2021"
        assert "Ett långsiktigt hållbart Skåne." not in answer.content.decode()
        assert client.get(PAGE, {"on": "2012-06-01"}).context["reading"].aiming.key == "skane.2010"

    def test_nothing_is_said_where_nothing_is_known(self, client, skane):
        Aim.objects.all().delete()
        assert "Vad de vill" not in client.get(PAGE).content.decode()

    def test_a_draft_s_goals_are_for_the_parties_alone(self, client, draft):
        index.index_all()
        assert "Att höras." not in client.get(PAGE).content.decode()
        found = client.get("/api/v1/search", {"q": "höras"}).json()
        assert not found["items"]


def test_a_version_is_found_by_its_purpose(client, skane):
    index.index_all()
    found = client.get("/api/v1/search", {"q": "långsiktigt hållbart"}).json()
    assert "skane.2010" in [it["key"] for it in found["items"]]


def test_machines_get_them_in_order_with_what_they_rest_on(client, skane):
    AimFactory(version=Version.objects.get(key="skane.2010"), number=1, text="Att synas.")
    first = client.get("/api/v1/agreements/skane/versions").json()["items"][0]
    assert [(it["kind"], it["number"]) for it in first["aims"]] == [("purpose", 1), ("goal", 1)]
    assert first["aims"][0]["sources"] == []
