"""An organisation joins an agreement and leaves it: deeds with who, when and why."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tillit.agreements.models import Adherence, Agreement
from tillit.agreements.tests.acting import acts_for
from tillit.agreements.tests.factories import AdherenceFactory
from tillit.kit.changes import Actor, undo
from tillit.kit.models import Activity
from tillit.register.models import Organisation
from tillit.register.tests.factories import NameFactory, OrganisationFactory
from tillit.register.tests.filling import fill

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/anslutna/"
NEW = f"{URL}ny/"


def test_an_organisation_joins_by_its_own_editor_and_it_is_noted_who_and_why(cast, skane):
    response = fill(cast.member, NEW, start="2026-02-01", reason="Styrelsen beslutade")
    assert response.status_code == 302
    row = Adherence.objects.get()
    assert (row.organisation.key, row.start) == ("foreningen", "2026-02-01")
    noted = Activity.objects.get(subject=row.subject)
    assert (noted.actor, noted.behalf) == ("person:mina", "organisation:foreningen")
    assert noted.reason == "Styrelsen beslutade"
    assert noted.about == skane.subject
    undo(noted, Actor("person:mina"))
    assert not Adherence.objects.exists()


def test_a_party_enters_what_came_on_paper_for_its_own_side_alone(cast, skane):
    other = OrganisationFactory(key="kommunen", name="Kommunen", sector="public")
    acts_for("natverket")
    page = cast.member.get(NEW, {"q": "forening"}).content.decode()
    assert "?som=foreningen" in page
    assert "?som=kommunen" not in cast.member.get(NEW, {"q": "kommun"}).content.decode()
    assert cast.member.get(NEW, {"som": other.key}).status_code == 403
    assert fill(cast.member, f"{NEW}?som=foreningen", start="2014-12").status_code == 302
    acts_for("region-skane")
    assert cast.member.get(NEW, {"som": "foreningen"}).status_code == 403
    assert fill(cast.member, f"{NEW}?som=kommunen", start="2016").status_code == 302
    assert Adherence.objects.count() == 2


def test_outsiders_and_the_anonymous_are_refused(cast, skane):
    row = AdherenceFactory(agreement=skane)
    for url in (NEW, f"{NEW}?som=foreningen", f"{URL}{row.local_key}/uttrade/"):
        assert cast.outsider.get(url).status_code == 403
        assert cast.outsider.post(url, {"start": "2026"}).status_code == 403
        assert cast.anonymous.get(url).status_code == 302
        assert cast.member.put(url).status_code == 405


def test_bad_input_keeps_what_was_typed_and_gets_words(cast, skane):
    for typed in ({"start": "i går"}, {"start": ""}, {"start": "2009-01-01"}):
        response = fill(cast.member, NEW, **typed, reason="Skälet")
        assert response.status_code == 422
        assert "Skälet" in response.content.decode()
    assert not Adherence.objects.exists()
    assert cast.member.get(f"{NEW}?som=finns-inte").status_code == 404


def test_nobody_joins_twice_at_a_time_but_again_after_leaving(cast, skane):
    it = Organisation.objects.get(key="foreningen")
    row = AdherenceFactory(agreement=skane, organisation=it, start="2015-01-01")
    response = fill(cast.member, NEW, start="2016-01-01")
    assert response.status_code == 422
    assert "är redan ansluten" in response.content.decode()
    assert fill(cast.member, f"{URL}{row.local_key}/uttrade/", end="2017-12-31").status_code == 302
    assert fill(cast.member, NEW, start="2018-01-01").status_code == 302


def test_it_leaves_with_a_last_day_and_a_reason_and_only_once(cast, skane):
    it = Organisation.objects.get(key="foreningen")
    row = AdherenceFactory(agreement=skane, organisation=it)
    url = f"{URL}{row.local_key}/uttrade/"
    assert fill(cast.member, url, end="2014-01-01").status_code == 422
    assert fill(cast.member, url, end="2026-06-30", reason="Läggs ned").status_code == 302
    row.refresh_from_db()
    assert row.end == "2026-06-30"
    assert Activity.objects.get(subject=row.subject).reason == "Läggs ned"
    assert cast.member.get(url).status_code == 409


def test_who_enters_that_another_left_says_how_they_know(cast, skane):
    row = AdherenceFactory(agreement=skane)
    acts_for("natverket")
    url = f"{URL}{row.local_key}/uttrade/"
    assert fill(cast.member, url, end="2026-06-30").status_code == 422
    assert fill(cast.member, url, end="2026-06-30", reason="Brev").status_code == 302


def test_of_120_three_withdraw_and_one_renames_and_the_list_is_right_for_every_day(client, skane):
    rows = []
    for number in range(120):
        it = OrganisationFactory(name=f"Förening {number:03}", named=True)
        last = number == 7
        names = [("", "2016-05-31"), ("2016-06-01", "..")] if last else [("", "..")]
        for place, (start, end) in enumerate(names):
            name = "Nya namnet" if place else f"Förening {number:03}"
            NameFactory(organisation=it, name=name, start=start, end=end)
        rows.append(AdherenceFactory(agreement=skane, organisation=it, start="2015-01-01"))
    left = {3: "2015-12-31", 40: "2016-02-29", 90: "2016-12-31"}
    for number, end in left.items():
        Adherence.objects.filter(pk=rows[number].pk).update(
            end=end, certain_until=end, possible_until=end
        )

    def on(day):
        found = client.get(f"{URL[:-1]}.csv", {"on": f"{day}"}).getvalue().decode()
        return {line.split(";")[0] for line in found.splitlines()[1:]}

    turning = [date(2015, 1, 1), date(2016, 6, 1), *map(date.fromisoformat, left.values())]
    for day in sorted({it + timedelta(near) for it in turning for near in (-1, 0, 1)}):
        expected = {
            "Nya namnet" if number == 7 and day >= date(2016, 6, 1) else f"Förening {number:03}"
            for number in range(120)
            if day >= date(2015, 1, 1) and day <= date.fromisoformat(left.get(number, "9999-12-31"))
        }
        assert on(day) == expected, day


spans = st.tuples(st.integers(0, 400), st.integers(0, 200))


@given(st.lists(spans, max_size=8), st.integers(0, 700))
def test_of_those_that_are_let_in_an_organisation_has_never_joined_twice_on_a_day(several, day):
    agreement = Agreement(key="a", title="A", level="local")
    it, first, kept = Organisation(key="o", name="O", sector="civil"), date(2015, 1, 1), []
    for number, (start, length) in enumerate(several, 1):
        days = (first + timedelta(start), first + timedelta(start + length))
        row = Adherence(pk=number, agreement=agreement, organisation=it)
        row.start, row.end = map(str, days)
        for name in ("possible_from", "certain_from", "certain_until", "possible_until"):
            setattr(row, name, getattr(row.period, name))
        try:
            row.refuse_overlap_with(kept)
        except ValidationError:
            assert any(row.period.surely_overlaps(other.period) for other in kept)
            continue
        kept.append(row)
    asked = first + timedelta(day)
    assert sum(row.certain_from <= asked <= row.certain_until for row in kept) <= 1


def test_a_party_has_no_need_to_join(cast, skane):
    acts_for("region-skane")
    assert f"{NEW}?som=region-skane" not in cast.member.get(URL).content.decode()
    assert cast.member.get(NEW, {"som": "region-skane"}).status_code == 409
    assert cast.member.post(f"{NEW}?som=region-skane", {"start": "2026"}).status_code == 409
    assert not Adherence.objects.exists()
