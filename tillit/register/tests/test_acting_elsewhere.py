"""What who acts for whom tells on the desk, on pages of others, and for how long it is kept."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.utils import timezone

from tillit.accounts.actions import own
from tillit.kit.access import viewer_for
from tillit.kit.contributions import asked_of, links_to, retentions
from tillit.kit.days import today
from tillit.register.models import Contact, Invitation, Mandate, Organisation, Person
from tillit.register.tests.acting import accept, invitation, leader, mandate_of, yesterday
from tillit.register.tests.factories import ContactFactory

pytestmark = pytest.mark.django_db


def viewer(key):
    return viewer_for(Person.objects.get(key=key).account_id)


def urls(key):
    return [it.url for it in asked_of(viewer(key), today())]


def test_an_invitation_waits_on_the_desk_of_whoever_reads_its_address(cast):
    leader()
    own(get_user(cast.outsider), "ulf@example.org")
    row, url = invitation(email="ulf@example.org", name="Ulf")
    assert f"/inbjudan/{row.key}/" in urls("ulf")
    assert f"/inbjudan/{row.key}/" not in urls("karin")
    assert url not in urls("ulf")
    Invitation.objects.update(expires_at=timezone.now())
    assert f"/inbjudan/{row.key}/" not in urls("ulf")


def test_the_inviter_sees_the_answer_for_a_week(cast, client):
    leader()
    _row, url = invitation()
    accept(client, url)
    page = "/organisationer/foreningen/behorigheter/"
    assert page in urls("mina")
    assert page not in urls("karin")
    Invitation.objects.update(accepted_at=timezone.now() - timedelta(days=8))
    assert page not in urls("mina")


@pytest.mark.parametrize(("days", "waits"), [(0, True), (30, True), (31, False)])
def test_who_leads_is_told_of_mandates_that_end_within_a_month(cast, days, waits):
    leader()
    end = (today() + timedelta(days=days)).isoformat()
    mandate_of("ulf", "foreningen", extent="edit", end=end)
    found = [it for it in asked_of(viewer("mina"), today()) if it.due]
    assert bool(found) is waits
    assert not [it for it in asked_of(viewer("ulf"), today()) if it.due]


def ending_soon(**more):
    """Ulf's mandate for Mina's association, and what she is asked of it."""
    leader()
    end = (today() + timedelta(days=9)).isoformat()
    mandate = mandate_of("ulf", "foreningen", extent="edit", end=end, **more)
    return mandate, lambda: [it for it in asked_of(viewer("mina"), today()) if it.due]


def test_it_leads_to_inviting_the_holder_once_more(cast):
    _mandate, asked = ending_soon()
    [one] = asked()
    form = cast.member.get(one.url).context["form"]
    assert form["name"].value() == "Ulf"
    assert form["extent"].value() == "edit"


def test_nothing_is_asked_of_what_somebody_has_ended(cast):
    ending_soon(ended_by="person:ulf")
    assert not [it for it in asked_of(viewer("mina"), today()) if it.due]


def test_nothing_is_asked_of_what_goes_on_by_another_mandate(cast):
    mandate, asked = ending_soon()
    first = (mandate.certain_until + timedelta(days=1)).isoformat()
    mandate_of("ulf", "foreningen", extent="edit", start=first)
    assert asked() == []


def test_who_holds_an_address_is_asked_to_confirm_it(cast):
    row = ContactFactory(
        organisation=Organisation.objects.get(key="foreningen"),
        person=Person.objects.get(key="ulf"),
        is_function=True,
    )
    assert f"/funktionsadress/{row.key}/" in urls("ulf")
    Contact.objects.update(confirmed_at=timezone.now())
    assert f"/funktionsadress/{row.key}/" not in urls("ulf")


def test_on_the_organisation_s_page_those_concerned_are_led_to_it(cast):
    page = "/organisationer/foreningen/"
    way = "/organisationer/foreningen/behorigheter/"
    assert way in cast.member.get(page).content.decode()
    for client in (cast.official, cast.outsider, cast.anonymous):
        assert way not in client.get(page).content.decode()


def test_on_a_person_s_page_who_decides_is_led_to_the_hand_over(cast):
    leader()
    page, way = "/personer/mina/", "/organisationer/foreningen/lamnar/mina/"
    assert way in cast.member.get(page).content.decode()
    for client in (cast.official, cast.outsider, cast.anonymous):
        assert way not in client.get(page).content.decode()


def test_what_is_told_of_is_named_to_those_concerned_alone(cast, client):
    leader()
    row, url = invitation()
    accept(client, url)
    row.refresh_from_db()
    subjects = [row.subject, row.mandate.subject, row.accepted_by.subject]
    assert set(links_to(subjects, viewer("mina"))) == set(subjects)
    assert links_to(subjects, viewer("ulf")) == {}
    assert links_to(subjects, viewer("omar")) == {}


def test_invitations_are_forgotten_after_half_a_year(cast, client):
    leader()
    _row, url = invitation()
    accept(client, url)
    invitation(email="nils@example.org", name="Nils")
    [it] = [found for found in retentions() if found.name == "invitations"]
    assert it.purge(today()) == 0
    long_ago = timezone.now() - timedelta(days=it.days + 1)
    Invitation.objects.update(sent_at=long_ago, expires_at=long_ago)
    assert it.purge(today()) == 2
    left = Invitation.objects.get()
    assert (left.name, left.note) == ("", "")
    assert "nina" not in left.email
    assert Mandate.objects.filter(person__name="Nina Ny").exists()
    assert it.purge(today()) == 0


def test_what_ended_yesterday_leads_nowhere(cast):
    mandate_of("ulf", "regionen", key="slut", end=yesterday())
    assert cast.outsider.get("/organisationer/regionen/behorigheter/").status_code == 403
    assert cast.outsider.post("/uppdrag/valj/", {"capacity": "slut"}).status_code == 403
