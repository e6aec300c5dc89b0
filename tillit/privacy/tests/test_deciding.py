"""Deciding on requests for erasure, and what comes of it."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tillit.accounts.models import User
from tillit.kit.access import viewer_for
from tillit.kit.changes import Actor, change, undo
from tillit.kit.contributions import ERASED, asked_of
from tillit.kit.days import today
from tillit.kit.models import Activity, Citation, Source
from tillit.kit.refusal import Refused
from tillit.post.models import Message
from tillit.post.outbox import Addressee, write
from tillit.privacy.deciding import decide
from tillit.privacy.models import ErasedKey, ErasureDecision, ErasureRequest
from tillit.privacy.tests.conftest import administrator
from tillit.privacy.views.deciding import judgement, mentions_of
from tillit.register.models import Contact, Mandate, Organisation, Person, Role
from tillit.register.tests.factories import (
    ContactFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
ERASE = {"outcome": "erased", "ground": "not_needed", "reason": "Behövs inte längre."}
REFUSE = {"outcome": "refused", "ground": "office", "reason": "Förtroendeuppdraget är offentligt."}


def page(row):
    return f"/radering/{row.key}/"


def to_decide(row):
    return f"/radering/{row.key}/beslut/"


def viewer_of(name):
    return viewer_for(User.objects.get(email=f"{name}@example.org").pk)


def test_the_list_is_for_secretariats_and_administrators(
    cast, admin, mina, request_of, most_queries
):
    request_of(mina)
    for client in (cast.coordinator, cast.official, admin):
        with most_queries():
            assert client.get("/radering/").status_code == 200
    assert cast.member.get("/radering/").status_code == 403
    assert cast.outsider.get("/radering/").status_code == 403
    assert cast.anonymous.get("/radering/").status_code == 302
    assert cast.coordinator.post("/radering/").status_code == 405


def test_the_secretariat_that_looks_after_all_the_person_is_in_decides(cast, mina, request_of):
    row = request_of(mina)
    assert cast.coordinator.get(page(row)).context["mine"]
    assert cast.coordinator.get(to_decide(row)).status_code == 200
    for path in (page(row), to_decide(row), f"{page(row)}mails/"):
        assert cast.official.get(path).status_code == 404
        assert cast.member.get(path).status_code == 403
        assert cast.anonymous.get(path).status_code == 302
    assert cast.official.post(to_decide(row), ERASE).status_code == 404
    assert cast.member.post(to_decide(row), ERASE).status_code == 403
    assert cast.anonymous.post(to_decide(row), ERASE).status_code == 403


def test_of_a_person_on_both_sides_administrators_decide(cast, admin, mina, request_of):
    RoleFactory(person=mina, organisation=Organisation.objects.get(key="regionen"))
    row = request_of(mina)
    assert cast.coordinator.get(page(row)).status_code == 404
    assert cast.official.get(page(row)).status_code == 404
    assert admin.get(to_decide(row)).status_code == 200


def test_of_a_person_in_a_protected_organisation_administrators_decide(
    cast, admin, mina, request_of
):
    it = OrganisationFactory(
        key="jouren",
        protected=True,
        secretariat=Organisation.objects.get(key="foreningen").secretariat,
    )
    RoleFactory(person=mina, organisation=it)
    row = request_of(mina)
    assert cast.coordinator.get(page(row)).status_code == 404
    assert admin.get(page(row)).status_code == 200


def test_nobody_decides_about_themselves(cast, admin, request_of):
    row = request_of(Person.objects.get(key="karin"))
    assert not cast.coordinator.get(page(row)).context["mine"]
    assert cast.coordinator.post(to_decide(row), ERASE).status_code == 403
    assert Person.objects.filter(key="karin").exists()
    assert admin.get(to_decide(row)).status_code == 200


def test_what_is_kept_and_where_is_shown(cast, mina, request_of, most_queries):
    ContactFactory(
        person=mina, organisation=Organisation.objects.get(key="foreningen"), phone="040-1"
    )
    row = request_of(mina)
    with most_queries():
        shown = cast.coordinator.get(page(row))
    names = [it.name for it in shown.context["parts"]]
    assert {"person", "roles", "contacts", "mandates", "mails", "activity"} <= set(names)
    for name in names:
        with most_queries():
            assert cast.coordinator.get(f"{page(row)}{name}/").status_code == 200
    assert "040-1" in cast.coordinator.get(f"{page(row)}contacts/").content.decode()
    assert cast.coordinator.get(f"{page(row)}finns-inte/").status_code == 404


def test_it_waits_on_the_desk_with_its_last_day(cast, admin, mina, request_of):
    row = request_of(mina)
    for name, waits in (("karin", 1), ("adam", 1), ("omar", 0), ("mina", 0)):
        found = [it for it in asked_of(viewer_of(name), today()) if it.url == page(row)]
        assert len(found) == waits, name
        assert all(it.due == row.due for it in found)


def test_an_unconfirmed_request_is_nobody_s_matter(cast, mina, request_of):
    row = request_of(mina, email="x@example.org", confirmed_at=None)
    assert cast.coordinator.get(page(row)).status_code == 404
    assert not cast.coordinator.get("/radering/").context["waiting"]


def test_erasing_takes_the_person_and_all_that_is_theirs(cast, mina, request_of):
    it = Organisation.objects.get(key="foreningen")
    account = mina.account_id
    ContactFactory(person=mina, organisation=it, email="mina@example.org")
    function = ContactFactory(
        person=mina, organisation=it, email="ordf@example.org", is_function=True
    )
    to = Addressee("mina@example.org", "Mina", person="person:mina")
    write("accounts/mail/code.md", to, {"code": "123 456", "minutes": 15}, kind="sign_in")
    change(it, {"level": "local"}, Actor("person:mina", "organisation:foreningen"))
    source = Source.objects.create(key="S1", title="Protokoll")
    Citation.objects.create(source=source, subject=Role.objects.get(person=mina).subject)
    row = request_of(mina)
    answer = cast.coordinator.post(to_decide(row), ERASE)
    assert answer.status_code == 302
    assert not Person.objects.filter(key="mina").exists()
    assert not User.objects.filter(pk=account).exists()
    assert not Contact.objects.filter(email="mina@example.org").exists()
    function.refresh_from_db()
    assert (function.email, function.person) == ("ordf@example.org", None)
    assert not Citation.objects.exists()
    noted = Activity.objects.get(subject="organisation:foreningen")
    assert (noted.actor, noted.behalf) == (ERASED, "organisation:foreningen")
    assert noted.changes  # what was done stays
    old, mail = Message.objects.order_by("pk")
    assert (old.to_email, old.text) == ("", "")
    assert (mail.to_email, mail.person, mail.secret) == ("mina@example.org", "", True)
    assert "Behövs inte längre." in mail.text
    assert "imy.se" in mail.text
    row.refresh_from_db()
    assert (row.person, row.account, row.reason) == (None, None, "")
    decision = row.decision
    assert (decision.outcome, decision.by) == ("erased", "person:karin")
    assert decision.counts["rows"] > 3
    assert ErasedKey.objects.filter(decision=decision).count() >= 2
    assert cast.coordinator.get(page(row)).status_code == 200


def test_whoever_is_erased_is_signed_out_at_once(cast, mina, request_of):
    assert cast.member.get("/mina-uppgifter/").status_code == 200
    cast.coordinator.post(to_decide(request_of(mina)), ERASE)
    assert cast.member.get("/mina-uppgifter/").status_code == 302


def test_refusing_erases_nothing_and_tells_why_and_where_to_complain(cast, mina, request_of):
    row = request_of(mina)
    assert cast.coordinator.post(to_decide(row), REFUSE).status_code == 302
    assert Person.objects.filter(key="mina").exists()
    mail = Message.objects.get()
    assert mail.to_email == "mina@example.org"
    assert REFUSE["reason"] in mail.text
    assert "imy.se" in mail.text
    assert not ErasedKey.objects.exists()
    assert not ErasureRequest.objects.standing().exists()


def test_the_answer_tells_the_day_as_it_was_here(cast, mina, request_of):
    late = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)  # half past midnight
    row = request_of(mina, asked_at=late)
    cast.coordinator.post(to_decide(row), REFUSE)
    assert "2 jun 2026" in Message.objects.get().text


def test_erasing_in_part_leaves_the_rest(cast, mina, request_of):
    role = Role.objects.get(person=mina)
    ContactFactory(person=mina, organisation=role.organisation)
    row = request_of(mina)
    said = {**REFUSE, "outcome": "partly", "parts": ["contacts", "sign_in"]}
    assert cast.coordinator.post(to_decide(row), said).status_code == 302
    mina.refresh_from_db()
    assert mina.account is None
    assert mina.roles.exists()
    assert not mina.contacts.exists()
    row.refresh_from_db()
    assert row.decision.parts == ["contacts", "sign_in"]


def test_what_was_asked_for_is_erased_and_no_more(cast, mina, request_of):
    row = request_of(mina, parts=["roles"])
    assert cast.coordinator.post(to_decide(row), ERASE).status_code == 302
    mina.refresh_from_db()
    assert not mina.roles.exists()
    assert mina.mandates.exists()
    assert mina.account is not None


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {**ERASE, "reason": ""},
        {**ERASE, "ground": ""},
        {**ERASE, "ground": "office"},
        {**REFUSE, "ground": "not_needed"},
        {**REFUSE, "outcome": "partly"},
        {**REFUSE, "outcome": "partly", "parts": ["finns-inte"]},
        {**ERASE, "outcome": "something"},
        {**ERASE, "reason": "x" * 2001},
    ],
)
def test_what_can_t_be_taken_is_told_and_nothing_is_done(cast, mina, request_of, typed):
    row = request_of(mina)
    assert cast.coordinator.post(to_decide(row), typed).status_code == 422
    assert Person.objects.filter(key="mina").exists()
    assert not ErasureDecision.objects.exists()


def test_a_second_decision_is_told_of_the_first(cast, admin, mina, request_of):
    row = request_of(mina)
    cast.coordinator.post(to_decide(row), REFUSE)
    assert admin.post(to_decide(row), ERASE).status_code == 409
    assert Person.objects.filter(key="mina").exists()
    assert ErasureDecision.objects.get().by == "person:karin"
    assert admin.get(to_decide(row)).status_code == 302


def test_a_withdrawn_request_is_not_decided(cast, mina, request_of):
    row = request_of(mina)
    cast.member.post("/mina-uppgifter/radering/aterkallande/")
    assert cast.coordinator.post(to_decide(row), ERASE).status_code == 409
    assert Person.objects.filter(key="mina").exists()


def test_the_last_administrator_is_not_erased_without_a_successor(cast, admin, request_of):
    """Adam keeps the installation running for Karin's organisation, so that her side decides."""
    person = Person.objects.get(key="adam")
    Mandate.objects.filter(person=person).update(
        organisation=Organisation.objects.get(key="foreningen")
    )
    row = request_of(person)
    assert cast.coordinator.post(to_decide(row), ERASE).status_code == 409
    assert Person.objects.filter(key="adam").exists()
    assert not ErasureDecision.objects.exists()
    assert not Message.objects.exists()
    administrator("bea")
    assert cast.coordinator.post(to_decide(row), ERASE).status_code == 302
    assert not Person.objects.filter(key="adam").exists()


@pytest.mark.parametrize("part", ["mandates", "sign_in"])
def test_the_last_administrator_keeps_what_it_takes(cast, mina, request_of, part):
    """Without the mandate or the account nobody would keep the installation running."""
    Mandate.objects.filter(person=mina).update(extent="administer", end="..")
    row = request_of(mina, parts=[part])
    assert cast.coordinator.post(to_decide(row), ERASE).status_code == 409
    mina.refresh_from_db()
    assert mina.account is not None
    assert mina.mandates.exists()
    administrator("bea")
    assert cast.coordinator.post(to_decide(row), ERASE).status_code == 302


def test_one_who_administers_for_a_while_or_can_t_sign_in_is_no_successor(cast, mina, request_of):
    Mandate.objects.filter(person=mina).update(extent="administer", end="..")
    administrator("bea")
    User.objects.filter(email="bea@example.org").update(is_active=False)
    assert cast.coordinator.post(to_decide(request_of(mina)), ERASE).status_code == 409


def test_a_decision_is_not_undone(cast, mina, request_of):
    cast.coordinator.post(to_decide(request_of(mina)), REFUSE)
    for noted in Activity.objects.filter(subject__startswith="erasure"):
        with pytest.raises(Refused):
            undo(noted, Actor("person:karin"))
    assert ErasureDecision.objects.exists()


def test_an_account_that_is_nobody_in_the_register_is_erased_by_an_administrator(admin, client):
    user = User.objects.create_user("ny@example.org")
    client.force_login(user)
    client.post("/mina-uppgifter/radering/", {"what": "all"})
    row = ErasureRequest.objects.get()
    assert admin.post(to_decide(row), ERASE).status_code == 302
    assert not User.objects.filter(pk=user.pk).exists()


def test_two_requests_about_one_person_are_settled_together(cast, mina, request_of):
    first, second = request_of(mina), request_of(mina, email="annan@example.org")
    cast.coordinator.post(to_decide(first), ERASE)
    second.refresh_from_db()
    assert not second.is_standing
    assert (second.email, second.person) == ("", None)


class TestNamesInTexts:
    @pytest.fixture
    def eva(self, cast, request_of):
        it = Organisation.objects.get(key="foreningen")
        person = PersonFactory(key="eva", name="Eva Hallström")
        RoleFactory(person=person, organisation=it)
        return person

    def test_the_name_is_covered_where_it_stands(self, cast, eva, request_of):
        it = Source.objects.create(key="S2", title="Tal av Eva Hallström vid årsmötet")
        row = request_of(eva, email="eva@example.org")
        (mention,) = cast.coordinator.get(to_decide(row)).context["mentions"]
        assert "Tal av Eva Hallström" in mention.excerpt
        cast.coordinator.post(to_decide(row), ERASE)
        it.refresh_from_db()
        assert it.title in {"Tal av [erased] vid årsmötet", "Tal av [raderat] vid årsmötet"}

    def test_a_text_may_be_left(self, cast, eva, request_of):
        it = Source.objects.create(key="S2", title="Tal av Eva Hallström")
        row = request_of(eva, email="eva@example.org")
        (mention,) = cast.coordinator.get(to_decide(row)).context["mentions"]
        cast.coordinator.post(to_decide(row), {**ERASE, "leave": [mention.id]})
        it.refresh_from_db()
        assert it.title == "Tal av Eva Hallström"

    def test_where_others_have_the_name_the_texts_are_marked_to_be_left(
        self, cast, eva, request_of
    ):
        PersonFactory(key="eva-2", name="Eva Hallström")
        Source.objects.create(key="S2", title="Tal av Eva Hallström")
        row = request_of(eva, email="eva@example.org")
        form = cast.coordinator.get(to_decide(row)).context["form"]
        assert form.initial["leave"] == [value for value, _word in form.fields["leave"].choices]
        cast.coordinator.post(to_decide(row), ERASE)  # none of them is left
        assert not Source.objects.filter(title__contains="Eva").exists()
        assert Person.objects.get(key="eva-2").name == "Eva Hallström"

    def test_what_nobody_looked_at_is_then_left_too(self, cast, eva, request_of):
        PersonFactory(key="eva-2", name="Eva Hallström")
        row = request_of(eva, email="eva@example.org")
        actor = Actor("person:karin")
        seen = mentions_of(row, viewer_of("karin"))
        Source.objects.create(key="S2", title="Tal av Eva Hallström")
        decide(row, judgement(row, ERASE | {"parts": []}, seen), actor, timezone.now())
        assert Source.objects.get().title == "Tal av Eva Hallström"

    def test_another_word_that_begins_the_same_stays(self, cast, eva, request_of):
        it = Source.objects.create(key="S2", title="Eva Hallströms minnesfond")
        row = request_of(eva, email="eva@example.org")
        assert not cast.coordinator.get(to_decide(row)).context["mentions"]
        cast.coordinator.post(to_decide(row), ERASE)
        it.refresh_from_db()
        assert it.title == "Eva Hallströms minnesfond"


def test_who_decides_sees_first_what_was_asked_for_and_of_whom(cast, mina, request_of):
    row = request_of(mina)
    ErasureRequest.objects.filter(pk=row.pk).update(parts=["mails"])
    for path in (page(row), to_decide(row)):
        answer = cast.coordinator.get(path)
        assert answer.context["wanted"] == ["Mejl till dig"]
        assert "”du” betyder där Mina" in answer.content.decode()
    ErasureRequest.objects.filter(pk=row.pk).update(parts=[])
    answer = cast.coordinator.get(page(row))
    assert answer.context["wanted"] == []
    assert "<dd>allt" in answer.content.decode()
