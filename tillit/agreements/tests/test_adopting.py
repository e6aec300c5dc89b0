"""Each party adopts a version for itself; when all have, it is what is agreed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tillit.agreements.models import Adoption, AdoptionWithdrawal, Party, Section, Version
from tillit.agreements.tests.acting import acts_for, both_lead
from tillit.agreements.tests.consulted import invited, open_now, prepared
from tillit.agreements.tests.factories import AdoptionFactory, CommitmentFactory, PartyFactory
from tillit.kit.changes import Actor, change
from tillit.kit.circles import PUBLIC
from tillit.kit.days import today
from tillit.kit.models import Activity
from tillit.register.tests.factories import OrganisationFactory, UnitFactory
from tillit.register.tests.filling import fill, opened

pytestmark = pytest.mark.django_db
PAGE = "/overenskommelser/skane/versioner/2027/"
URL = f"{PAGE}antagande/"
SAID = {"kind": "adopted", "dated": "2026-11-01", "case_number": "RUN 2026-117"}


@pytest.fixture
def acting(cast, draft):
    both_lead()


def stage():
    return Version.objects.get(key="skane.2027").stage


@pytest.mark.usefixtures("acting")
def test_it_is_agreed_when_both_sides_have_adopted_it_and_the_one_before_ends(cast):
    assert "in_force_from" not in opened(cast.member, URL)
    assert fill(cast.member, URL, **SAID).status_code == 302
    assert stage() == "draft"
    assert Version.objects.get(key="skane.2027").circle == "agreement:skane"
    text = cast.official.get(PAGE).content.decode().replace("\xad", "")
    assert "Har antagit den" in text
    assert "Inte än" in text
    answer = fill(cast.official, URL, **SAID, in_force_from="2027-01-01")
    assert answer.status_code == 302
    it, former = (Version.objects.get(key=f"skane.{key}") for key in ("2027", "2021"))
    assert (it.stage, it.start, former.end) == ("adopted", "2027-01-01", "2026-12-31")
    assert {*Section.objects.filter(version=it).values_list("circle", flat=True)} == {PUBLIC}
    found = Adoption.objects.filter(version=it)
    assert {row.organisation.key for row in found} == {"natverket", "region-skane"}
    assert cast.anonymous.get(PAGE).status_code == 200


@pytest.mark.usefixtures("acting")
def test_the_last_one_says_from_which_day(cast):
    fill(cast.member, URL, **SAID)
    answer = fill(cast.official, URL, **SAID)
    assert answer.status_code == 422
    assert "Säg från vilken dag" in answer.content.decode()
    assert stage() == "draft"
    assert Adoption.objects.filter(version__key="skane.2027").count() == 1


@pytest.mark.usefixtures("acting")
def test_who_did_not_know_to_be_the_last_is_asked_for_the_day_and_keeps_what_was_typed(cast):
    typed = opened(cast.official, URL) | SAID
    fill(cast.member, URL, **SAID)
    answer = cast.official.post(URL, typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'name="in_force_from"' in text
    assert "RUN 2026-117" in text
    assert stage() == "draft"


@pytest.mark.usefixtures("acting")
def test_it_never_comes_before_the_version_that_it_follows_or_its_agreement(cast):
    fill(cast.member, URL, **SAID)
    for day in ("2021-02-01", "2009-01-01"):
        answer = fill(cast.official, URL, **SAID, in_force_from=day)
        assert answer.status_code == 422, day
    assert stage() == "draft"
    assert Version.objects.get(key="skane.2021").end == ".."


@pytest.mark.usefixtures("acting")
def test_a_third_party_is_waited_for(cast, skane):
    PartyFactory(agreement=skane, side="public", organisation__key="kommunerna")
    fill(cast.member, URL, **SAID)
    fill(cast.official, URL, **SAID)
    assert stage() == "draft"
    assert Adoption.objects.filter(version__key="skane.2027").count() == 2


@pytest.mark.usefixtures("acting")
def test_when_the_party_that_was_waited_for_is_party_no_more_another_says_the_day(cast, skane):
    third = PartyFactory(agreement=skane, side="public", organisation__key="kommunerna")
    fill(cast.member, URL, **SAID)
    fill(cast.official, URL, **SAID)
    assert fill(cast.member, URL, **SAID).status_code == 422
    third.end = str(today() - timedelta(days=1))
    third.save()
    assert fill(cast.member, URL, **SAID).status_code == 422
    assert fill(cast.member, URL, **SAID, in_force_from="2027-01-01").status_code == 302
    assert stage() == "adopted"
    assert Adoption.objects.filter(version__key="skane.2027").count() == 2


@pytest.mark.usefixtures("acting")
def test_to_decide_to_begin_or_to_sign_is_no_adoption(cast):
    fill(cast.member, URL, **SAID)
    fill(cast.official, URL, **(SAID | {"kind": "begun"}))
    fill(cast.official, URL, **(SAID | {"kind": "signed"}))
    assert stage() == "draft"


@pytest.mark.usefixtures("acting")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"dated": ""}, "Fyll i"),
        ({"dated": "i går"}, "2024-05-17"),
        ({"dated": str(today() + timedelta(days=40))}, "Dagen ligger framåt"),
        ({"kind": "stamped"}, "stamped"),
    ],
)
def test_bad_input_gets_words(cast, typed, said):
    answer = fill(cast.member, URL, **(SAID | typed))
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.usefixtures("acting")
def test_nobody_says_it_twice_and_a_unit_of_ones_own_may_have_decided(cast):
    own = UnitFactory(key="natverket.styrelsen", organisation__key="annan")
    answer = cast.member.post(URL, SAID | {"unit": own.key})
    assert answer.status_code == 422
    fill(cast.member, URL, **SAID)
    answer = fill(cast.member, URL, **SAID)
    assert answer.status_code == 422
    assert Adoption.objects.filter(version__key="skane.2027").count() == 1


@pytest.mark.usefixtures("acting")
def test_who_adopts_what_is_asked_about_still_or_promises_nothing_is_told(cast, draft):
    draft.commitments.all().delete()
    text = cast.member.get(URL).content.decode()
    assert "Idéburen sektor lovar inget i den." in text
    CommitmentFactory(version=draft, side="civil", number=1)
    consultation = prepared(draft)
    invited(consultation, "asken")
    open_now(consultation)
    text = cast.member.get(URL).content.decode()
    assert "Idéburen sektor lovar inget i den." not in text
    assert "Offentlig sektor lovar inget i den." in text
    assert "Remissen är fortfarande öppen." in text


@pytest.mark.usefixtures("acting")
def test_an_editor_an_outsider_and_an_anonymous_bind_nobody(cast):
    acts_for("natverket", extent="edit")
    assert cast.member.get(URL).status_code == 403
    assert cast.member.post(URL, SAID).status_code == 403
    assert cast.outsider.post(URL, SAID).status_code == 404
    assert cast.anonymous.get(URL).status_code == 302
    assert cast.official.put(URL).status_code == 405
    assert not Adoption.objects.filter(version__key="skane.2027").exists()


@pytest.mark.usefixtures("acting")
class TestTakingBack:
    REASON = {"reason": "Det stod fel belopp i punkt 3."}

    @pytest.fixture
    def own(self, cast):
        fill(cast.member, URL, **SAID)
        return Adoption.objects.get(version__key="skane.2027")

    def test_it_is_told_with_its_reason_and_the_text_opens_again(self, cast, own):
        url = f"{URL}{own.key}/aterkallelse/"
        assert cast.member.get(f"{PAGE}redigera/").status_code == 409
        assert fill(cast.member, url, **self.REASON).status_code == 302
        assert AdoptionWithdrawal.objects.get().adoption == own
        text = cast.official.get(PAGE).content.decode().replace("\xad", "")
        assert self.REASON["reason"] in text
        assert cast.member.get(f"{PAGE}redigera/").status_code == 200
        assert cast.member.post(url, self.REASON).status_code == 404
        assert fill(cast.member, URL, **SAID).status_code == 302

    def test_only_ones_own_and_never_without_a_reason(self, cast, own):
        url = f"{URL}{own.key}/aterkallelse/"
        assert fill(cast.member, url, reason="").status_code == 422
        assert cast.official.post(url, self.REASON).status_code == 404
        assert cast.outsider.post(url, self.REASON).status_code == 404
        assert cast.anonymous.get(url).status_code == 302
        assert cast.member.put(url).status_code == 405
        assert not AdoptionWithdrawal.objects.exists()

    def test_not_when_all_have_adopted_it(self, cast, own):
        fill(cast.official, URL, **SAID, in_force_from="2027-01-01")
        answer = cast.member.post(f"{URL}{own.key}/aterkallelse/", self.REASON)
        assert answer.status_code == 409
        assert fill is not None
        assert not AdoptionWithdrawal.objects.exists()

    def test_it_is_not_undone_in_silence(self, cast, own):
        noted = Activity.objects.filter(subject=own.subject).get()
        url = f"/overenskommelser/skane/andringar/{noted.pk}/angra/"
        assert cast.member.post(url).status_code == 403
        assert Adoption.objects.filter(pk=own.pk).exists()


@pytest.mark.usefixtures("acting")
def test_the_desk_asks_the_one_who_has_not_and_tells_the_one_who_waits(cast, draft):
    words = "väntar på att"
    assert words not in cast.official.get("/skrivbord/").content.decode()
    fill(cast.member, URL, **SAID)
    text = cast.official.get("/skrivbord/").content.decode()
    assert words in text
    assert URL in text
    mine = cast.member.get("/skrivbord/").content.decode()
    assert "Väntar på att" in mine
    assert URL not in mine
    assert URL not in cast.outsider.get("/skrivbord/").content.decode()
    fill(cast.official, URL, **SAID, in_force_from="2027-01-01")
    assert words not in cast.official.get("/skrivbord/").content.decode()


@pytest.mark.usefixtures("acting")
def test_the_timeline_tells_what_was_taken_back(cast, skane):
    version = Version.objects.get(key="skane.2010")
    row = AdoptionFactory(version=version, kind="adopted", dated="2010-05-01")
    AdoptionWithdrawal.objects.create(
        key="x", adoption=row, dated="2010-05-09", reason="Fel underlag"
    )
    assert "Fel underlag" in cast.anonymous.get("/tidslinje/").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("knows", [True, False])
def test_two_who_adopt_at_once_make_it_agreed_once_and_only_with_a_day(cast, draft, knows):
    """Whoever comes last says the day; who was asked for none is asked then."""
    both_lead()
    pairs = [(it, opened(it, URL) | SAID) for it in (cast.member, cast.official)]

    def send(pair):
        client, values = pair
        more = {"in_force_from": "2027-01-01"} if knows else {}
        try:
            return client.post(URL, values | more).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(send, pairs))
    adopted = Adoption.objects.filter(version=draft).count()
    if knows:
        assert (found, adopted, stage()) == ([302, 302], 2, "adopted")
        assert Version.objects.get(key="skane.2021").end == "2026-12-31"
    else:
        assert (found, adopted, stage()) == ([302, 422], 1, "draft")


@pytest.mark.django_db(transaction=True)
def test_a_text_is_not_changed_while_somebody_adopts_it(cast, draft):
    """Either it is changed before, and adopted as it then is, or it stands."""
    both_lead()
    edit = f"{PAGE}delar/avsnitt/skane.2027.a/rattelse/"
    calls = [
        (cast.member, URL, opened(cast.member, URL) | SAID),
        (cast.official, edit, opened(cast.official, edit) | {"text": "Ändrad"}),
    ]

    def send(call):
        client, url, values = call
        try:
            return client.post(url, values).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        adopted, edited = pool.map(send, calls)
    assert adopted == 302
    text = Section.objects.get(key="skane.2027.a").text
    assert (edited, text) in {(302, "Ändrad"), (409, "Första")}
    if edited == 302:
        order = Activity.objects.filter(subject__in=["section:skane.2027.a"]).latest("pk")
        assert order.pk < Activity.objects.filter(subject__startswith="adoption:").latest("pk").pk


@pytest.mark.usefixtures("acting")
def test_an_agreement_that_was_for_the_parties_alone_is_everybodys_then(cast, draft):
    Version.objects.filter(agreement=draft.agreement).exclude(pk=draft.pk).delete()
    change(draft.agreement, {"private": True}, Actor("person:mina"))
    fill(cast.member, URL, **SAID)
    assert cast.anonymous.get(PAGE).status_code == 404
    assert fill(cast.official, URL, **SAID, in_force_from="2027-01-01").status_code == 302
    assert cast.anonymous.get(PAGE).status_code == 200
    assert cast.anonymous.get("/overenskommelser/skane/").status_code == 200


@pytest.mark.usefixtures("acting")
def test_when_a_party_ends_that_was_waited_for_the_others_are_asked_for_the_day(cast, draft):
    waited = PartyFactory(
        agreement=draft.agreement, side="public", organisation=OrganisationFactory()
    )
    fill(cast.member, URL, **SAID)
    fill(cast.official, URL, **SAID)
    assert "ingen har sagt från vilken dag" not in cast.member.get(PAGE).content.decode()
    Party.objects.filter(pk=waited.pk).update(possible_until=today() - timedelta(days=1))
    assert "ingen har sagt från vilken dag" in cast.member.get(PAGE).content.decode()
    for client in (cast.member, cast.official):
        assert "från vilken dag gäller den?" in client.get("/skrivbord/").content.decode()


@pytest.mark.usefixtures("acting")
def test_a_party_adopts_it_once_by_whichever_unit_and_signs_nothing_before(cast):
    answer = fill(cast.member, URL, **SAID | {"kind": "signed"})
    assert answer.status_code == 422
    assert "Säg först att ni har antagit den" in answer.content.decode()
    fill(cast.member, URL, **SAID)
    unit = UnitFactory(organisation=Party.objects.get(side="civil").organisation)
    assert fill(cast.member, URL, **SAID, unit=unit.key).status_code == 422
    assert Adoption.objects.filter(version__key="skane.2027").count() == 1
