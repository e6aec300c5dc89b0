"""Which principles come from the agreement that it builds on, what was reworded, added, left out."""

import pytest

from tillit.agreements.models import Principle
from tillit.agreements.tests.factories import PrincipleFactory, VersionFactory

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/"


def test_each_says_how_it_came_here(client, skane, most_queries):
    above = VersionFactory(agreement=skane.parent, key="nationella.2008", start="2008-10-23")
    dialog = PrincipleFactory(version=above, key="n.1", number=1, heading="Dialog")
    quality = PrincipleFactory(version=above, key="n.2", number=2, heading="Kvalitet")
    PrincipleFactory(version=above, key="n.3", number=3, heading="Långsiktighet")
    Principle.objects.filter(key="skane.2010.p1").update(taken_from=dialog)
    mine = {"version": skane.versions.get(key="skane.2010")}
    PrincipleFactory(**mine, number=2, heading="God kvalitet", taken_from=quality)
    PrincipleFactory(**mine, number=3, heading="Integration")
    with most_queries():
        page = client.get(URL, {"on": "2012-06-01"})
    assert [it.way for it in page.context["inherited"]] == ["kept", "reworded", "added"]
    assert [str(it) for it in page.context["left_out"]] == ["Långsiktighet"]
    text = page.content.decode()
    for words in ("övertagen som den är", "omformulerad här", "tillagd här", "Kvalitet"):
        assert words in text


def test_where_nothing_above_is_known_nothing_is_said(client, skane):
    page = client.get(URL, {"on": "2012-06-01"})
    assert [it.way for it in page.context["inherited"]] == [None]
    assert page.context["left_out"] == []
