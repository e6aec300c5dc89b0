"""A coordinator leaves and the successor has everything.

Every column of every model that names a person is walked. Either what it says is held by the person,
and goes on in the hand-over, or it stands below with the reason why nothing is lost. A column that is
new fails here before somebody loses by it.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from tillit.intake.models import Intake
from tillit.kit.access import viewer_for
from tillit.kit.changes import Actor
from tillit.kit.contributions import Fate, holdings_of
from tillit.kit.days import today
from tillit.letters.models import Letter
from tillit.privacy.models import Report
from tillit.privacy.models.report import DeedKind, ReportDeed
from tillit.register.actions.handing import Departure, hand_all_over
from tillit.register.models import (
    Application,
    Handover,
    Invitation,
    Mandate,
    Organisation,
    Person,
    Proposal,
    Secretariat,
)
from tillit.register.tests.acting import invitation, mandate_of
from tillit.register.tests.factories import (
    ContactFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)

SUBJECT = 240  # the length of every column that keeps a subject

HISTORY = "it tells what was done and by whom, and nothing waits for it"
OFFICE = "the office does it, whoever works there; everybody in it is told what waits"
SIGN_IN = "a way to sign in is the person's and not the organisation's"
OTHERS = "it names the person on the row of somebody else, who goes on"

HELD = {
    "register.Role.person",
    "register.Mandate.person",
    "register.Contact.person",
    "register.Invitation.given_by",
    "register.Application.applicant",
    "register.Proposal.proposer",
    "letters.Letter.writer",
    "privacy.ReportDeed.by",
    "intake.Intake.owner",
}
NOT_HELD = {
    "account.EmailAddress.user": SIGN_IN,
    "mfa.Authenticator.user": SIGN_IN,
    "socialaccount.SocialAccount.user": SIGN_IN,
    "register.Person.account": SIGN_IN,
    "kit.Activity.actor": HISTORY,
    "kit.Activity.behalf": HISTORY,
    "kit.Activity.subject": HISTORY,
    "kit.Activity.about": HISTORY,
    "kit.Citation.subject": "it tells what a source says of a row",
    "kit.StatedFigure.about": "it is about an organisation",
    "kit.MadeDocument.of": "it names what the document tells of, and is gone in a day",
    "kit.StoredFile.of": "it belongs to what it is a file of, whoever uploaded it",
    "search.Entry.subject": "it says what other rows say",
    "post.Message.about": HISTORY,
    "post.Message.person": HISTORY,
    "post.Message.organisation": HISTORY,
    "register.Mandate.given_by": OTHERS,
    "register.Mandate.given_for": OTHERS,
    "register.Mandate.ended_by": HISTORY,
    "register.Invitation.given_for": "it goes with given_by",
    "register.Invitation.person": "whoever was invited has an account, or the invitation waits for it",
    "register.Invitation.accepted_by": HISTORY,
    "register.Handover.leaver": HISTORY,
    "register.Handover.successor": HISTORY,
    "register.Handover.done_by": HISTORY,
    "register.Handover.done_for": HISTORY,
    "register.MembershipDecision.noted_by": HISTORY,
    "register.Proposal.behalf": "it goes with proposer",
    "register.Proposal.decided_by": HISTORY,
    "register.Proposal.decided_for": HISTORY,
    "register.Resignation.asked_by": "the organisation leaves its umbrella, whoever said so",
    "register.Supplement.asked_by": OFFICE,
    "privacy.ErasureRequest.person": "one asks for oneself alone, and goes on being asked about",
    "privacy.ErasureRequest.account": "one asks for oneself alone, and goes on being asked about",
    "privacy.ErasureDecision.by": HISTORY,
    "privacy.ErasureDecision.behalf": HISTORY,
    "privacy.ReportDeed.behalf": "it goes with by",
    "intake.Intake.behalf": "it goes with owner",
    "intake.Intake.about": "it is about an organisation",
    "duplicates.Pair.one": "it is what may be the same, whoever looks after it",
    "duplicates.Pair.other": "it is what may be the same, whoever looks after it",
    "duplicates.Merge.kept": HISTORY,
    "duplicates.Merge.gone": HISTORY,
    "duplicates.Merge.by": HISTORY,
    "duplicates.Merge.behalf": HISTORY,
    "duplicates.Merge.undone_by": HISTORY,
    "letters.Letter.started_by": HISTORY,
    "letters.Letter.stopped_by": HISTORY,
    "letters.Recipient.person": HISTORY,
    "enquiries.Asked.by": OFFICE,
    "enquiries.Correction.settled_by": HISTORY,
    "enquiries.Deed.by": HISTORY,
    "enquiries.Round.begun_by": OFFICE,
    "enquiries.Sending.by": OFFICE,
    "agreements.Comment.section": "it names a section",
    "agreements.Response.led_to": "it names a wording of a version",
    "agreements.ConsultationDeed.by": HISTORY,
    "agreements.GoAhead.by": HISTORY,
    "agreements.GoAhead.behalf": HISTORY,
    "agreements.Reply.by": OFFICE,
    "records.Record.of": "it names what the record belongs to",
    "records.Signature.person": HISTORY,
    "site.Export.asked_by": "the file is for whoever asked alone, and is erased in days",
    "site.FirstRun.finished_by": HISTORY,
    "site.Postponement.by": OFFICE,
}


def names_a_person(field):
    if isinstance(field, models.ForeignKey):
        return field.related_model in {Person, get_user_model()}
    return isinstance(field, models.CharField) and field.max_length == SUBJECT


def columns():
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if names_a_person(field)
    }


def test_no_column_that_names_a_person_has_been_forgotten():
    known = HELD | NOT_HELD.keys()
    forgotten = columns() - known
    assert not forgotten, "say whether it is held, and contribute `holdings` and `hand_over` if so"
    assert not known - columns(), "these columns are no more"
    assert not HELD & NOT_HELD.keys()


@pytest.fixture
def office(cast):
    """Karin coordinates the umbrella, and holds something of every kind; Eva works there too."""
    it = Organisation.objects.get(key="paraplyet")
    karin = Person.objects.get(key="karin")
    chair = ContactFactory(
        organisation=it,
        person=karin,
        email="samordnare@paraplyet.example.org",
        is_function=True,
        confirmed_at=timezone.now(),
    )
    ContactFactory(organisation=it, person=karin, email="karin@hemma.example.org")
    MandateFactory(organisation=it, person=karin, extent="lead", through=chair)
    MandateFactory(organisation=it, person=karin, extent="administer")
    mandate_of("ulf", "paraplyet", extent="administer")
    invitation("karin", "paraplyet", email="nils@example.org", name="Nils")
    Application.objects.create(
        key="ansokan",
        umbrella=OrganisationFactory(key="storre-paraply"),
        member=it,
        name="Paraplyet",
        applicant=karin.subject,
        state="waiting",
        applied_at=timezone.now(),
        confirmed_at=timezone.now(),
    )
    Proposal.objects.create(
        key="forslag",
        organisation=Organisation.objects.get(key="regionen"),
        about_noun="organisation",
        deed="change",
        proposer=karin.subject,
        behalf=it.subject,
        proposed_at=timezone.now(),
    )
    Letter.objects.create(
        key="utkast",
        writer=karin,
        organisation=it,
        secretariat=Secretariat.objects.get(side="civil"),
        subject_line="Utkast",
        touched_at=timezone.now(),
    )
    Intake.objects.create(
        key="lista",
        owner=karin,
        capacity="karin",
        behalf=it.subject,
        title="Medlemslistan",
        kind="organisations",
        touched_at=timezone.now(),
    )
    report = Report.objects.create(
        key="fel", what="Går inte", language="sv", sent_at=timezone.now()
    )
    ReportDeed.objects.create(
        key="tog",
        report=report,
        kind=DeedKind.TAKEN,
        by=karin.subject,
        behalf=it.subject,
        at=timezone.now(),
    )
    PersonFactory(key="eva", name="Eva", account=get_user_model().objects.create_user("eva@x.se"))
    MandateFactory(
        organisation=it,
        person=Person.objects.get(key="eva"),
        extent="secretariat",
        secretariat=Secretariat.objects.get(side="civil"),
    )
    RoleFactory(
        key="sista", organisation=it, person=karin, kind="coordinator", start="2015", seen="2026"
    )
    return it


def held_by(person, organisation, viewer="eva"):
    """What somebody holds, as a colleague in the secretariat sees it."""
    it = viewer_for(Person.objects.get(key=viewer).account_id)
    return holdings_of(f"person:{person}", organisation.subject, it)


def kinds(holdings):
    return Counter(it.subject.partition(":")[0] for it in holdings)


def leave(organisation, fate=Fate.HAND_ON, successor="eva", last_day=None):
    held = held_by("karin", organisation)
    departure = Departure(
        organisation=organisation,
        leaver=Person.objects.get(key="karin"),
        last_day=last_day or today(),
        fates={it.subject: fate for it in held},
        successor=Person.objects.filter(key=successor).first(),
        knowing=True,
    )
    return hand_all_over(departure, Actor("person:eva", organisation.subject))


@pytest.mark.django_db
def test_one_of_every_kind_is_held(office):
    """What would have been lost: a kind that is in no list of what a person holds."""
    found = kinds(held_by("karin", office))
    lost = {noun_of(column) for column in HELD} - found.keys()
    assert not lost


def noun_of(column):
    """The noun of what is held by the column: a deed is held by its report."""
    return column.split(".")[1].lower().removesuffix("deed")


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 30])
def test_a_coordinator_leaves_and_the_successor_has_everything(office, days):
    before = kinds(held_by("karin", office))
    own = kinds(held_by("eva", office))
    leave(office, last_day=today() + timedelta(days=days))
    assert kinds(held_by("karin", office)) == {}, "this would have been lost"
    gained = kinds(held_by("eva", office)) - own
    # What is one's own ends: the address at home; and a mandate that the successor has already.
    wanted = before - Counter({"contact": 1, "mandate": 1})
    assert gained == wanted, "this would have been lost"


@pytest.mark.django_db
def test_without_a_successor_nothing_stays_behind(office):
    leave(office, Fate.END, successor="")
    assert held_by("karin", office) == []


@pytest.mark.django_db
def test_what_shall_stay_stays(office):
    before = kinds(held_by("karin", office))
    leave(office, Fate.STAY)
    assert kinds(held_by("karin", office)) == before


@pytest.mark.django_db
def test_it_is_done_by_all_contexts_or_by_none(office, monkeypatch):
    """The register comes after those above it: when it can't, what they did is taken back."""
    monkeypatch.setattr("tillit.register.actions.leaving.Leaving.role", refuse)
    before = kinds(held_by("karin", office))
    with pytest.raises(RuntimeError):
        leave(office)
    assert kinds(held_by("karin", office)) == before
    assert not Handover.objects.exists()


def refuse(*_asked):
    raise RuntimeError


@pytest.mark.django_db
def test_the_last_who_administers_can_t_be_handed_out_of_it(office):
    """Ulf's own leaves Karin alone with it: then hers can only go on to somebody who can sign in."""
    Mandate.objects.filter(person__key="ulf", extent="administer").delete()
    leave(office)
    assert (
        Mandate.objects.administrators().standing(today() + timedelta(days=1)).get().person.key
        == "eva"
    )
    assert Invitation.objects.get().given_by == "person:eva"
