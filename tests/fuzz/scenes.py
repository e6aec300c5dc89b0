"""Installations with something to do on every page, and the browsers of those who do it.

What the contexts invent for a demo is all there, with the few organisations that it is about; to that
comes what a demo doesn't show.
"""

import re
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import signed_in
from tests.fuzz.walking import plain
from tillit.accounts.actions import own
from tillit.accounts.factors import turn_on_app
from tillit.accounts.models import User
from tillit.accounts.tests.conftest import sign_in
from tillit.agreements.consulting.demo import OUT
from tillit.agreements.consulting.documenting import SHORT
from tillit.agreements.models import Comment, Consultation, Reply
from tillit.agreements.tests.consulted import came, link_of
from tillit.agreements.tests.factories import (
    AdherenceFactory,
    AdoptionFactory,
    AgreementFactory,
    AimFactory,
    CommitmentFactory,
    DefinitionFactory,
    EffortFactory,
    FocusAreaFactory,
    ImpactCheckFactory,
    MeasureFactory,
    OrientationFactory,
    PartyFactory,
    PlanFactory,
    PrincipleFactory,
    SectionFactory,
    VersionFactory,
)
from tillit.duplicates.merging import merge
from tillit.duplicates.tests.twins import viewer
from tillit.intake.tests import bringing
from tillit.kit.contributions import populate
from tillit.kit.files.tests.samples import PDF
from tillit.kit.models import Source
from tillit.letters.models import Letter
from tillit.post.models import MailSettings, Message
from tillit.records.models import Record
from tillit.records.tests.factories import RecordFactory, RetentionRuleFactory
from tillit.records.tests.paper import frozen
from tillit.register.demo import PLAYERS
from tillit.register.models import Mandate, Organisation, Person, Secretariat
from tillit.register.tests.factories import (
    AddressFactory,
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
    SecretariatFactory,
    UnitFactory,
)
from tillit.register.tests.filling import fill
from tillit.site import first_code
from tillit.site.beginning import begin
from tillit.site.frontage import forget
from tillit.site.models import BackupPlace, Export
from tillit.site.tests.conftest import Guide

LINK = re.compile(r"https?://[^/\s]+(/[^\s)>]+)")
UMBRELLA, MEMBER, REGION = "natverket", "foreningen-furuboda", "region-skane"
LOOKED_AFTER = {
    "civil": (UMBRELLA, MEMBER, "abf-malmo", "skaneidrotten", "skanes-idrottsforbund"),
    "public": (REGION, "malmo-stad"),
}
OF_UMBRELLA, OF_MEMBER = f"/organisationer/{UMBRELLA}/", f"/organisationer/{MEMBER}/"
DRAFT = "/overenskommelser/avtalet/versioner/utkast/"
PASSWORD = "tre blå hästar i regn"


class Reader(NamedTuple):
    """A browser, the pages that it begins with, and whether it goes on from there by all links."""

    browser: Client
    begin: list[str]
    roams: bool = True


def at_work() -> dict[str, Reader]:
    """An agreement in use: everybody begins at every plain address, and reads the mails."""
    call_command("places", verbosity=0)
    for side, keys in LOOKED_AFTER.items():
        look_after(side, *keys)
    agree()
    populate()
    add_rows()
    plan_something()
    readers = {it.address: sign_in(Client(), it.email) for it in PLAYERS}
    do_deeds(readers)
    Export.objects.update(made_at=timezone.now())
    merge_two()
    bring_in(readers["samordnare"])
    begin = [*plain(), *SEARCHED, *consult(), *links_in_mails()]
    readers["anonymous"] = Client()
    chair = Reader(readers.pop("styrelseledamot"), ["/uppdrag/"], roams=False)
    found = {name: Reader(it, begin) for name, it in readers.items()}
    return {**found, "styrelseledamot": chair, **half_way()}


# What a form shows only when something has been found, or chosen, on the same page.
SEARCHED = [
    f"{OF_UMBRELLA}medlemmar/ansok/?som=ny",
    f"{OF_UMBRELLA}medlemmar/ansok/?som=malmo-stad",
    f"{OF_UMBRELLA}medlemmar/ny/?som=ny",
    f"{OF_UMBRELLA}medlemmar/ny/?som=malmo-stad",
    "/dubbletter/ny/organisation/abf-malmo/?q=skane",
    "/import/demo-import/rader/",
    f"/funktionsadress/demo-{REGION}/kod/",
    f"{DRAFT}fran-word/",
    f"{DRAFT}remiss/ny/",
    *(
        f"/overenskommelser/avtalet/{it}"
        for it in (
            "",
            "planer/",
            "planer/ar/2030/",
            "planer/ar/2031/",
            "planer/ar/2032/instammande/",
            "planer/ar/2032/aterlamning/",
            "planer/planen/",
            "planer/andra/",
            "anslutna/",
            "konsekvenser/",
            "konsekvenser/fragan/",
        )
    ),
]


def look_after(side: str, keeper: str, *others: str) -> None:
    it = OrganisationFactory(key=keeper, name=keeper, sector=side)
    kept = SecretariatFactory(key=side, side=side, organisation=it)
    Organisation.objects.filter(pk=it.pk).update(secretariat=kept)
    for key in others:
        row = OrganisationFactory(key=key, name=key, sector=side, secretariat=kept)
        MembershipFactory(umbrella=it, member=row, start="2020-01-01")


def agree() -> None:
    """Both have agreed on something; the demo begins a draft of what comes next."""
    national = AgreementFactory(key="nationella", level="national", start="2008-10-23")
    above = VersionFactory(agreement=national, key="nationella.2008", start="2008-10-23")
    principle = PrincipleFactory(version=above, number=1)
    it = AgreementFactory(key="skane", parent=national)
    version = VersionFactory(agreement=it, key="skane.2010", start="2010-06-29", end="..")
    for side, key in (("civil", UMBRELLA), ("public", REGION)):
        organisation = Organisation.objects.get(key=key)
        PartyFactory(key=f"part-{side}", agreement=it, organisation=organisation, side=side)
        CommitmentFactory(version=version, key=f"skane.2010.{side}.1", side=side, number=1)
    PrincipleFactory(version=version, number=1, taken_from=principle)
    for number in ("1", "2", "2.1"):
        SectionFactory(version=version, number=number)
    AimFactory(version=version, number=1)
    DefinitionFactory(version=version)
    measure = MeasureFactory(version=version, key="skane.1", number=1)
    measure.serves.add(version.commitments.first())
    half = VersionFactory(agreement=it, key="skane.halv", stage="draft", start="", end="")
    civil = Organisation.objects.get(key=UMBRELLA)
    AdoptionFactory(version=half, organisation=civil, kind="adopted")  # the other has not


def add_rows() -> None:
    umbrella = Organisation.objects.get(key=UMBRELLA)
    newer = OrganisationFactory(key="nyare", secretariat=umbrella.secretariat)
    MembershipFactory(umbrella=umbrella, member=newer, start="2025-01-01")  # not asked yet
    unit = UnitFactory(key=f"{UMBRELLA}.styrelsen", organisation=umbrella)
    maria = PersonFactory(key="maria")
    RoleFactory(organisation=umbrella, person=maria, unit=unit, start="2020-01-01", end="..")
    AddressFactory(organisation=umbrella)
    Source.objects.create(key="S1", title="Avtalet")
    write_down(umbrella, Organisation.objects.get(key=REGION))
    MailSettings.objects.create(pk=1, host="mail.example.org", sender_address="kansli@example.org")
    place = {"folder": str(settings.MEDIA_ROOT), "recipient": "age1", "ready_at": timezone.now()}
    BackupPlace.objects.create(key="backups", **place)
    Letter.objects.filter(key="demo-public").update(written_at=None)  # so it is still being sent
    Mandate.objects.filter(key="demo-kontaktperson").update(extent="lead")
    MandateFactory(person=Person.objects.get(key="demo-styrelseledamot"), organisation=newer)
    coordinator = User.objects.get(email="samordnare@example.org")
    coordinator.set_password(PASSWORD)
    coordinator.save()
    own(coordinator, "samordnare@hemma.example.org")
    turn_on_app(coordinator, generate_totp_secret())
    Authenticator.objects.create(user=coordinator, type="webauthn", data={"name": "Min mobil"})


def write_down(umbrella: Organisation, region: Organisation) -> None:
    """A draft, what waits for signatures, and what may be weeded by now."""
    RecordFactory(key="utkastet", keeper=umbrella)
    frozen(umbrella, timezone.now(), umbrella, region)
    old = frozen(umbrella, timezone.now(), content=PDF, kind="letter", title="Gammalt brev")
    Record.objects.filter(pk=old.pk).update(dated="2000")
    RetentionRuleFactory(keeper=umbrella, kind="letter", keeping="weed", years=2)


def plan_something() -> None:
    """An agreement that has been joined, with plans in preparation, adopted, and so as one side says,
    and an open check.
    """
    umbrella, member, region = (
        Organisation.objects.get(key=key) for key in (UMBRELLA, MEMBER, REGION)
    )
    it = AgreementFactory(key="avtalet")
    PartyFactory(agreement=it, organisation=umbrella)
    PartyFactory(agreement=it, organisation=region, side="public")
    VersionFactory(agreement=it, key="avtalet.utkast", stage="draft", start="", end="")
    AdherenceFactory(agreement=it, organisation=member)
    FocusAreaFactory(plan=PlanFactory(key="avtalet.planen", agreement=it, stage="prepared"))
    for year, stage in ((2030, "prepared"), (2031, "adopted")):
        EffortFactory(orientation=OrientationFactory(agreement=it, year=year, stage=stage))
    said = {"agreement": it, "stage": "public"}
    PlanFactory(key="avtalet.andra", **said)
    OrientationFactory(year=2032, **said)
    ImpactCheckFactory(key="avtalet.fragan", agreement=it, organisation=region)


def consult() -> list[str]:
    """A link by which one answers, and the compilation of more than fits a request."""
    it = Consultation.objects.get(key=OUT)
    reply = Reply.objects.sent().filter(consultation=it).first()
    Comment.objects.bulk_create(
        Comment(
            key=f"synpunkt-{number}", reply=reply, number=number, text="Ja.", circle=reply.circle
        )
        for number in range(100, 101 + SHORT)
    )
    asked = came(it, "Fler grannar", "fler@example.org")
    return [link_of(asked), reverse("agreements:compilation-document", args=[it.key])]


DEEDS: list[tuple[str, str, dict[str, Any]]] = [
    ("samordnare", "/overenskommelser/skane/redigera/uppgifter/", {"title": "Skåne"}),
    ("samordnare", f"{OF_UMBRELLA}arsfragor/ny/", {"title": "Utkast", "year": "2031"}),
    ("samordnare", f"{OF_UMBRELLA}redigera/adress/ny/", {"street": "Nya gatan 2", "town": "Lund"}),
    (
        "samordnare",
        f"{OF_UMBRELLA}medlemmar/abf-malmo/avslut/",
        {
            "kind": "excluded",
            "day": "2025-06-30",
            "decided_on": "2025-06-01",
            "decided_by": "Årsmötet",
            "reason": "Skälet.",
        },
    ),
    ("samordnare", "/kallor/S1/dokument/nytt/", {"circle": "public"}),
    (
        "kontaktperson",
        f"{OF_MEMBER}behorigheter/inbjudan/",
        {"email": "utomstaende@example.org", "name": "Billie Rask", "extent": "edit", "send": "1"},
    ),
    ("utomstaende", "/mina-uppgifter/radering/", {"what": "all"}),
    ("utomstaende", "/integritet/person/maria/", {"email": "m@example.org", "proof": "Ordförande"}),
    ("utomstaende", "/tillganglighet/anmalan/", {"what": "Kartan går inte att läsa"}),
    (
        "utomstaende",
        f"{OF_UMBRELLA}medlemmar/ansok/?som=ny",
        {
            "name": "Nya föreningen",
            "contact_name": "Nina Ny",
            "contact_email": "nina@example.org",
            "why": "Vi vill vara med.",
            "agrees": "on",
        },
    ),
    ("utomstaende", "/konto/adresser/ny/", {"email": "en.till@example.org"}),
    ("tjansteperson", f"/funktionsadress/demo-{REGION}/", {}),
    ("drift", "/installningar/export/", {"reason": "Vi flyttar"}),
]


def do_deeds(readers: dict[str, Client]) -> None:
    for role, page, typed in DEEDS:
        file = {"file": SimpleUploadedFile("Avtal.pdf", PDF)} if "dokument" in page else {}
        response = fill(readers[role], page, **typed, **file) if typed else readers[role].post(page)
        assert response.status_code == 302, (page, str(response.context["form"].errors))


def merge_two() -> None:
    civil = Secretariat.objects.get(key="civil")
    two = [OrganisationFactory(key=key, secretariat=civil) for key in ("tallen", "tallens")]
    merge(*two, viewer("demo-samordnare"), timezone.now(), chosen={})


def bring_in(client: Client) -> None:
    """One list that can be written now, and one that has been."""
    bringing.written(client, text="Föreningen Linden\nFöreningen Eken")
    intake = bringing.recognised(client, text="Föreningen Aspen\nFöreningen Alen")
    bringing.take_suggestions(client, intake)


def links_in_mails() -> list[str]:
    texts = Message.objects.order_by("pk").values_list("text", flat=True)
    return list(dict.fromkeys(it for text in texts for it in LINK.findall(text)))


def half_way() -> dict[str, Reader]:
    """Those who have taken the first of several steps."""
    newcomer, invited, coordinator = Client(), Client(), Client()
    newcomer.post("/logga-in/", {"email": "nina@example.org"})
    typed = {"email": "samordnare@example.org", "password": PASSWORD}
    coordinator.post("/logga-in/losenord/", typed)
    invitation = next(it for it in links_in_mails() if it.startswith("/inbjudan/"))
    invited.post(f"{invitation}godkannande/")
    of_yesterday = signed_in(User.objects.get(email="samordnare@example.org"))
    return {
        "who has asked for a code": Reader(newcomer, ["/logga-in/kod/"], roams=False),
        "who has written a password": Reader(coordinator, ["/logga-in/andra-steget/"], roams=False),
        "who has said yes": Reader(invited, [f"{invitation}kod/"], roams=False),
        "who signed in yesterday": Reader(of_yesterday, ["/konto/bekraftelse/"], roams=False),
    }


def not_begun() -> dict[str, Reader]:
    """The guide waits for somebody with the code, who is then to say who she is."""
    with_code = Client()
    with_code.post("/kom-igang/", {"code": begun()})
    return {"anonymous": Reader(Client(), GUIDE), "who has the code": Reader(with_code, GUIDE)}


def half_done() -> dict[str, Reader]:
    """The administrator goes through the guide."""
    guide = Guide(Client())
    guide.enter(begun())
    guide.name_the_agreement()
    guide.name_both_parties()
    guide.post("personuppgifter", host="forbundet", controllers=["forbundet"], contact="a@b.se")
    guide.post("sakerhetskopior", folder=str(settings.MEDIA_ROOT))
    for step in ("logotyp", "epost"):
        guide.post(step, later="1")
    guide.client.post("/kom-igang/sakerhetskopior/nyckel/")
    return {"administrator": Reader(guide.client, GUIDE)}


GUIDE = [it for it in plain() if it.startswith("/kom-igang/")]


def begun() -> str:
    """An installation with nothing in it but places, and the code of its terminal."""
    call_command("places", verbosity=0)
    begin(timezone.now())
    forget()
    return first_code.make(timezone.now())


SCENES = (at_work, not_begun, half_done)
