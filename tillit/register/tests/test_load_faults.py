"""Each rule that a file of the register can break, with its line and its remedy."""

import pytest

from tillit.kit.tests.loads import Example
from tillit.register.models import Organisation, Place

pytestmark = pytest.mark.django_db

BASE = """\
topics:
  - {key: kultur, kind: theme, name: Kultur}
organisations:
  - key: natverket
    sector: civil
    names: [{name: Nätverket, kind: official}]
    units: [{key: styrelse, name: Styrelsen, kind: board}]
  - key: region-skane
    sector: public
    names: [{name: Region Skåne, kind: official}]
persons:
  - {key: eva-hall, name: Eva Hall}
"""


@pytest.fixture
def example(tmp_path):
    return Example(tmp_path).write(BASE, "0.yaml")


def organisation(rest="", names="[{name: A, kind: official}]", key="a"):
    return f"organisations:\n  - key: {key}\n    sector: civil\n    names: {names}\n    {rest}\n"


@pytest.mark.parametrize(
    ("rest", "fault"),
    [
        ("parent: natverke", "no organisation has the key “natverke” – did you mean “natverket”?"),
        (
            "form: assosiation",
            "“assosiation” may not stand here – did you mean “association”? write one",
        ),
        (
            "level: x",
            "“x” may not stand here – write one of: international, national, regional, local",
        ),
        ("period: 2013/2012", "The period ends before it begins – mend the days"),
        ("period: 2013/..\n    seen: 2012", "The period ends before"),
        ("web: natverket", "Enter a valid URL – mend “web”"),
        ("web: javascript:alert(1)", "Enter a valid URL – mend “web”"),
        ("protected: yes", "“yes” is neither true nor false – write true, or leave it out"),
        ("themes: [kulturen]", "no topic has the key “kulturen” – did you mean “kultur”?"),
        ("themes: kultur", "“themes” is not a list – begin each of its rows with a hyphen"),
        (
            "target_groups: [kultur]",
            "“kultur” is of another kind: Theme – move it to the other list",
        ),
        ("adress: []", "unknown key “adress” – did you mean “addresses”?"),
        (
            "addresses: [{kind: home, town: X}]",
            "“home” may not stand here – write one of: postal, visit",
        ),
        ("addresses: [{kind: postal}]", "“town” is missing – write it, with its value"),
        (
            "places: [{kind: seat, place: 9999}]",
            "no place has the key “9999” – write SCB's code of the",
        ),
        ("places: [{kind: seat, place: Malmö}]", "no place has the key “Malmö” – write SCB's code"),
        (
            "identifiers: [{scheme: vat, value: 1}]",
            "“vat” may not stand here – write one of: orgnr, gln",
        ),
        ("units: [{key: u, name: U, kind: board, parent: x}]", "no unit has the key “a.x”"),
        (
            "units: [{key: u, name: U, kind: board, parent: u}]",
            "“a.u” would be a part of itself: a.u → ",
        ),
        ("parent: a", "“a” would be a part of itself: a → a – take one of the parents away"),
    ],
)
def test_an_organisation_is_refused_with_its_line(example, rest, fault):
    if "\n" in rest:
        fault, rest = "“Seen” lies outside the period – mend the days", rest
    said = example.write(organisation(rest)).fault()
    line = 5 + rest.count("\n")
    assert said.startswith(f"a.yaml:{line}: {fault}")
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        ("[]", "the organisation has no official name – give one of its names “kind: official”"),
        (
            "[{name: A, kind: alias}]",
            "the organisation has no official name – give one of its names",
        ),
        ("[{kind: official}]", "“name” is missing – write it, with its value"),
        ("[{name: A}]", "“kind” is missing"),
        ("[{name: A, kind: oficial}]", "“oficial” may not stand here – did you mean “official”?"),
        (
            f"[{{name: {'A' * 201}, kind: official}}]",
            "Ensure this value has at most 200 characters",
        ),
        (
            "[{name: A, kind: official, period: 2006/2014}, {name: B, kind: official, period: 2012/}]",
            "the organisation already has the official name “A” then, in",
        ),
    ],
)
def test_names_are_refused_with_their_line(example, names, fault):
    assert example.write(organisation(names=names)).faults()[0].startswith(f"a.yaml:4: {fault}")


def test_a_missing_list_of_names_is_refused(example):
    example.write("organisations:\n  - key: a\n    sector: civil\n")
    assert example.fault() == "a.yaml:2: “names” is missing – write it, with its value"


@pytest.mark.parametrize(
    "names",
    [
        "[{name: A, kind: official, period: 2006/2014}, {name: B, kind: official, period: 2014/}]",
        "[{name: A, kind: official, seen: 2012}, {name: B, kind: official, seen: 2014}]",
        "[{name: A, kind: official, period: 2006/..}, {name: B, kind: alias, period: 2006/..}]",
    ],
)
def test_names_that_may_follow_each_other_are_not(example, names):
    example.write(organisation(names=names)).load()


@pytest.mark.parametrize(
    ("role", "fault"),
    [
        (
            "kind: chair, organisation: natverkt",
            "no organisation has the key “natverkt” – did you mean",
        ),
        ("kind: chair", "“organisation” is missing"),
        (
            "kind: boss, organisation: natverket",
            "“boss” may not stand here – write one of: chair, vice",
        ),
        (
            "kind: chair, organisation: natverket, unit: styrels",
            "no unit has the key “natverket.styrels”",
        ),
        (
            "kind: chair, organisation: region-skane, unit: styrelse",
            "no unit has the key “region-skane.",
        ),
        (
            "kind: chair, organisation: natverket, represents: x",
            "no organisation has the key “x” – mend",
        ),
        (
            "kind: chair, organisation: natverket, party: MP",
            "A party stands only beside an elected role",
        ),
        (
            "kind: official, organisation: region-skane, party: MP",
            "A party stands only beside an electe",
        ),
        (
            "kind: chair, organisation: natverket, share: 1.5",
            "The share of full time is more than 0 and",
        ),
        ("kind: chair, organisation: natverket, share: 0", "The share of full time is more than 0"),
        (
            "kind: chair, organisation: natverket, share: -1",
            "The share of full time is more than 0",
        ),
        (
            "kind: chair, organisation: natverket, share: 0.9555",
            "Ensure that there are no more than 3 d",
        ),
        (
            "kind: chair, organisation: natverket, share: '0,95'",
            "“0,95” is not a number – write digits ",
        ),
        ("kind: chair, organisation: natverket, share: 80%", "“80%” is not a number"),
        (
            "kind: chair, organisation: natverket, key: A_b",
            "A key has only a–z, 0–9, hyphen and full st",
        ),
    ],
)
def test_a_role_is_refused_with_its_line(example, role, fault):
    said = example.write(
        f"persons:\n  - key: p\n    name: P\n    roles:\n      - {{{role}}}\n"
    ).fault()
    assert said.startswith(f"a.yaml:5: {fault}")


@pytest.mark.parametrize(
    ("membership", "fault"),
    [
        (
            "umbrella: natverket, member: natverket",
            "An organisation can't be a member of itself – mend",
        ),
        ("umbrella: natverket, member: x", "no organisation has the key “x”"),
        ("umbrella: natverket, member: eva-hall", "no organisation has the key “eva-hall”"),
        ("umbrella: natverket", "“member” is missing"),
        (
            "umbrella: natverket, member: A B",
            "“A B” is not a key – write a–z, 0–9 and single hyphens",
        ),
    ],
)
def test_a_membership_is_refused_with_its_line(example, membership, fault):
    said = example.write(f"memberships:\n  - {{{membership}}}\n").fault()
    assert said.startswith(f"a.yaml:2: {fault}")


def test_a_stored_organisation_is_not_a_member_of_itself_either(example):
    example.load()
    example.write("memberships: [{umbrella: natverket, member: natverket}]")
    assert "An organisation can't be a member of itself" in example.fault()


PAIR = "umbrella: natverket, member: region-skane"


def test_two_memberships_of_one_pair_may_not_surely_hold_at_once(example):
    example.write(f"memberships:\n  - {{{PAIR}, period: 2010/2014}}\n", "1.yaml")
    example.write(
        f"memberships:\n  - {{{PAIR}, period: 2012-06-01/}}\n  - {{{PAIR}, period: 2016/}}\n",
        "2.yaml",
    )
    assert example.fault() == (
        f"2.yaml:2: “region-skane” is already a member of “natverket” then: {example.folder}/1.yaml:2"
        " – let one end where the other begins"
    ).replace(f"{example.folder}/", "")


def test_a_membership_may_not_surely_hold_beside_one_in_the_database(example):
    example.write(f"memberships: [{{{PAIR}, period: 2010/2014, key: first}}]").load()
    example.write(f"memberships: [{{{PAIR}, period: 2012/, key: later}}]")
    assert "“region-skane” is already a member of “natverket” then: first" in example.fault()


def test_the_same_key_in_two_files_is_told_with_both_places(example):
    example.write(organisation(key="natverket"))
    assert "a.yaml:2: the key “natverket” is used twice, first in 0.yaml:4" in example.fault()


def test_the_same_unit_twice_is_told(example):
    unit = "{key: u, name: U, kind: board}"
    said = example.write(organisation(f"units: [{unit}, {unit}]")).fault()
    assert said.startswith("a.yaml:5: the key “a.u” is used twice")


def test_organisations_may_not_be_parts_of_each_other(example):
    example.write(organisation("parent: b"), "1.yaml").write(
        organisation("parent: c", key="b"), "2.yaml"
    )
    example.write(organisation("parent: a", key="c"), "3.yaml").write(
        organisation("parent: c", key="d")
    )
    assert example.fault() == (
        "1.yaml:5: “a” would be a part of itself: a → b → c → a – take one of the parents away"
    )


def test_nor_by_way_of_the_database(example):
    example.write(organisation("parent: b"), "1.yaml").write(organisation(key="b"), "2.yaml").load()
    example.write("", "1.yaml").write(organisation("parent: a", key="b"), "2.yaml")
    assert example.fault().startswith("2.yaml:5: “b” would be a part of itself: b → a → b")


def test_nor_by_steps_of_which_every_other_is_in_the_database(example):
    for key, rest in {"a": "", "b": "parent: c", "c": "", "d": "parent: a"}.items():
        example.write(organisation(rest, key=key), f"{key}.yaml")
    example.load()
    example.write("", "b.yaml").write("", "d.yaml")
    example.write(organisation("parent: b", key="a"), "a.yaml")
    example.write(organisation("parent: d", key="c"), "c.yaml")
    assert example.fault().startswith("a.yaml:5: “a” would be a part of itself: a → b → c → d → a")


def test_all_faults_are_told_at_once(example):
    example.write(organisation("parent: x\n    web: y"))
    example.write("persons: [{key: p, name: P, roles: [{kind: chair, organisation: y}]}]", "b.yaml")
    assert [fault.partition(" ")[0] for fault in example.faults()] == [
        "a.yaml:5:",
        "a.yaml:6:",
        "b.yaml:1:",
    ]


def test_a_fault_in_the_last_file_leaves_nothing(example):
    example.write("persons: [{key: p}]", "z.yaml")
    assert example.refused() == "1 fault. Nothing was written."
    assert not Organisation.objects.exists()
    assert not Place.objects.exists()
