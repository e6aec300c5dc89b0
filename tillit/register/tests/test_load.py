"""What `tillit load` makes of organisations, persons and memberships."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from tillit.kit.loading.loading import load
from tillit.kit.models import Activity, Citation
from tillit.kit.tests.loads import Example
from tillit.register.models import Identifier, Membership, Organisation, Person, Place, Role, Unit

pytestmark = pytest.mark.django_db

NETWORK = """\
sources:
  - {key: S0, title: Verksamhetsberättelse 2012}
topics:
  - {key: kultur, kind: theme, name: Kultur, name_en: Culture}
  - {key: nyanlanda, kind: target_group, name: Nyanlända}
organisations:
  - key: natverket
    sector: civil
    form: association
    level: regional
    period: 2006/..
    description: >
      Paraply för <b>alla</b> & envar,
      i hela Skåne.
    web: https://www.natverket.org
    parent: region-skane
    themes: [kultur]
    target_groups: [nyanlanda]
    source: [S0:3, {at: S0:44-48, field: description}]
    names:
      - {name: NSES, kind: official, period: 2006/2013, source: S0:44}
      - {name: NÄTVERKET – Idéburen sektor Skåne, kind: official, period: 2014/}
      - {name: NÅTVERKET – Idéburen sektor Skåne, kind: misspelling, seen: 2014}
    identifiers:
      - {scheme: orgnr, value: 802435–6498, source: S0:253}
    addresses:
      - {kind: postal, street: Ledebursgatan 5, postcode: 211 55, town: Malmö, place: "1280", seen: 2025}
      - {kind: postal, town: Åhus}
    places:
      - {kind: works_in, place: 12}
      - {kind: seat, place: 1280}
      - {kind: works_in, place: SE}
    units:
      - {key: au, name: Arbetsutskottet, kind: committee, parent: styrelse}
      - {key: styrelse, name: Styrelsen, kind: board}
  - key: region-skane
    sector: public
    names: [{name: Region Skåne, kind: official}]
persons:
  - key: maria-leiner
    name: Maria Leiner
    source: S0:126
    roles:
      - {kind: employee, organisation: natverket, share: 1, period: 2012-07-01/2012-12-31}
      - {kind: employee, organisation: natverket, share: 0.95, period: 2012-01-01/2012-06-30, source: S0:126}
      - {kind: co_opted, organisation: natverket, unit: styrelse, represents: region-skane}
      - {kind: chair, organisation: region-skane, party: MP, seen: 2012, title: ordförande}
memberships:
  - {umbrella: natverket, member: region-skane, period: "[2006..2011-12-31]/2012", seen: 2012-12-31}
  - {umbrella: natverket, member: region-skane, period: 2014/, source: S0:72}
"""


@pytest.fixture
def network(tmp_path):
    return Example(tmp_path).write(NETWORK)


def keys(model):
    return sorted(model.objects.values_list("key", flat=True))


def test_all_rows_are_written_and_told_in_words(network):
    assert network.load() == (
        "Sources: 1 created.\nTopics: 2 created.\nOrganisations: 2 created.\nNames: 4 created.\n"
        "Numbers: 1 created.\nAddresses: 2 created.\nPresences: 3 created.\nUnits: 2 created.\n"
        "Persons: 1 created.\nRoles: 4 created.\nMemberships: 2 created.\n"
    )
    assert network.said() == []


def test_an_organisation_has_what_the_file_says(network):
    network.load()
    found = Organisation.objects.get(key="natverket")
    assert found.name == "NÄTVERKET – Idéburen sektor Skåne"
    assert found.description == "Paraply för <b>alla</b> & envar, i hela Skåne."
    assert (found.sector, found.form, found.level) == ("civil", "association", "regional")
    assert (found.start, found.end, found.certain_from) == ("2006", "..", date(2006, 12, 31))
    assert found.parent.key == "region-skane"
    assert {topic.key for topic in found.topics.all()} == {"kultur", "nyanlanda"}
    assert {address.place and address.place.name for address in found.addresses.all()} == {
        "Malmö",
        None,
    }
    assert {presence.place.name for presence in found.presences.all()} == {
        "Malmö",
        "Skåne län",
        "Sverige",
    }
    assert Identifier.objects.get().digits == "8024356498"
    assert Unit.objects.get(key="natverket.au").parent.name == "Styrelsen"


def test_a_person_has_what_the_file_says(network):
    network.load()
    person = Person.objects.get()
    first = person.roles.get(key="maria-leiner.natverket.employee.2012")
    assert first.share == Decimal("0.95")
    assert person.roles.get(kind="co_opted").represents.key == "region-skane"
    assert person.roles.get(kind="chair").party == "MP"


def test_keys_follow_from_what_the_rows_say(network):
    network.load()
    organisation = Organisation.objects.get(key="natverket")
    assert {
        noun: sorted(getattr(organisation, noun).values_list("key", flat=True))
        for noun in ("names", "identifiers", "addresses", "presences", "units")
    } == {
        "names": [
            "natverket.name.natverket-ideburen-sektor-skane",
            "natverket.name.natverket-ideburen-sektor-skane.2",
            "natverket.name.nses",
        ],
        "identifiers": ["natverket.orgnr.8024356498"],
        "addresses": ["natverket.postal.ahus", "natverket.postal.ledebursgatan-5"],
        "presences": ["natverket.seat.1280", "natverket.works-in.12", "natverket.works-in.se"],
        "units": ["natverket.au", "natverket.styrelse"],
    }
    assert keys(Role) == [
        "maria-leiner.natverket.employee.2012",
        "maria-leiner.natverket.employee.2012-07-01",
        "maria-leiner.natverket.styrelse.co-opted",
        "maria-leiner.region-skane.chair.2012",
    ]
    assert keys(Membership) == ["natverket.region-skane", "natverket.region-skane.2"]


def test_a_given_key_goes_before_one_that_is_worked_out(tmp_path):
    names = "[{key: a.first, name: A, kind: official}, {name: A, kind: alias}]"
    Example(tmp_path).write(f"organisations: [{{key: a, sector: civil, names: {names}}}]").load()
    assert sorted(Organisation.objects.get().names.values_list("key", flat=True)) == [
        "a.first",
        "a.name.a",
    ]


def test_keys_are_made_of_any_text_and_are_never_too_long(tmp_path):
    long = "-".join(["langt"] * 13)
    names = f"[{{name: Кирилл, kind: official}}, {{name: {'Å' * 200}, kind: alias}}]"
    units = f"[{{key: {long}, name: U, kind: board}}]"
    role = f"{{kind: second_vice_chair, organisation: {long}, unit: {long}, seen: 2012-01-01}}"
    Example(tmp_path).write(
        f"organisations: [{{key: {long}, sector: civil, names: {names}, units: {units}}}]\n"
        f"persons: [{{key: {long}, name: A, roles: [{role}, {role}]}}]"
    ).load()
    assert all(len(role.key) <= 200 for role in Role.objects.all())
    assert Role.objects.count() == 2


def test_every_row_leaves_one_row_of_activity(network):
    network.load()
    assert Activity.objects.count() == 24
    told = Activity.objects.get(subject="organisation:natverket")
    assert (told.actor, told.verb, told.changes, told.circle) == (
        "command:load",
        "created",
        {},
        "public",
    )
    assert told.reason == network.folder.name


def test_sources_are_cited_where_the_file_cites_them(network):
    network.load()
    cited = Citation.objects.filter(subject="organisation:natverket")
    assert [(citation.field, citation.lines) for citation in cited] == [
        ("", "3"),
        ("description", "44–48"),
    ]
    assert Citation.objects.filter(subject="name:natverket.name.nses").count() == 1
    assert Citation.objects.filter(subject="membership:natverket.region-skane.2").count() == 1


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ("[{name: Old, period: 2006/2013}, {name: New, period: 2014/}]", "New"),
        ("[{name: Old, period: 2006/2010}, {name: Late, period: 2011/2012}]", "Late"),
        ("[{name: Now, period: 2020/2030}, {name: Coming, period: 2031/}]", "Now"),
        ("[{name: Assumed, seen: 2012}, {name: Sure, period: 2025-01-01/..}]", "Sure"),
    ],
)
def test_an_organisation_goes_by_the_official_name_that_holds_now(tmp_path, names, name):
    official = names.replace("period", "kind: official, period").replace(
        "seen", "kind: official, seen"
    )
    Example(tmp_path).write(f"organisations: [{{key: a, sector: civil, names: {official}}}]")
    assert not load(tmp_path, date(2026, 1, 1)).faults
    assert Organisation.objects.get().name == name


def test_rows_may_stand_in_any_order_over_any_files(tmp_path):
    example = Example(tmp_path)
    example.write("memberships: [{umbrella: a, member: b}]", "1.yaml")
    example.write(
        "organisations: [{key: a, sector: civil, parent: b, names: [{name: A, kind: official}]}]",
        "2.yaml",
    )
    example.write(
        "organisations: [{key: b, sector: civil, names: [{name: B, kind: official}]}]", "3.yaml"
    )
    example.load()
    assert Membership.objects.get().member.name == "B"


def test_rows_may_name_what_the_database_holds(tmp_path):
    example = Example(tmp_path)
    example.write(
        "organisations: [{key: a, sector: civil, names: [{name: A, kind: official}]}]"
    ).load()
    example.write("persons: [{key: p, name: P, roles: [{kind: chair, organisation: a}]}]")
    assert example.load() == "Persons: 1 created.\nRoles: 1 created.\n"


def test_a_number_whose_check_fails_is_kept_with_a_warning(tmp_path):
    number = "{scheme: orgnr, value: 232100–0205}"
    names = "[{name: A, kind: official}]"
    example = Example(tmp_path).write(
        f"organisations:\n - key: a\n   sector: public\n   names: {names}\n   identifiers:\n    - {number}"
    )
    example.load()
    assert Identifier.objects.get().value == "232100–0205"
    warning = example.said()[1]
    assert warning.startswith("a.yaml:6: “232100–0205”: The check digit is wrong")
    assert warning.endswith("– kept as it is written")


def test_places_are_loaded_first_when_there_are_none(network):
    network.load()
    assert Place.objects.count() == 312


def test_the_example_of_skane_loads_and_loads_again_without_a_change(db):
    folder = Path(settings.PACKAGE).parent / "examples" / "skane"
    first = load(folder, date(2026, 1, 1))
    assert str(first.faults) == ""
    told = Activity.objects.count()
    again = load(folder, date(2026, 1, 1))
    assert {fate for fates in again.tally.values() for fate in fates} == {"unchanged"}
    assert Activity.objects.count() == told
