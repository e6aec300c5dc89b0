"""It has changed, it was wrong, it has ended, it should never have been here: and all of it undone."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tillit.accounts.models import User
from tillit.kit.access import viewer_for
from tillit.kit.changes import Actor, together, undo, values_of
from tillit.kit.editing import deeds
from tillit.kit.editing.choices import Deed
from tillit.kit.models import Dated
from tillit.kit.search.tests.mended import wrong
from tillit.register.choices import (
    ELECTED,
    AddressKind,
    Form,
    Level,
    NameKind,
    PresenceKind,
    RoleKind,
    Scheme,
    UnitKind,
)
from tillit.register.forms.fact import Sitting
from tillit.register.forms.nouns import FORMS
from tillit.register.models import Address, Membership, Organisation, Person
from tillit.register.tests.factories import (
    AddressFactory,
    IdentifierFactory,
    MandateFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
    TopicFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
KARIN = Actor("person:karin", "organisation:paraplyet")
DAY = date(2026, 6, 15)


def changed(since, **row):
    """An address that has changed since a day, as it was and as it is."""
    former = AddressFactory(town="Lund", **row)
    later = deeds.copy_of(former)
    later.town, later.key = "Eslöv", "senare"
    with together(KARIN) as it:
        deeds.change(it, former, later, since, DAY)
    former.refresh_from_db()
    return former, Address.objects.get(key="senare")


@pytest.mark.parametrize(
    ("since", "ends", "begins"),
    [
        ("2024-05-17", "2024-05-16", "2024-05-17"),
        ("2024-01-01", "2023-12-31", "2024-01-01"),
        ("2024-05", "2024-05", "2024-05"),
        ("2024", "2024", "2024"),
        ("", "[..2026-06-15]", "[..2026-06-15]"),
    ],
)
def test_what_has_changed_ends_where_the_new_begins(since, ends, begins):
    former, later = changed(since, start="2010", street="Storgatan 1")
    assert (former.start, former.end, former.town) == ("2010", ends, "Lund")
    assert (later.start, later.end, later.town) == (begins, "", "Eslöv")
    assert later.street == "Storgatan 1"


def test_what_began_and_changed_in_one_year_did_not_hold_all_through_it():
    former, later = changed("2024", start="2024")
    assert former.end == "[2024-01-01..2024-12-31]"
    assert not former.period.surely_overlaps(later.period)


def test_what_is_new_is_known_to_hold_on_the_day_on_which_somebody_says_so():
    _former, later = changed("2024-05-17", start="2010")
    assert later.seen == DAY.isoformat()
    assert not later.is_assumed_on(DAY)


def test_what_will_begin_later_is_not_known_today():
    _former, later = changed("2026-07-01", start="2010")
    assert later.seen == ""


def test_what_was_seen_after_the_end_is_no_more_said():
    former, _later = changed("2024-05-17", start="2010", seen="2012/2026-01-01")
    assert former.seen == "2012-01-01/2024-05-16"


def test_the_new_one_ends_when_the_old_one_would_have():
    _former, later = changed("2024-05-17", start="2010", end="2027")
    assert later.end == "2027"


@pytest.mark.parametrize(
    ("row", "since"),
    [
        ({"start": "2024-05-17"}, "2024-05-17"),
        ({"start": "2024-05-17"}, "2024-05-01"),
        ({"start": "2024-05-17"}, "2023"),
        ({"start": "2010", "end": "2020"}, "2024"),
    ],
)
def test_it_can_t_change_when_it_does_not_hold(row, since):
    with pytest.raises(ValidationError) as refused:
        changed(since, **row)
    assert list(refused.value.message_dict) == ["start"]
    assert Address.objects.count() == 1


@pytest.mark.parametrize(("last", "end"), [("2024-05", "2024-05"), ("", "[..2026-06-15]")])
def test_what_has_ended_is_kept_for_its_time(last, end):
    row = AddressFactory(start="2010", seen="2026-06-01")
    with together(KARIN) as it:
        deeds.end(it, row, last, DAY)
    row.refresh_from_db()
    assert row.end == end
    assert not row.as_read.active_on(DAY + timedelta(days=1))


# Every noun and every deed, with whatever values


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


WORDS = st.text("abåäöÅÄÖ <>&\"'=é-ðł0189", min_size=1, max_size=30).filter(
    lambda text: any(letter.isalnum() for letter in text) and text.strip() == text
)
MAYBE = st.one_of(st.just(""), WORDS)
DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31)).map(str)
BOUNDS = st.one_of(st.just(""), DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
KEYS = {
    "unit": st.sampled_from(["", "it.styrelsen"]),
    "place": st.sampled_from(["1280", "SE", "12"]),
}


def of(choices, *more):
    return st.sampled_from([*choices.values, *more])


VALUES = {
    "organisation": {
        "description": MAYBE,
        "web": st.sampled_from(["", "example.org", "https://example.org/å"]),
        "form": of(Form, ""),
        "level": of(Level, ""),
        "topics": st.lists(st.sampled_from(["kultur", "unga"]), unique=True),
    },
    "name": {"name": WORDS, "kind": of(NameKind)},
    "identifier": {"scheme": of(Scheme), "value": WORDS},
    "address": {
        "kind": of(AddressKind),
        "street": MAYBE,
        "postcode": st.sampled_from(["", "21155", "211 55", "SE-1"]),
        "town": WORDS,
        "place": st.sampled_from(["1280", ""]),
    },
    "presence": {"kind": of(PresenceKind), "place": KEYS["place"]},
    "unit": {"name": WORDS, "kind": of(UnitKind), "parent": KEYS["unit"]},
    "role": {
        "person": st.just("maria"),
        "kind": of(RoleKind),
        "title": MAYBE,
        "unit": KEYS["unit"],
        "share": st.sampled_from(["", "80", "12,5", "100"]),
        "party": st.sampled_from(["", "C"]),
    },
    "person": {"name": WORDS},
}


@pytest.fixture
def viewer(db):
    """Somebody who edits an organisation that has one row of each noun."""
    for code in ("SE", "12", "1280"):
        PlaceFactory(code=code, kind={"SE": "country", "12": "county"}.get(code, "municipality"))
    it = OrganisationFactory(key="it", sector="public", start="2000", description="Först")
    it.topics.add(TopicFactory(key="kultur"), TopicFactory(key="unga"))
    UnitFactory(organisation=it, key="it.styrelsen")
    UnitFactory(organisation=it, key="it.unit", start="2001")
    IdentifierFactory(organisation=it, key="it.identifier", start="2001")
    AddressFactory(organisation=it, key="it.address", start="2001", seen="2020")
    PresenceFactory(organisation=it, key="it.presence", start="2001")
    NameFactory(organisation=it, key="it.name", kind="alias", start="2001", end="2025")
    person = PersonFactory(key="maria")
    RoleFactory(organisation=it, key="it.role", person=person, start="2001", share="0.8")
    user = User.objects.create_user("it@example.org")
    actor = PersonFactory(key="actor", account=user)
    MandateFactory(person=actor, organisation=it, extent="edit", start="2010", end="..")
    assert wrong() > 5  # rows of a test are written past it
    return viewer_for(user.pk)


def stored():
    """All that is known, but for what only the machinery knows. What is searched says the same."""
    assert wrong() == 0
    models = {form.model for form in FORMS} | {Membership}
    return {row.subject: values_of(row) for model in models for row in model.objects.all()}


def row_of(form):
    if form.model is Organisation:
        return Organisation.objects.get(key="it")
    if form.model is Person:
        return Person.objects.get(key="maria")
    return form.model.objects.get(key=f"it.{form.model.noun}")


@pytest.mark.parametrize(
    ("form", "deed"),
    [pytest.param(it, deed, id=f"{it.slug}-{deed}") for it in FORMS for deed in it.all_deeds],
)
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_done_can_be_undone_and_done_again(viewer, form, deed, data):
    typed = {
        name: data.draw(values, label=name) for name, values in VALUES[form.model.noun].items()
    }
    if typed.get("party") and typed["kind"] not in ELECTED:
        typed["party"] = ""
    typed |= {"start": data.draw(BOUNDS), "end": data.draw(BOUNDS), "reason": "därför"}
    with rolled_back():
        row = None if deed is Deed.ADD else row_of(form)
        before = stored()
        sitting = Sitting(Organisation.objects.get(key="it"), deed, viewer, DAY, row)
        filled = form(sitting, typed)
        if not filled.is_valid():
            assert set(filled.errors) <= {"start", "end"}, filled.errors
            return
        try:
            with together(KARIN, filled.reason) as it:
                filled.carry_out(it)
        except ValidationError:
            assert stored() == before  # a rule held it back, and left nothing behind
            return
        after = stored()
        if it.first is None:
            assert after == before
            return
        assert after != before
        undone = undo(it.first, KARIN)
        assert stored() == before
        undo(undone, KARIN)
        assert stored() == after


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.slug)
def test_what_a_form_holds_goes_into_it_again_unchanged(viewer, form):
    """As plain values, which are what is sealed, and what a proposal keeps."""
    row = row_of(form)
    sitting = Sitting(Organisation.objects.get(key="it"), Deed.CORRECT, viewer, DAY, row)
    held = form(sitting).now
    again = form(sitting, {**held, "reason": "därför"})
    assert again.is_valid(), again.errors
    typed = {name: value for name, value in again.typed.items() if name != "reason"}
    assert typed == {name: held[name] for name in typed}
    assert typed.keys() == again.names_written
    before = stored()
    with together(KARIN) as it:
        again.carry_out(it)
    assert it.first is None
    assert stored() == before


def test_every_noun_is_dated_or_is_told_to_be_none():
    undated = {form.slug for form in FORMS if not issubclass(form.model, Dated)}
    assert undated == {"person"}
