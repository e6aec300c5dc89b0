"""What a change in public welfare would mean for voluntary work is always analysed (S2)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tillit.agreements.models import ImpactCheck
from tillit.agreements.tests.acting import acts_for, viewer
from tillit.agreements.tests.factories import ImpactCheckFactory, PartyFactory
from tillit.kit.contributions import asked_of
from tillit.register.models import Organisation
from tillit.register.tests.factories import OrganisationFactory
from tillit.register.tests.filling import fill

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/konsekvenser/"


@pytest.fixture
def check(skane):
    region = Organisation.objects.get(key="region-skane")
    return ImpactCheckFactory(agreement=skane, organisation=region, key="skane.mottagningar")


PAGE = f"{URL}mottagningar/"
ANSWER = f"{PAGE}svar/"


def desk(rf):
    return [
        str(it.title) for it in asked_of(viewer(rf), date(2026, 2, 1)) if "frivilliga" in it.title
    ]


def test_the_public_side_opens_it_and_both_sides_have_it_on_their_desks(cast, skane, rf):
    acts_for("natverket")
    assert cast.member.get(f"{URL}ny/").status_code == 403
    acts_for("region-skane")
    typed = {"title": "Färre mottagningar", "organisation": "region-skane"}
    assert fill(cast.member, f"{URL}ny/", **typed).status_code == 302
    assert ImpactCheck.objects.get().circle == skane.parties_circle
    assert desk(rf) == [
        "Analysera vad en förändring innebär för det frivilliga arbetet: Färre mottagningar"
    ]
    acts_for("natverket")
    assert desk(rf) == [
        "Säg vad en förändring innebär för det frivilliga arbetet: Färre mottagningar"
    ]


def test_it_is_not_closed_unanswered(cast, check, rf):
    acts_for("region-skane")
    for typed in ({}, {"analysis": "  "}, {"analysis": "Inget ändras."}, {"closed_by": "Nämnden"}):
        assert fill(cast.member, ANSWER, **typed).status_code == 422
    check.refresh_from_db()
    assert check.is_open
    check.closed_on = date(2026, 2, 1)
    with pytest.raises(ValidationError):
        check.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        check.save()


def test_it_is_closed_by_the_analysis_and_then_everybody_reads_it(cast, check, rf, most_queries):
    assert cast.anonymous.get(PAGE).status_code == 404
    acts_for("region-skane")
    typed = {"analysis": "Fler frivilliga behövs.", "closed_by": "Hälso- och sjukvårdsnämnden"}
    assert fill(cast.member, ANSWER, **typed).status_code == 302
    assert desk(rf) == []
    with most_queries():
        text = cast.anonymous.get(PAGE).content.decode()
    assert "Fler frivilliga behövs." in text
    assert "Den idéburna parten har inte sagt sin syn." in text
    assert cast.member.get(ANSWER).status_code == 403


def test_the_civil_side_says_its_view_while_it_is_open(cast, check, rf):
    acts_for("natverket")
    assert fill(cast.member, ANSWER, view="Vi orkar inte mer.").status_code == 302
    check.refresh_from_db()
    assert check.is_open
    assert check.view == "Vi orkar inte mer."
    assert desk(rf) == []
    assert "Vi orkar inte mer." in cast.member.get(PAGE).content.decode()


def test_the_civil_side_says_its_view_of_an_analysis_that_is_made_and_once_alone(cast, check):
    acts_for("region-skane")
    said = {"analysis": "Ingenting ändras.", "closed_by": "Hälso- och sjukvårdsnämnden"}
    assert fill(cast.member, ANSWER, **said).status_code == 302
    assert cast.member.get(ANSWER).status_code == 403
    acts_for("natverket")
    assert ANSWER in cast.member.get(PAGE).content.decode()
    assert fill(cast.member, ANSWER, view="Det gör det visst.").status_code == 302
    assert "Det gör det visst." in cast.anonymous.get(PAGE).content.decode()
    assert cast.member.get(ANSWER).status_code == 403


def test_outsiders_and_the_anonymous_are_refused(cast, check):
    for url in (PAGE, ANSWER, f"{PAGE}redigera/"):
        assert cast.outsider.get(url).status_code == 404
    assert cast.outsider.get(f"{URL}ny/").status_code == 403
    assert cast.anonymous.get(f"{URL}ny/").status_code == 302
    assert cast.outsider.put(f"{URL}ny/").status_code == 405
    assert cast.anonymous.post(URL).status_code == 405


def test_only_what_the_public_side_prepares_is_opened(cast, skane, check):
    acts_for("region-skane")
    typed = {"title": "X", "organisation": "natverket"}
    assert fill(cast.member, f"{URL}ny/", **typed).status_code == 422
    assert fill(cast.member, f"{PAGE}redigera/", title="Färre turer").status_code == 302
    civil = Organisation.objects.get(key="natverket")
    with pytest.raises(ValidationError):
        ImpactCheckFactory.build(agreement=skane, organisation=civil, key="x").clean()


def test_the_list_shows_what_is_open_to_the_parties_and_what_is_closed_to_all(
    cast, skane, check, most_queries
):
    ImpactCheckFactory(
        agreement=skane,
        organisation=check.organisation,
        title="Nya taxor",
        closed_on=date(2026, 3, 1),
        analysis="Inget ändras.",
        closed_by="Nämnden",
    )
    with most_queries():
        text = cast.anonymous.get(URL).content.decode()
    assert "Nya taxor" in text
    assert "Färre mottagningar" not in text
    acts_for("natverket")
    text = cast.member.get(URL, {"state": "open"}).content.decode().replace("\u00ad", "")
    assert "Färre mottagningar" in text
    assert "Nya taxor" not in text
    assert cast.anonymous.get(URL, {"state": "x"}).status_code == 400


def test_as_files(client, skane, check):
    ImpactCheck.objects.filter(pk=check.pk).update(circle="public")
    lines = client.get(f"{URL[:-1]}.csv").getvalue().decode().splitlines()
    assert lines[1].startswith("Färre mottagningar;Region Skåne;2026-01-15;")
    book = client.get(f"{URL[:-1]}.xlsx")
    assert book.getvalue().startswith(b"PK")
    book.close()


def test_ones_own_is_chosen_and_a_party_that_has_left_is_not_offered(cast, skane):
    left = OrganisationFactory(key="lanet", name="A-länet", sector="public")
    PartyFactory(agreement=skane, organisation=left, side="public", start="2016", end="2020-12-31")
    acts_for("region-skane")
    text = cast.member.get(f"{URL}ny/").content.decode()
    assert 'value="region-skane" selected' in text
    assert "A-länet" not in text
