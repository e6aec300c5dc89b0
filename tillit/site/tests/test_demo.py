"""A demo says who answers for its personal data: both sides, invented."""

import pytest

from tillit.kit.contributions import responsible
from tillit.register.tests.factories import OrganisationFactory
from tillit.site import demo
from tillit.site.models import Installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def installation():
    civil, public = OrganisationFactory(sector="civil"), OrganisationFactory(sector="public")
    return Installation.objects.create(key="den", title="Den", civil=civil, public=public)


def test_both_sides_answer_for_it(installation):
    demo.populate()
    found = responsible()
    assert {it.title for it in found.controllers} == {
        installation.civil.name,
        installation.public.name,
    }
    assert found.contact.endswith("example.org")
    assert "åhittad" in found.arrangement


def test_what_somebody_has_said_is_left_alone(installation):
    Installation.objects.update(contact="vi@example.org")
    demo.populate()
    assert responsible().contact == "vi@example.org"
    assert list(responsible().controllers) == []
