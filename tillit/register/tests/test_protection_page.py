"""Hiding where an organisation is and who its people are."""

import pytest

from tillit.kit.models import Activity
from tillit.register.models import Organisation
from tillit.register.tests.acting import leader
from tillit.register.tests.factories import AddressFactory, MandateFactory, PersonFactory
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
PAGE = "/organisationer/foreningen/redigera/skydd/"


@pytest.fixture
def foreningen(cast):
    it = Organisation.objects.get(key="foreningen")
    AddressFactory(organisation=it, street="Hemliga gatan 1")
    return it


def seen(client):
    return "Hemliga gatan" in client.get("/organisationer/foreningen/").content.decode()


def test_the_organisation_hides_itself_and_shows_itself_again(cast, foreningen):
    assert seen(cast.anonymous)
    assert fill(cast.member, PAGE).url == "/organisationer/foreningen/redigera/"
    assert [seen(it) for it in (cast.anonymous, cast.coordinator, cast.member)] == [
        False,
        False,
        True,
    ]
    fill(cast.member, PAGE)
    assert seen(cast.anonymous)


def test_its_secretariat_hides_it_and_edits_it_no_more(cast, foreningen):
    response = fill(cast.coordinator, PAGE, reason="på begäran")
    assert response.url == "/organisationer/foreningen/"
    assert not seen(cast.coordinator)
    assert cast.coordinator.get(PAGE).status_code == 403


def test_it_is_undone_as_any_change(cast, foreningen):
    fill(cast.member, PAGE)
    noted = Activity.objects.get(subject=foreningen.subject)
    undo = f"/organisationer/foreningen/andringar/{noted.pk}/angrande/"
    assert cast.coordinator.post(undo).status_code == 403
    assert cast.member.post(undo).status_code == 302
    assert seen(cast.anonymous)


def test_pressing_twice_does_not_turn_it_back(cast, foreningen):
    sent = opened(cast.member, PAGE)
    for _press in range(2):
        cast.member.post(PAGE, sent)
    assert not seen(cast.anonymous)


@pytest.mark.parametrize("role", ["official", "outsider", "anonymous"])
def test_others_don_t(cast, foreningen, role):
    client = getattr(cast, role)
    assert client.get(PAGE).status_code == (302 if role == "anonymous" else 403)
    assert client.post(PAGE, {"to": "protect"}).status_code == 403
    assert seen(cast.anonymous)


@pytest.mark.parametrize("sent", [{}, {"to": "nonsense"}, {"to": "protect", "reason": "x" * 401}])
def test_what_is_wrong_is_explained(cast, foreningen, sent):
    assert cast.member.post(PAGE, sent).status_code == 422
    assert seen(cast.anonymous)


def test_it_asks_the_database_at_most_twelve_times(cast, foreningen, most_queries):
    cast.member.get(PAGE)
    with most_queries():
        assert cast.member.get(PAGE).status_code == 200


class TestPeopleOfAProtectedOrganisation:
    """Its secretariat invites people for it, and nothing more."""

    NEW = "/organisationer/foreningen/kontakter/ny/"
    INVITE = "/organisationer/foreningen/behorigheter/inbjudan/"

    @pytest.fixture
    def hidden(self, foreningen):
        Organisation.objects.filter(pk=foreningen.pk).update(protected=True)
        hemlig = PersonFactory(key="hemlig", name="Hemlig Hemligsson")
        MandateFactory(person=hemlig, organisation=Organisation.objects.get(key="foreningen"))
        leader()
        return foreningen

    def test_its_secretariat_adds_no_address_at_which_it_is_reached(self, cast, hidden):
        spy = {"kind": "contact_person", "email": "spion@example.org", "language": "sv"}
        assert cast.coordinator.post(self.NEW, {**spy, "gets_letters": "on"}).status_code == 403
        assert cast.coordinator.get("/organisationer/foreningen/lamnar/hemlig/").status_code == 403
        assert cast.member.get(self.NEW).status_code == 200

    def test_who_acts_for_it_is_named_to_itself_alone(self, cast, hidden):
        assert "Hemlig Hemligsson" in cast.member.get(self.NEW).content.decode()
        said = {"email": "h@example.org", "name": "Hemlig Hemligsson", "extent": "edit"}
        asked = {**said, "language": "sv"}
        own, others = (
            it.post(self.INVITE, asked).content.decode() for it in (cast.member, cast.coordinator)
        )
        assert 'value="hemlig"' in own
        assert 'value="hemlig"' not in others
