"""A second load writes what differs and nothing else."""

from decimal import Decimal

import pytest
from django.core.management import CommandError
from django.db import DatabaseError

from tillit.kit.loading import log
from tillit.kit.models import Activity, Citation
from tillit.kit.tests.loads import Example
from tillit.register.models import Name, Organisation, Person, Role, Unit
from tillit.register.tests.test_load import NETWORK

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(tmp_path):
    example = Example(tmp_path).write(NETWORK)
    example.load()
    return example


def change(example, before, after):
    assert before in NETWORK
    example.write(NETWORK.replace(before, after))
    return example.load()


def changes(subject):
    return Activity.objects.get(subject=subject, verb="changed").changes


def test_the_same_files_change_nothing_and_leave_no_activity(network):
    told = list(Activity.objects.values())
    assert "created" not in network.load()
    assert "changed" not in network.load().replace("unchanged", "")
    assert list(Activity.objects.values()) == told


def test_a_changed_value_is_changed_in_place_and_told(network):
    before = Role.objects.get(key="maria-leiner.natverket.employee.2012").pk
    assert "Roles: 1 changed, 3 unchanged." in change(network, "0.95", "0.8")
    role = Role.objects.get(pk=before)
    assert role.share == Decimal("0.8")
    assert changes("role:maria-leiner.natverket.employee.2012") == {"share": [0.95, 0.8]}


def test_what_is_left_out_is_emptied(network):
    change(network, "    web: https://www.natverket.org\n    parent: region-skane\n", "")
    organisation = Organisation.objects.get(key="natverket")
    assert (organisation.web, organisation.parent) == ("", None)
    assert changes("organisation:natverket") == {
        "web": ["https://www.natverket.org", ""], "parent": ["region-skane", None],
    }  # fmt: skip


def test_a_changed_period_changes_the_days_that_follow(network):
    change(network, "period: 2006/..", "period: 2007-01-01/..")
    assert str(Organisation.objects.get(key="natverket").certain_from) == "2007-01-01"


def test_changed_topics_are_told_by_their_keys(network):
    change(network, "themes: [kultur]", "themes: []")
    assert changes("organisation:natverket") == {"topics": [["kultur", "nyanlanda"], ["nyanlanda"]]}
    assert Organisation.objects.get(key="natverket").topics.count() == 1


def test_changed_citations_are_replaced_and_told(network):
    kept = Citation.objects.get(subject="name:natverket.name.nses").pk
    change(network, "source: [S0:3, ", "source: [S0:4-5, ")
    assert changes("organisation:natverket")["source"] == [
        [{"at": "S0:3"}, {"at": "S0:44-48", "field": "description"}],
        [{"at": "S0:4-5"}, {"at": "S0:44-48", "field": "description"}],
    ]
    assert Citation.objects.filter(subject="organisation:natverket").count() == 2
    assert Citation.objects.filter(pk=kept).exists()


def test_a_new_name_gives_the_organisation_its_name(network):
    change(network, "name: NÄTVERKET – Idéburen sektor Skåne", "name: Nätverket Skåne")
    assert Organisation.objects.get(key="natverket").name == "Nätverket Skåne"
    assert Organisation.objects.get(key="natverket").folded == "natverket skane"
    assert changes("organisation:natverket")["name"][1] == "Nätverket Skåne"


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("      - {name: NÅTVERKET – Idéburen sektor Skåne, kind: misspelling, seen: 2014}\n",
         "name:natverket.name.natverket-ideburen-sektor-skane.2"),
        ("      - {scheme: orgnr, value: 802435–6498, source: S0:253}\n",
         "identifier:natverket.orgnr.8024356498"),
        ("      - {kind: postal, town: Åhus}\n", "address:natverket.postal.ahus"),
        ("      - {kind: works_in, place: SE}\n", "presence:natverket.works-in.se"),
        ("      - {kind: co_opted, organisation: natverket, unit: styrelse, represents: region-skane}\n",
         "role:maria-leiner.natverket.styrelse.co-opted"),
    ],
)  # fmt: skip
def test_a_row_that_left_its_entry_is_removed_and_told(network, line, subject):
    assert "1 removed" in change(network, line, "")
    told = Activity.objects.get(subject=subject, verb="removed")
    assert told.changes["organisation"] == ["natverket", None]
    assert not Citation.objects.filter(subject=subject).exists()


def test_a_unit_that_left_its_entry_stays(network):
    line = "      - {key: au, name: Arbetsutskottet, kind: committee, parent: styrelse}\n"
    assert "removed" not in change(network, line, "")
    assert Unit.objects.filter(key="natverket.au").exists()


def test_entries_that_left_the_files_stay(network):
    network.write("persons: []")
    assert network.load() == ""
    assert Person.objects.get().roles.count() == 4
    assert Name.objects.count() == 4


def test_an_account_that_a_person_was_given_stays(network, django_user_model):
    user = django_user_model.objects.create_user("maria@example.org")
    Person.objects.update(account=user)
    change(network, "name: Maria Leiner", "name: Maria Leinér")
    assert Person.objects.get().account == user


def test_a_later_role_of_the_same_year_keeps_the_keys_of_the_others(network):
    role = "      - {kind: employee, organisation: natverket, share: 1, period: 2012-07-01/2012-12-31}\n"
    later = "      - {kind: employee, organisation: natverket, period: 2012-12-31/2013}\n"
    assert "Roles: 1 created, 4 unchanged." in change(network, role, later + role)


def test_a_database_error_midway_leaves_nothing(network, monkeypatch):
    before = list(Organisation.objects.values())

    def fail(self):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(log.Log, "write", fail)
    network.write(NETWORK.replace("natverket", "other").replace("civil", "public"))
    with pytest.raises(CommandError, match="nothing was written: the disk is full"):
        network.load()
    assert list(Organisation.objects.values()) == before
