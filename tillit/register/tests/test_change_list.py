"""What has been changed of an organisation, in words, and taking the last of it back."""

import csv
import io

import pytest
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import override
from openpyxl import load_workbook

from tillit.kit import messages
from tillit.kit.changes import Actor, change, create, remove, together, undo
from tillit.kit.models import Activity, Row, Verb
from tillit.kit.personal.relatives import rows_of_all
from tillit.kit.refusal import Refused
from tillit.register.models import Address, Organisation, Place, Role
from tillit.register.telling import label_of
from tillit.register.tests.factories import (
    AddressFactory,
    IdentifierFactory,
    MandateFactory,
    MembershipFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    PresenceFactory,
    RoleFactory,
    TopicFactory,
    UnitFactory,
)
from tillit.register.tests.filling import fill, page, tree

pytestmark = pytest.mark.django_db
PAGE = "/organisationer/foreningen/andringar/"
MINA = Actor("person:mina", "organisation:foreningen")
NAMED = (Row, Place)  # what a change names by a name
SUBJECT = Activity._meta.get_field("subject").max_length
KARIN = Actor("person:karin", "organisation:paraplyet")


@pytest.fixture
def foreningen(cast):
    return Organisation.objects.get(key="foreningen")


@pytest.fixture
def moved(foreningen):
    row = AddressFactory(organisation=foreningen, town="Lund")
    change(row, {"town": "Eslöv"}, MINA, "ny lokal")
    return row


def words(client, url=PAGE):
    found = tree(client.get(url))
    main = next(it for it in found.iter("main"))
    return " ".join(" ".join(main.itertext()).replace("\xad", "").split())


def links(client, url=PAGE):
    return [it.get("href") for it in page(client, url).iter("a") if it.get("href")]


def undo_url(noted):
    return f"{PAGE}{noted.pk}/angrande/"


def test_a_change_is_told_from_what_to_what_and_why(cast, moved):
    text = words(cast.anonymous)
    assert "Lund → is Eslöv" in text or "Lund → är Eslöv" in text
    assert "ny lokal" in text


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("anonymous", False),
        ("outsider", False),
        ("official", False),
        ("member", True),
        ("coordinator", True),
    ],
)
def test_who_did_it_is_told_inside_and_on_whose_behalf_outside(cast, moved, role, told):
    text = words(getattr(cast, role))
    assert ("Mina" in text) is told
    assert "Foreningen" in text


def test_whoever_acts_for_the_actor_s_organisation_sees_who_it_was(cast, foreningen):
    kaj = PersonFactory(key="kaj", name="Kaj Ek")
    RoleFactory(person=kaj, organisation=Organisation.objects.get(key="regionen"))
    actor = Actor("person:kaj", "organisation:regionen")
    create(Address(organisation=foreningen, kind="postal", town="Lund"), actor)
    assert "Kaj Ek" in words(cast.official)
    assert "Kaj Ek" not in words(cast.outsider)


def test_whoever_has_been_erased_is_nobody(cast, foreningen):
    create(Address(organisation=foreningen, kind="postal", town="Lund"), Actor("person:-erased"))
    assert "erased" not in words(cast.member)


def test_what_a_load_wrote_says_so_and_is_not_undone(cast, moved):
    Activity.objects.update(actor="command:load", behalf="", reason="skane")
    assert "Mina" not in words(cast.member)
    assert "skane" not in words(cast.member)  # the name of the files is nobody's reason
    noted = Activity.objects.get()
    assert undo_url(noted) not in links(cast.member)
    assert cast.member.post(undo_url(noted)).status_code == 409


@pytest.mark.parametrize("role", ["anonymous", "outsider"])
def test_what_is_for_the_organisation_alone_is_told_there_alone(cast, foreningen, role):
    gone = create(Address(organisation=foreningen, kind="postal", town="Hemma hos mig"), MINA)
    remove(gone, MINA, "privat")
    assert "Hemma hos mig" not in words(getattr(cast, role))
    assert "Hemma hos mig" in words(cast.member)


def test_what_was_told_disappears_with_the_protection(cast, moved, foreningen):
    foreningen.protect(MINA, "")
    for client in (cast.anonymous, cast.coordinator):
        assert "Eslöv" not in words(client)
    assert "Eslöv" in words(cast.member)


def test_values_are_told_in_words(cast, foreningen):
    person = PersonFactory(key="asa", name="Åsa Öberg")
    unit = UnitFactory(organisation=foreningen, name="Valberedningen")
    row = create(
        Role(organisation=foreningen, person=person, kind="chair", start="2024-05", share="0.5"),
        MINA,
    )
    change(row, {"unit": unit, "kind": "vice_chair"}, MINA)
    foreningen.topics.add(topic := TopicFactory(key="k", name="Kultur"))
    change(foreningen, {"topics": [], "protected": False, "form": "association"}, MINA)
    text = words(cast.member)
    for said in ("Åsa Öberg", "Valberedningen", "maj 2024", str(topic)):
        assert said in text
    for raw in ("vice_chair", "2024-05 ", "association", unit.key, "None", "[]"):
        assert raw not in text


def test_what_is_gone_is_told_by_what_it_was(cast, foreningen):
    remove(IdentifierFactory(organisation=foreningen, value="802435-6498"), MINA)
    assert "802435-6498" in words(cast.member)


def test_what_people_write_is_text_and_nothing_else(cast, foreningen):
    row = AddressFactory(organisation=foreningen)
    change(row, {"street": "<script>1</script>"}, MINA, "<b>fet</b>")
    text = cast.anonymous.get(PAGE).content.decode()
    assert "<script>1" not in text
    assert "<b>fet" not in text


@pytest.mark.parametrize("model", rows_of_all(), ids=lambda model: model.noun)
def test_no_change_is_told_by_a_column_s_name_or_by_a_key(model):
    """What is told has a Swedish word, and is text that people wrote, or a row with a name."""
    catalog = messages.read(settings.LOCALE_PATHS[0] / "sv" / "LC_MESSAGES" / "django.po")
    swedish = {capfirst(str(it.string)) for it in catalog if it.id}
    columns = [*model._meta.concrete_fields, *model._meta.many_to_many]
    with override("sv"):
        told = {it: label for it in columns if (label := label_of(model, it.name))}
    assert set(told.values()) <= swedish
    assert not [it for it in told if it.is_relation and not issubclass(it.related_model, NAMED)]
    assert not [it for it in told if it.max_length == SUBJECT and not it.choices]


def test_whoever_applied_by_a_link_had_not_signed_in(cast, foreningen):
    actor = Actor("application:abc")
    create(Address(organisation=foreningen, kind="postal", town="Lund"), actor)
    with override("sv"):
        assert "Den som ansökte, utan att vara inloggad" in words(cast.member)


def test_what_is_done_is_said_rightly_of_every_noun(cast, foreningen):
    create(MandateFactory.build(organisation=foreningen, person=PersonFactory(name="Åsa")), MINA)
    assert "Lagt till uppdrag: Åsa" in words(cast.member)


# Files and pages


def test_the_files_tell_the_same(cast, moved):
    response = cast.member.get("/organisationer/foreningen/andringar.csv")
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert "Lund → Eslöv" in rows[1][4]
    assert rows[1][2] == "Mina"
    response = cast.anonymous.get("/organisationer/foreningen/andringar.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response))).active
    assert sheet["C2"].value != "Mina"
    assert sheet["F2"].value == "ny lokal"


def test_the_latest_comes_first_a_page_at_a_time(cast, foreningen):
    row = AddressFactory(organisation=foreningen)
    for number in range(35):
        change(row, {"town": f"Ort {number}"}, MINA)
    shown = words(cast.anonymous)
    assert "Ort 34" in shown
    assert "Ort 3 " not in shown
    following = next(it for it in links(cast.anonymous) if "after=" in it)
    assert "Ort 3 " in words(cast.anonymous, f"{PAGE}{following}")


@pytest.mark.parametrize("role", ["anonymous", "outsider", "member", "coordinator"])
def test_it_asks_the_database_at_most_twelve_times(cast, foreningen, most_queries, role):
    it = {"organisation": foreningen}
    rows = [
        NameFactory(kind="alias", **it),
        IdentifierFactory(**it),
        AddressFactory(**it),
        PresenceFactory(**it),
        UnitFactory(**it),
        RoleFactory(**it),
        MembershipFactory(member=foreningen, umbrella=OrganisationFactory()),
    ]
    for row in rows:
        change(row, {"start": "2001"}, MINA)
    change(foreningen, {"topics": [TopicFactory()]}, KARIN)
    for _number in range(8):
        with together(KARIN) as it:
            for row in rows[:6]:
                it.change(row, {"end": f"20{_number + 10}"})
    client = getattr(cast, role)
    client.get("/organisationer/")
    with most_queries():
        assert client.get(PAGE).status_code == 200


def test_an_empty_list_says_so(cast):
    OrganisationFactory(key="tyst")
    assert 'class="empty"' in cast.anonymous.get("/organisationer/tyst/andringar/").content.decode()


@pytest.mark.parametrize("query", ["?after=nonsense", "?after=WyJuIiwiYSIsImIiXQ"])
def test_a_broken_link_gets_words(cast, moved, query):
    assert cast.anonymous.get(f"{PAGE}{query}").status_code == 400


# Undoing


@pytest.mark.parametrize("role", ["member", "coordinator"])
def test_the_last_change_is_undone_after_one_has_seen_it(cast, moved, role):
    client, noted = getattr(cast, role), Activity.objects.get()
    assert undo_url(noted) in links(client)
    assert "Eslöv" in words(client, undo_url(noted))
    assert cast.member.get(undo_url(noted)).status_code == 200
    assert Address.objects.get().town == "Eslöv"  # looking changes nothing
    assert client.post(undo_url(noted)).url == PAGE
    assert Address.objects.get().town == "Lund"


def test_undoing_is_undone(cast, moved):
    cast.member.post(undo_url(Activity.objects.get()))
    last = Activity.objects.latest("pk")
    assert undo_url(last) in links(cast.member)
    cast.member.post(undo_url(last))
    assert Address.objects.get().town == "Eslöv"


def test_the_way_to_undo_stands_in_what_is_said_of_a_change(cast, foreningen):
    url = "/organisationer/foreningen/redigera/adress/ny/"
    response = fill(cast.member, url, town="Lund")
    noted = Activity.objects.get()
    assert undo_url(noted) in links(cast.member, response.url)


def test_only_the_last_is_offered_and_undone(cast, moved):
    first = Activity.objects.get()
    change(moved, {"town": "Hörby"}, KARIN)
    assert undo_url(first) not in links(cast.member)
    assert undo_url(Activity.objects.latest("pk")) in links(cast.member)
    assert cast.member.post(undo_url(first)).status_code == 409
    assert Address.objects.get().town == "Hörby"


def test_what_was_done_together_is_offered_once(cast, foreningen):
    row = AddressFactory(organisation=foreningen)
    with together(MINA) as it:
        it.change(row, {"end": "2020"})
        it.create(Address(organisation=foreningen, kind="postal", town="Eslöv"))
    found = [it for it in links(cast.member) if "angrande" in it]
    assert found == [undo_url(it.first)]
    change(Address.objects.get(town="Eslöv"), {"town": "Hörby"}, MINA)
    assert undo_url(it.first) not in links(cast.member)


@pytest.mark.parametrize("role", ["official", "outsider", "anonymous"])
def test_others_don_t_undo(cast, moved, role):
    client, noted = getattr(cast, role), Activity.objects.get()
    assert undo_url(noted) not in links(client)
    assert client.get(undo_url(noted)).status_code == (302 if role == "anonymous" else 403)
    assert client.post(undo_url(noted)).status_code == 403
    assert Address.objects.get().town == "Eslöv"


def test_who_acts_for_the_organisation_is_not_undone_here(cast, foreningen):
    mandate = MandateFactory(organisation=foreningen, person=PersonFactory(key="x"))
    noted = change(mandate, {"extent": "read"}, KARIN)
    assert undo_url(noted) not in links(cast.member)
    assert cast.member.post(undo_url(noted)).status_code == 409
    mandate.refresh_from_db()
    assert mandate.extent == "read"


def test_a_change_of_another_organisation_is_not_undone_from_here(cast, foreningen):
    noted = change(AddressFactory(), {"town": "Ystad"}, MINA)
    assert cast.member.post(undo_url(noted)).status_code == 404
    assert cast.member.post(f"{PAGE}999999/angrande/").status_code == 404


def test_a_change_of_long_ago_without_values_is_told_and_not_undone(cast, moved):
    Activity.objects.update(changes={}, reason="", verb=Verb.CHANGED)
    noted = Activity.objects.get()
    assert undo_url(noted) not in links(cast.member)
    with pytest.raises(Refused):
        undo(noted, MINA)
