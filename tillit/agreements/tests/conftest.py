import pytest

from tillit.agreements.models import Agreement, Consultation, Version
from tillit.agreements.tests.consulted import drafted, invited, open_now, prepared
from tillit.agreements.tests.factories import (
    AdoptionFactory,
    AgreementFactory,
    CommitmentFactory,
    DefinitionFactory,
    MeasureFactory,
    MeasureFollowUpFactory,
    PartyFactory,
    PrincipleFactory,
    SectionFactory,
    VersionFactory,
)
from tillit.register.tests.factories import OrganisationFactory, PlaceFactory


@pytest.fixture
def skane(db: None) -> Agreement:
    """An agreement in two versions: the first is known whole, of the second only one word."""
    national = AgreementFactory(
        key="nationella", title="Den nationella", level="national", start="2008-10-23"
    )
    it = AgreementFactory(
        key="skane", title="Överenskommelsen Skåne", parent=national, place=PlaceFactory().parent
    )
    network = OrganisationFactory(key="natverket", name="NÄTVERKET", sector="civil")
    region = OrganisationFactory(key="region-skane", name="Region Skåne", sector="public")
    PartyFactory(agreement=it, organisation=network, title="Den idéburna sektorn i Skåne")
    PartyFactory(agreement=it, organisation=region, side="public")
    first = VersionFactory(
        agreement=it, key="skane.2010", label="2010–2014", start="2010-06-29", end="2014-12-31"
    )
    SectionFactory(version=first, key="skane.2010.1", number="1", heading="Bakgrund")
    SectionFactory(version=first, key="skane.2010.2", number="2", heading="Om parterna")
    SectionFactory(version=first, key="skane.2010.2-1", number="2.1", heading="Mer information")
    DefinitionFactory(version=first, key="skane.2010.sektorn")
    PrincipleFactory(version=first, key="skane.2010.p1", number=1, heading="Dialog")
    CommitmentFactory(version=first, number=1)
    CommitmentFactory(version=first, number=1, side="public", text="Beakta den i budgeten.")
    for number, title in ((1, "Lokala överenskommelser"), (2, "Tidigt samråd")):
        measure = MeasureFactory(version=first, number=number, title=title)
        MeasureFollowUpFactory(measure=measure, text=f"Så gick det med **åtgärd {number}**.")
    AdoptionFactory(version=first, organisation=network)
    AdoptionFactory(version=first, organisation=region)
    later = VersionFactory(
        agreement=it, key="skane.2021", label="Reviderad 2021", start="2021-02-16", end=".."
    )
    DefinitionFactory(
        version=later,
        key="skane.2021.sektorn",
        text="Ideella föreningar, trossamfund eller stiftelser.",
    )
    return it


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
