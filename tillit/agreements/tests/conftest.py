import pytest

from tillit.agreements.models import Agreement, Version
from tillit.agreements.tests.factories import (
    AdoptionFactory,
    AgreementFactory,
    AimFactory,
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
    AimFactory(version=first, kind="purpose", number=1, text="Ett långsiktigt hållbart Skåne.")
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
    """A draft of the agreement, with a part of each kind."""
    it = VersionFactory(
        agreement=skane, key="skane.2027", label="2027", stage="draft", start="", end=""
    )
    SectionFactory(version=it, key="skane.2027.a", number="1", heading="Ett", text="Första")
    SectionFactory(version=it, key="skane.2027.b", number="2", heading="Två", text="Andra")
    SectionFactory(version=it, key="skane.2027.c", number="2.1", heading="Två ett", text="Inne")
    AimFactory(version=it, key="skane.2027.m1", number=1, text="Att synas.")
    AimFactory(version=it, key="skane.2027.m2", number=2, text="Att höras.")
    DefinitionFactory(version=it, key="skane.2027.ord")
    principle = PrincipleFactory(version=it, key="skane.2027.p1", number=1, heading="Dialog")
    civil = CommitmentFactory(version=it, key="skane.2027.c1", number=1, principle=principle)
    CommitmentFactory(version=it, key="skane.2027.o1", number=1, side="public", text="Lyssna.")
    measure = MeasureFactory(version=it, key="skane.2027-1", number=1, title="Nytt samråd")
    measure.serves.add(civil)
    return it
