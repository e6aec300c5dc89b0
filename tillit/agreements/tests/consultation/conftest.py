import pytest

from tillit.agreements.models import Agreement, Consultation, Version
from tillit.agreements.tests.consulted import drafted, invited, open_now, prepared


@pytest.fixture
def draft(skane: Agreement) -> Version:
    """A draft of two sections, read by the parties alone."""
    return drafted(skane)


@pytest.fixture
def consultation(draft: Version) -> Consultation:
    """One that is being prepared."""
    return prepared(draft)


@pytest.fixture
def out(consultation: Consultation) -> Consultation:
    """One that both sides have sent out, to three organisations and to all."""
    invited(consultation, "asken", "boken", "cedern")
    return open_now(consultation)
