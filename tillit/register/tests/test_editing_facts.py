"""One fact: what has happened to it, and the form for that."""

import pytest
from django.utils.html import escape

from tillit.kit.changes import Actor
from tillit.kit.models import Activity, Citation, Source
from tillit.register.models import (
    Address,
    Identifier,
    Name,
    Organisation,
    Person,
    Presence,
    Role,
    Unit,
)
from tillit.register.tests.factories import (
    AddressFactory,
    IdentifierFactory,
    NameFactory,
    PlaceFactory,
    PresenceFactory,
    RoleFactory,
    TopicFactory,
    UnitFactory,
)
from tillit.register.tests.filling import fill, held, opened, page, the_form, tree

pytestmark = pytest.mark.django_db
EDIT = "/organisationer/foreningen/redigera/"
MINA = Actor("person:mina", "organisation:foreningen")
NEW = {
    "namn": {"name": "Framsteg", "kind": "short"},
    "nummer": {"scheme": "orgnr", "value": "802435-6498"},
    "adress": {"kind": "visiting", "street": "Nya gatan 2", "postcode": "21155", "town": "Malmö"},
    "plats": {"kind": "works_in", "place": "1280"},
    "enhet": {"name": "Östra nämnden", "kind": "committee"},
    "roll": {"person": "", "new_name": "Åsa Öberg", "kind": "chair"},
}
MODELS = {
    "namn": Name,
    "nummer": Identifier,
    "adress": Address,
    "plats": Presence,
    "enhet": Unit,
    "roll": Role,
}
DEEDS = ("andring", "rattelse", "slut", "borttagning")


@pytest.fixture
def foreningen(cast):
    PlaceFactory()
    return Organisation.objects.get(key="foreningen")


@pytest.fixture
def rows(foreningen):
    """One row of each noun, by the word of the address."""
    return {
        "namn": NameFactory(organisation=foreningen, kind="alias", start="2001"),
        "nummer": IdentifierFactory(organisation=foreningen, start="2001"),
        "adress": AddressFactory(organisation=foreningen, start="2001"),
        "plats": PresenceFactory(organisation=foreningen, start="2001"),
        "enhet": UnitFactory(organisation=foreningen, key="foreningen.enhet", start="2001"),
        "roll": RoleFactory(organisation=foreningen, start="2001"),
    }


def url(rows, noun, deed):
    return f"{EDIT}{noun}/{rows[noun].key}/{deed}/"


def flash(client, response):
    """What the next page says was done."""
    return client.get(response.url).content.decode()


# What can be added


@pytest.mark.parametrize("noun", NEW)
@pytest.mark.parametrize("role", ["coordinator", "member"])
def test_what_is_new_is_added(cast, foreningen, noun, role):
    client = getattr(cast, role)
    response = fill(client, f"{EDIT}{noun}/ny/", start="2024-05", **NEW[noun])
    assert response.status_code == 302
    assert response.url == f"{EDIT}#{noun}"
    row = MODELS[noun].objects.filter(organisation=foreningen).latest("pk")
    assert (row.start, row.end) == ("2024-05", "")
    assert row.seen  # somebody says today that it is so
    noted = Activity.objects.get(subject=row.subject)
    assert noted.behalf == {"coordinator": "organisation:paraplyet", "member": MINA.behalf}[role]
    assert f"/andringar/{(noted.part_of or noted).pk}/angrande/" in flash(client, response)


def test_a_postcode_is_written_as_all_write_it(cast, foreningen):
    fill(cast.member, f"{EDIT}adress/ny/", **NEW["adress"])
    assert Address.objects.get().postcode == "211 55"


def test_a_number_that_can_t_be_right_is_kept_and_warned_of(cast, foreningen):
    response = fill(cast.member, f"{EDIT}nummer/ny/", scheme="orgnr", value="802435–6499")
    row = Identifier.objects.get()
    assert row.value == "802435–6499"
    said = flash(cast.member, response)
    assert "notice--warn" in said
    assert escape(str(row.verdict.reason)) in said


def test_that_another_organisation_has_the_number_is_told(cast, foreningen):
    other = IdentifierFactory(value="8024356498").organisation
    response = fill(cast.member, f"{EDIT}nummer/ny/", **NEW["nummer"])
    assert other.name in flash(cast.member, response)


def test_a_unit_gets_a_key_of_its_name_and_a_page(cast, foreningen):
    fill(cast.member, f"{EDIT}enhet/ny/", **NEW["enhet"])
    fill(cast.member, f"{EDIT}enhet/ny/", name="Ostra nämnden", kind="board")
    assert set(Unit.objects.values_list("key", flat=True)) == {
        "foreningen.ostra-namnden",
        "foreningen.ostra-namnden-2",
    }
    assert (
        cast.anonymous.get("/organisationer/foreningen/enheter/ostra-namnden-2/").status_code == 200
    )


def test_a_person_who_has_a_role_here_is_chosen_and_others_are_not_offered(cast, foreningen):
    RoleFactory()  # of somebody elsewhere
    form = the_form(page(cast.member, f"{EDIT}roll/ny/"))
    select = next(it for it in form.iter("select") if it.get("name") == "person")
    assert [it.get("value") for it in select.iter("option")] == ["", "mina"]
    fill(cast.member, f"{EDIT}roll/ny/", person="mina", kind="chair", title="Ordförande")
    assert Person.objects.get(key="mina").roles.count() == 2


@pytest.mark.parametrize(
    "typed", [{"person": "", "new_name": ""}, {"person": "mina", "new_name": "Åsa"}]
)
def test_it_is_either_somebody_known_or_somebody_new(cast, foreningen, typed):
    response = fill(cast.member, f"{EDIT}roll/ny/", kind="chair", **typed)
    assert response.status_code == 422
    assert Role.objects.count() == 3


@pytest.mark.parametrize(("sector", "status"), [("public", 302), ("civil", 302)])
def test_a_party_is_asked_for_only_in_the_public_sector(cast, foreningen, sector, status):
    Organisation.objects.filter(pk=foreningen.pk).update(sector=sector)
    form = the_form(page(cast.member, f"{EDIT}roll/ny/"))
    asked = "party" in held(form)
    assert asked is (sector == "public")
    typed = {"person": "mina", "kind": "chair", "party": "C"}
    assert fill(cast.member, f"{EDIT}roll/ny/", **typed).status_code == status
    assert Role.objects.latest("pk").party == ("C" if asked else "")


def test_a_party_beside_an_employment_is_refused(cast, foreningen):
    Organisation.objects.filter(pk=foreningen.pk).update(sector="public")
    typed = {"person": "mina", "kind": "employee", "party": "C"}
    assert fill(cast.member, f"{EDIT}roll/ny/", **typed).status_code == 422


def test_sending_twice_adds_once(cast, foreningen):
    typed = opened(cast.member, f"{EDIT}roll/ny/") | NEW["roll"]
    for _press in range(2):
        response = cast.member.post(f"{EDIT}roll/ny/", typed)
        assert response.status_code == 302
    assert Person.objects.filter(name="Åsa Öberg").count() == 1
    assert foreningen.roles.count() == 2


# What can be done with what is there


@pytest.mark.parametrize("noun", NEW)
def test_one_chooses_what_has_happened(cast, rows, noun):
    found = page(cast.member, f"{EDIT}{noun}/{rows[noun].key}/")
    links = {it.get("href") for it in found.iter("a")}
    assert {url(rows, noun, deed) for deed in DEEDS} <= links


def test_what_has_ended_is_only_put_right_or_taken_away(cast, foreningen):
    row = AddressFactory(organisation=foreningen, start="2001", end="2010")
    links = {it.get("href") for it in page(cast.member, f"{EDIT}adress/{row.key}/").iter("a")}
    offered = {deed for deed in DEEDS if f"{EDIT}adress/{row.key}/{deed}/" in links}
    assert offered == {"rattelse", "borttagning"}


@pytest.mark.parametrize("noun", NEW)
def test_what_has_changed_ends_and_something_new_begins(cast, rows, noun):
    typed = {name: value for name, value in NEW[noun].items() if name not in {"person", "new_name"}}
    response = fill(cast.member, url(rows, noun, "andring"), start="2024-05-17", **typed)
    assert response.status_code == 302
    rows[noun].refresh_from_db()
    later = MODELS[noun].objects.latest("pk")
    assert (rows[noun].end, later.start) == ("2024-05-16", "2024-05-17")
    assert Activity.objects.get(subject=later.subject).part_of.subject == rows[noun].subject


@pytest.mark.parametrize("noun", NEW)
def test_what_was_wrong_is_put_right_where_it_stands(cast, rows, noun):
    typed = {name: value for name, value in NEW[noun].items() if name not in {"person", "new_name"}}
    before = MODELS[noun].objects.count()
    response = fill(
        cast.member, url(rows, noun, "rattelse"), start="1999", reason="fel år", **typed
    )
    assert response.status_code == 302
    rows[noun].refresh_from_db()
    assert rows[noun].start == "1999"
    assert MODELS[noun].objects.count() == before
    assert Activity.objects.get().reason == "fel år"


@pytest.mark.parametrize("noun", NEW)
def test_what_has_ended_is_kept_for_its_time(cast, rows, noun):
    response = fill(cast.member, url(rows, noun, "slut"), end="2024", reason="nedlagd")
    assert response.status_code == 302
    rows[noun].refresh_from_db()
    assert rows[noun].end == "2024"


@pytest.mark.parametrize("noun", NEW)
def test_what_should_never_have_been_here_goes(cast, rows, noun):
    source = Source.objects.create(key="S1", title="Källan")
    Citation.objects.create(source=source, subject=rows[noun].subject)
    response = fill(cast.member, url(rows, noun, "borttagning"), reason="dubblett")
    assert response.status_code == 302
    assert not MODELS[noun].objects.filter(pk=rows[noun].pk).exists()
    assert not Citation.objects.exists()


def test_the_last_name_does_not_go(cast, foreningen):
    name = foreningen.names.get()
    response = fill(cast.member, f"{EDIT}namn/{name.key}/borttagning/", reason="fel")
    assert response.status_code == 422
    assert foreningen.names.count() == 1


def test_a_unit_with_people_does_not_go(cast, rows, foreningen):
    RoleFactory(organisation=foreningen, unit=rows["enhet"])
    response = fill(cast.member, url(rows, "enhet", "borttagning"), reason="fel")
    assert response.status_code == 422
    assert Unit.objects.filter(pk=rows["enhet"].pk).exists()


def test_two_official_names_at_a_time_are_refused_in_words(cast, foreningen):
    Name.objects.filter(organisation=foreningen).update(start="2000", end="..")
    foreningen.names.get().save()
    typed = {"name": "Framsteg", "kind": "official", "start": "2010"}
    response = fill(cast.member, f"{EDIT}namn/ny/", **typed)
    assert response.status_code == 422
    assert foreningen.name in response.content.decode()


# What an organisation says of itself


def test_the_organisation_writes_of_itself(cast, foreningen):
    TopicFactory(key="kultur")
    url = f"{EDIT}uppgifter/foreningen/rattelse/"
    typed = {"description": "Vi är\r\nmånga.", "web": "exempel.se", "form": "association"}
    assert fill(cast.member, url, topics=["kultur"], start="1998", **typed).status_code == 302
    foreningen.refresh_from_db()
    assert foreningen.description == "Vi är\nmånga."
    assert (foreningen.web, foreningen.form, foreningen.start) == (
        "https://exempel.se",
        "association",
        "1998",
    )
    assert [topic.key for topic in foreningen.topics.all()] == ["kultur"]


@pytest.mark.parametrize(("length", "status"), [(4000, 302), (4001, 422)])
def test_a_description_is_counted_as_people_count(cast, foreningen, length, status):
    text = ("å" * 39 + "\r\n") * (length // 40) + "å" * (length % 40)
    text = text[:-2] + "ö" if text.endswith("\n") else text
    response = fill(cast.member, f"{EDIT}uppgifter/foreningen/rattelse/", description=text)
    assert response.status_code == status
    if status == 422:
        assert held(the_form(tree(response)))["description"] == text.replace("\r\n", "\n")


def test_an_organisation_that_is_no_more_is_kept_for_its_time(cast, foreningen):
    fill(cast.coordinator, f"{EDIT}uppgifter/foreningen/slut/", end="2023-12-31")
    foreningen.refresh_from_db()
    assert foreningen.end == "2023-12-31"


def test_a_name_of_a_person_is_put_right_everywhere(cast, foreningen):
    response = fill(
        cast.member, f"{EDIT}person/mina/rattelse/", name="Mina Åkesson", reason="stavfel"
    )
    assert response.status_code == 302
    assert Person.objects.get(key="mina").name == "Mina Åkesson"
    noted = Activity.objects.get()
    assert (noted.about, noted.circle) == ("organisation:foreningen", "public")


def test_a_person_without_a_role_here_is_not_here(cast, foreningen):
    other = RoleFactory().person
    for key in (other.key, "ulf"):
        assert cast.member.get(f"{EDIT}person/{key}/rattelse/").status_code == 404


# Bad input


@pytest.mark.parametrize("deed", ["andring", "rattelse", "slut"])
@pytest.mark.parametrize("text", ["i fjol", "2024-13-01", "9999", "<b>2024</b>"])
def test_a_day_that_is_none_is_kept_as_typed_and_explained(cast, rows, deed, text):
    field = "end" if deed == "slut" else "start"
    response = fill(cast.member, url(rows, "adress", deed), reason="r", **{field: text})
    assert response.status_code == 422
    assert held(the_form(tree(response)))[field] == text
    assert f'href="#id_{field}"' in response.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("deed", "typed"),
    [
        ("slut", {"end": "1999"}),
        ("rattelse", {"start": "2020", "end": "2010", "reason": "r"}),
        ("rattelse", {"reason": ""}),
        ("borttagning", {"reason": " "}),
        ("andring", {"start": "2001", "town": ""}),
        ("andring", {"start": "1990"}),
    ],
)
def test_what_breaks_a_rule_is_refused_in_words(cast, rows, deed, typed):
    response = fill(cast.member, url(rows, "adress", deed), **typed)
    assert response.status_code == 422
    assert 'class="errors"' in response.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("noun", NEW)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_form_that_holds_nothing_is_answered_in_words(cast, rows, noun, deed):
    assert cast.member.post(url(rows, noun, deed)).status_code == 422
    assert cast.member.post(f"{EDIT}{noun}/ny/", {"seen": "nonsense"}).status_code == 422
    assert not Activity.objects.exists()


def test_what_people_write_is_text_and_nothing_else(cast, foreningen):
    name = '<img src=x onerror="alert(1)">'
    response = fill(cast.member, f"{EDIT}enhet/ny/", name=name, kind="other")
    for shown in (
        flash(cast.member, response),
        cast.anonymous.get("/organisationer/foreningen/andringar/").content.decode(),
    ):
        assert "<img src=x" not in shown
    assert escape(name) in cast.member.get(EDIT).content.decode().replace("\xad", "")


@pytest.mark.parametrize(
    "path",
    [
        "hemligt/ny/",
        "namn/finns.inte/",
        "namn/finns.inte/rattelse/",
        "uppgifter/ny/",
        "uppgifter/paraplyet/rattelse/",
        "person/mina/slut/",
        "adress/finns/ny/",
        "adress/finns/annat/",
    ],
)
def test_what_is_not_there_is_not_found(cast, foreningen, path):
    assert cast.member.get(f"{EDIT}{path}").status_code == 404


def test_a_row_of_another_organisation_is_not_found(cast, foreningen):
    other = AddressFactory()
    for deed in DEEDS:
        assert cast.member.get(f"{EDIT}adress/{other.key}/{deed}/").status_code == 404


def test_the_anonymous_sign_in_first(cast, rows):
    for path in (
        "adress/ny/",
        f"adress/{rows['adress'].key}/",
        f"adress/{rows['adress'].key}/slut/",
    ):
        assert cast.anonymous.get(f"{EDIT}{path}").status_code == 302
    assert cast.anonymous.post(f"{EDIT}adress/ny/", NEW["adress"]).status_code == 403
    assert Address.objects.count() == 1


def test_nothing_is_changed_by_a_get(cast, rows):
    for deed in DEEDS:
        cast.member.get(url(rows, "adress", deed), {"reason": "r", "town": "X", "seen": "x"})
    assert not Activity.objects.exists()


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("noun", NEW)
def test_a_form_asks_the_database_at_most_twelve_times(cast, rows, most_queries, noun, deed):
    for client in (cast.member, cast.outsider):
        client.get(EDIT)
        with most_queries():
            assert client.get(url(rows, noun, deed)).status_code == 200


def test_each_field_says_who_will_see_it(cast, foreningen):
    form = the_form(page(cast.member, f"{EDIT}adress/ny/"))
    ids = {it.get("id") for it in form.iter("p")}
    for field in ("kind", "street", "postcode", "town", "place", "start", "end"):
        assert f"id_{field}_audience" in ids
        control = next(it for it in form.iter() if it.get("id") == f"id_{field}")
        assert f"id_{field}_audience" in control.get("aria-describedby")


def test_of_what_is_protected_each_field_says_that_only_its_own_see_it(cast, foreningen):
    text = cast.member.get(f"{EDIT}adress/ny/").content.decode()
    foreningen.protect(MINA, "")
    assert cast.member.get(f"{EDIT}adress/ny/").content.decode() != text
    fill(cast.member, f"{EDIT}adress/ny/", **NEW["adress"])
    assert Address.objects.get().circle == "organisation:foreningen"
    assert {it.circle for it in Activity.objects.filter(subject__startswith="address:")} == {
        "organisation:foreningen"
    }


def test_an_address_lies_in_a_municipality_under_its_county(cast):
    root = page(cast.member, "/organisationer/foreningen/redigera/adress/ny/")
    select = next(it for it in root.iter("select") if it.get("name") == "place")
    offered = [it.get("value") for it in select.iter("option")]
    assert "1280" in offered
    assert not {"SE", "12"} & set(offered)
    assert "Skåne län" in {it.get("label") for it in select.iter("optgroup")}


def test_what_a_source_gives_of_an_address_stands_when_the_rest_is_edited(cast):
    it = Organisation.objects.get(key="foreningen")
    county = PlaceFactory().parent
    row = AddressFactory(organisation=it, place=county, start="2001")
    url = f"/organisationer/foreningen/redigera/adress/{row.key}/rattelse/"
    assert fill(cast.member, url, town="Eslöv", reason="stavfel").status_code == 302
    row.refresh_from_db()
    assert (row.town, row.place) == ("Eslöv", county)


def test_an_address_with_nul_in_it_is_no_fact_s(cast, foreningen):
    """PostgreSQL can't be asked for it."""
    here = "/organisationer/foreningen/redigera/adress/a%00b"
    assert cast.member.get(f"{here}/").status_code == 404
    assert cast.member.get(f"{here}/rattelse/").status_code == 404
