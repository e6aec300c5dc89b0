"""The desk: what is asked of one, in which capacity, the most urgent first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tillit.kit import contributions as kit
from tillit.kit.contributions import Asked, Contributions
from tillit.kit.days import today
from tillit.register.models import Mandate, Organisation, Person, Proposal
from tillit.register.tests.factories import (
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    ProposalFactory,
)


@pytest.fixture
def asking(monkeypatch):
    """Let the contexts ask these things and nothing else."""

    everything = kit.contributions()

    def ask(*asked: Asked) -> None:
        given = [replace(it, asked=kit.nothing) for it in everything]
        given.append(Contributions(asked=lambda viewer, day: asked))
        monkeypatch.setattr(kit, "contributions", lambda: given)

    return ask


@pytest.fixture
def most_queries(django_assert_max_num_queries):
    """The desk asks each noun that can wait once: more than a page of one matter may."""
    return lambda: django_assert_max_num_queries(24)


@pytest.fixture(autouse=True)
def mail_is_set(settings) -> None:
    settings.TILLIT_MAIL = {"host": "mail.example.org", "port": 587, "security": "starttls"}
    settings.TILLIT_MAIL_FROM = "kansli@example.org"


def desk(client: Client, most_queries) -> str:
    client.get("/skrivbord/")  # the session has its token from now on
    with most_queries():
        response = client.get("/skrivbord/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_most_urgent_comes_first_and_what_has_no_day_last(cast, asking, most_queries):
    near, far = today() + timedelta(days=2), today() + timedelta(days=20)
    asking(
        Asked("Utan dag", "/a/", "Gör"),
        Asked("Sedan", "/b/", "Gör", due=far),
        Asked("Snart", "/c/", "Gör", due=near),
    )
    page = desk(cast.member, most_queries)
    assert page.index("Snart") < page.index("Sedan") < page.index("Utan dag")
    assert page.count('class="errand"') == 3


def test_what_is_late_says_so_in_words(cast, asking, most_queries):
    asking(Asked("Svara", "/a/", "Svara", due=date(2020, 1, 31)))
    assert "chip--bad" in desk(cast.member, most_queries)


def test_what_is_asked_in_another_capacity_chooses_it_first(cast, asking, most_queries):
    person = Person.objects.get(key="mina")
    other = MandateFactory(
        key="andra", person=person, organisation=OrganisationFactory(name="Andra föreningen")
    )
    asking(
        Asked("Egen", "/a/", "Gör", capacity="mina"),
        Asked("Annan", "/b/", "Gör", capacity=other.key),
    )
    cast.member.post("/uppdrag/valj/", {"capacity": "mina"})
    page = desk(cast.member, most_queries)
    assert 'href="/a/"' in page
    assert 'href="/b/"' not in page
    assert '<input type="hidden" name="next" value="/b/">' in page
    response = cast.member.post("/uppdrag/valj/", {"capacity": "andra", "next": "/b/"})
    assert response.url == "/b/"
    assert 'href="/b/"' in desk(cast.member, most_queries)


def test_nobody_is_offered_the_capacity_of_another(cast, asking, most_queries):
    asking(Asked("Svara", "/a/", "Svara", capacity="karin"))
    page = desk(cast.member, most_queries)
    assert 'value="karin"' not in page
    assert 'href="/a/"' in page


def test_markup_in_what_is_asked_is_text(cast, asking, most_queries):
    asking(Asked("<b>Svara</b>", "/a/", "Svara"))
    assert "<b>Svara" not in desk(cast.member, most_queries)


def test_the_organisations_one_acts_for_are_there_with_their_pages(cast, most_queries):
    assert 'href="/organisationer/foreningen/"' in desk(cast.member, most_queries)
    assert 'href="/organisationer/foreningen/"' not in desk(cast.outsider, most_queries)


def test_a_mandate_that_ended_yesterday_is_not_there(cast, most_queries):
    yesterday = today() - timedelta(days=1)
    for mandate in Mandate.objects.filter(key="mina"):
        mandate.end = yesterday.isoformat()
        mandate.save()
    assert "/organisationer/foreningen/" not in desk(cast.member, most_queries)


def test_only_administrators_see_what_is_left_to_set_up(cast, most_queries):
    settings = 'href="/installningar/logotyp/"'
    assert settings not in desk(cast.coordinator, most_queries)
    for mandate in Mandate.objects.filter(key="ulf"):
        mandate.delete()
    MandateFactory(
        person=Person.objects.get(key="ulf"),
        organisation=OrganisationFactory(),
        extent="administer",
    )
    assert settings in desk(cast.outsider, most_queries)


def test_who_has_not_signed_in_is_asked_to_and_comes_back(cast):
    assert cast.anonymous.get("/skrivbord/").url == "/logga-in/?next=/skrivbord/"


def test_signing_in_leads_to_the_desk(settings):
    assert settings.LOGIN_REDIRECT_URL == "site:desk"


def test_it_is_read_and_not_written(cast):
    assert cast.member.post("/skrivbord/").status_code == 405


def test_what_one_has_proposed_stands_there_until_it_is_answered(cast, most_queries):
    it = Organisation.objects.get(key="foreningen")
    proposal = ProposalFactory(organisation=it, proposer="person:ulf")
    page = desk(cast.outsider, most_queries)
    assert "Ditt förslag för Foreningen" in page
    assert proposal.get_absolute_url() in page
    assert 'href="/forslag/"' in page
    assert proposal.get_absolute_url() not in desk(cast.official, most_queries)
    Proposal.objects.update(withdrawn_at=timezone.now())
    assert "Ditt förslag för Foreningen" not in desk(cast.outsider, most_queries)


def ways(client, most_queries):
    desk(client, most_queries)
    return {it.url for it in client.get("/skrivbord/").context["ways"]}


def test_who_edits_an_umbrella_is_led_to_its_members_and_its_yearly_question(cast, most_queries):
    own = {"/organisationer/foreningen/medlemmar/", "/organisationer/foreningen/arsfragor/"}
    assert not own & ways(cast.member, most_queries)
    MembershipFactory(
        umbrella=Organisation.objects.get(key="foreningen"),
        member=OrganisationFactory(key="medlemmen"),
    )
    assert own <= ways(cast.member, most_queries)
    for client, key in ((cast.coordinator, "paraplyet"), (cast.official, "regionen")):
        office = {f"/organisationer/{key}/medlemmar/", f"/organisationer/{key}/arsfragor/"}
        assert office <= ways(client, most_queries)


def test_administrators_are_led_to_what_they_keep_running(administrator, most_queries):
    wanted = {"/installningar/", "/drift/", "/administratorer/", "/tillganglighet/anmalningar/"}
    assert wanted <= ways(administrator, most_queries)
    assert "/tillganglighet/anmalningar/" in administrator.get("/installningar/").content.decode()
