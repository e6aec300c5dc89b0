"""The page of rules is made from the rules: it can't say what doesn't hold."""

import dataclasses

import pytest

from tillit.kit import contributions as kit
from tillit.kit.access import anyone, viewer_for
from tillit.kit.contributions import Act, acts
from tillit.register import acting_contributes
from tillit.register.choices import Side
from tillit.register.models import Organisation, Person
from tillit.register.situations import STANDS, Scene, answers, takes
from tillit.register.tests.acting import mandate_of
from tillit.register.tests.factories import UnitFactory

URL = "/vem-far-vad/"


@pytest.mark.django_db
def test_anyone_may_read_it(cast, most_queries):
    for client in (cast.anonymous, cast.outsider, cast.official):
        with most_queries():
            page = client.get(URL)
        assert page.status_code == 200
    assert page.context["differing"] == []
    assert cast.anonymous.post(URL).status_code == 405


@pytest.mark.django_db
def test_it_is_a_file_too(client):
    lines = client.get("/vem-far-vad.csv").getvalue().decode().splitlines()
    assert len(lines) == len(acts()) + 1
    assert all(line.count(";") == len(STANDS) + 1 for line in lines)


@pytest.mark.django_db
def test_it_is_in_the_foot_of_every_page(client):
    assert URL in client.get("/").content.decode()


@pytest.mark.parametrize("side", list(Side))
def test_every_rule_of_every_context_can_be_asked(side):
    """Without a database: pytest-django refuses any question."""
    told = answers(acts(), side)
    assert len(told) == len(acts())
    assert all(len(it.may) == len(STANDS) for it in told)


def test_both_sides_may_do_the_same():
    civil, public = (answers(acts(), side) for side in Side)
    assert [it.may for it in civil] == [it.may for it in public]


def test_each_rule_tells_somebody_from_somebody_else():
    """One that lets in all or none has been asked in a wrong way, or is no rule."""
    for it in answers([act for act in acts() if act.rule is not anyone], Side.CIVIL):
        assert len(set(it.may)) == 2, it.act.title


def test_who_has_not_signed_in_may_do_only_what_is_open_to_anyone():
    for it in answers([act for act in acts() if act.rule is not anyone], Side.CIVIL):
        assert not dict(zip([stand.key for stand in STANDS], it.may, strict=True))["anonymous"]


@pytest.mark.django_db
def test_another_rule_makes_another_page(client, monkeypatch):
    before = client.get("/vem-far-vad.csv").getvalue()
    given = list(acting_contributes.acts)
    given[0] = dataclasses.replace(given[0], rule=lambda viewer, it: viewer.account is None)
    changed = tuple(
        dataclasses.replace(it, acts=given) if "account_of" in str(it.account_of) else it
        for it in kit.contributions()
    )
    monkeypatch.setattr(kit, "contributions", lambda: changed)
    assert client.get("/vem-far-vad.csv").getvalue() != before


@pytest.mark.django_db
def test_sides_that_may_not_do_the_same_are_told_of(client, monkeypatch):
    unequal = Act(
        "Snedvridet", lambda viewer, it: it.side == "civil" and viewer.account is not None
    )
    monkeypatch.setattr(
        "tillit.register.views.mandates.who_may_what.acts", lambda: [*acts(), unequal]
    )
    page = client.get(URL)
    assert [one.act.title for one, _other in page.context["differing"]] == ["Snedvridet"]


@pytest.mark.django_db
def test_the_made_up_situations_are_like_real_ones(cast):
    """What a rule says of a situation is what it says of the same thing in the database."""
    it = Organisation.objects.get(key="foreningen")
    unit = UnitFactory(organisation=it)
    mandates = {
        "unit": mandate_of("ulf", "foreningen", unit=unit, extent="edit"),
        "edits": mandate_of("mina", "foreningen", extent="edit"),
        "leads": mandate_of("mina", "foreningen", extent="lead"),
        "reads": mandate_of("mina", "foreningen", extent="read"),
        "administrator": mandate_of("ulf", "paraplyet", extent="administer"),
        "secretariat": Person.objects.get(key="karin").mandates.get(),
        "other-secretariat": Person.objects.get(key="omar").mandates.get(),
    }
    scene = Scene(Side.CIVIL)
    for act in (it for it in acts() if it.of is None):
        for stand in (it for it in STANDS if it.key in mandates):
            mandate = mandates[stand.key]
            viewer = viewer_for(mandate.person.account_id, mandate.key)
            things = [Organisation.objects.get(key="foreningen")][: scene_takes(act)]
            # Reading uses all mandates of a person; here each person is asked in one of them.
            if stand.key in {"reads", "edits"} and "own_circle" in act.rule.__code__.co_names:
                continue
            assert act.rule(viewer, *things) == scene.may(stand, act), (act.title, stand.key)


def scene_takes(act):
    return takes(act) - 1
