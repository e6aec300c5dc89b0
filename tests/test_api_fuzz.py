"""Whatever is asked of the API, it answers as its own document says, and never with a 500."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tillit.config.wsgi import application
from tillit.register.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PresenceFactory,
    RoleFactory,
)

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def connection_of_the_test():
    """A real WSGI call ends by letting go of its connection; here that is the test's own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def rows(db):
    """Something to find: the fuzzer asks for the keys that it sees."""
    it = OrganisationFactory(key="0")
    MembershipFactory(umbrella=it, start="2012", seen="2012-12-31")
    PresenceFactory(organisation=it)
    RoleFactory(organisation=it)


@pytest.mark.usefixtures("rows")
@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_keeps_its_word(case):
    # A day or a key that the schema allows may still be none: refusing it in words is right.
    case.call_and_validate(
        headers={"Host": "localhost"}, excluded_checks=[positive_data_acceptance]
    )
