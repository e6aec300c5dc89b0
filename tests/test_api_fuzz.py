"""Whatever is asked of the API, it answers as its own document says, and never with a 500."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from tillit.config.wsgi import application
from tillit.register.tests.factories import OrganisationFactory

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_keeps_its_word(case):
    OrganisationFactory._meta.model.objects.filter(key="natverket").exists()
    case.call_and_validate(headers={"Host": "localhost"})
