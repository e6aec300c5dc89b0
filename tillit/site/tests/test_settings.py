"""The settings: the forms of the guide by themselves, for administrators."""

import pytest

from tillit.register.models import Person
from tillit.register.tests.factories import MandateFactory, OrganisationFactory, PlaceFactory
from tillit.site import frontage
from tillit.site.models import Installation
from tillit.site.steps import STEPS


@pytest.fixture
def administrator(cast):
    """Ulf, who keeps the installation running besides."""
    MandateFactory(
        person=Person.objects.get(key="ulf"),
        organisation=OrganisationFactory(key="driften"),
        extent="administer",
    )
    return cast.outsider


@pytest.fixture
def installation(db):
    return Installation.objects.create(key="skane", title="Överenskommelsen Skåne")


def test_all_that_the_guide_asked_can_be_changed(administrator, installation, most_queries):
    with most_queries():
        page = administrator.get("/installningar/").content.decode()
    for step in STEPS:
        assert f'href="/installningar/{step.name}/"' in page


@pytest.mark.parametrize("step", STEPS, ids=lambda it: it.name)
def test_each_has_its_page(administrator, installation, most_queries, step):
    with most_queries():
        assert administrator.get(f"/installningar/{step.name}/").status_code == 200


def test_a_change_is_kept_told_and_shown(administrator, installation):
    PlaceFactory()
    frontage.forget()
    response = administrator.post(
        "/installningar/avtalet/", {"title": "Nytt namn", "place": "12"}, follow=True
    )
    assert response.redirect_chain == [("/installningar/", 302)]
    assert b"notice--good" in response.content
    installation.refresh_from_db()
    assert installation.title == "Nytt namn"
    assert frontage.frontage().brand.title == "Nytt namn"


def test_bad_input_keeps_the_form(administrator, installation):
    response = administrator.post("/installningar/avtalet/", {"title": "", "place": "Atlantis"})
    assert response.status_code == 422
    assert b'value="Atlantis"' in response.content


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("ideburen-part", {"name": "Förbundet", "keeper": "same"}),
        ("personuppgifter", {"host": "driften", "controllers": "driften", "contact": "a@b.se"}),
    ],
)
def test_what_is_said_of_the_agreement_waits_for_its_name(administrator, step, typed):
    response = administrator.post(f"/installningar/{step}/", typed)
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == ["Säg först vad överenskommelsen heter."]
    page = response.content.decode()
    assert all(f'value="{it}"' in page for it in typed.values())


@pytest.mark.parametrize("address", ["/installningar/", "/installningar/avtalet/"])
def test_nobody_else_has_them(cast, installation, address):
    for role in ("coordinator", "official", "member", "outsider"):
        assert getattr(cast, role).get(address).status_code == 403
    assert cast.anonymous.get(address).url.startswith("/logga-in/")
    assert cast.coordinator.post("/installningar/avtalet/").status_code == 403


def test_one_that_there_is_not_is_not_found(administrator):
    assert administrator.get("/installningar/finns-inte/").status_code == 404
