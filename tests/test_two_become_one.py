"""Whatever a merge touches: nothing names what went, and undoing it leaves no trace of it at all."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from conftest import Cast
from tests.planted import Planting, is_single, nouns
from tillit.duplicates.kinds import KINDS
from tillit.duplicates.merging import merge, part
from tillit.duplicates.models import Merge, MergeStep, Pair
from tillit.kit.access import viewer_for
from tillit.kit.fields import Derived
from tillit.kit.models import Activity, Row
from tillit.kit.search.index import index_all
from tillit.kit.search.models import Entry
from tillit.kit.search.tests.mended import wrong
from tillit.privacy.tests.filling import somebody
from tillit.register.models import Organisation, Person, Role
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
# What tells of the merge itself; and what follows from other rows.
OF_THE_MERGE = (Merge, MergeStep, Pair, Entry)
# Tasks, sessions and the like are nobody's.
LABELS = {"sessions", "contenttypes", "auth", "background", "django_tasks_database", "search"}


def planted(key: str) -> Planting:
    """One organisation and one person, with a row of every noun that may belong to them."""
    civil = Organisation.objects.get(key="paraplyet").secretariat
    organisation = OrganisationFactory(key=key, secretariat=civil)
    email = f"{key}@example.org"
    planting = Planting(organisation, somebody(key, "Namn Namnsson", email), email)
    for model in nouns():
        if model not in {Merge, MergeStep, Pair} and not is_single(model):
            planting.once(model)
    return planting


@pytest.fixture
def two(cast: Cast) -> tuple[Planting, Planting]:
    found = planted("tallen"), planted("tallen-2")
    Role.objects.update(party="")  # it has one by a rule that the planting doesn't know
    index_all()
    return found


@pytest.fixture
def viewer(cast: Cast) -> Any:
    karin = Person.objects.get(key="karin")
    return viewer_for(karin.account_id)


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, named by their keys where they have any."""
    found = {}
    for model in apps.get_models():
        if model in OF_THE_MERGE or model._meta.app_label in LABELS:
            continue
        columns = [named(it) for it in model._meta.concrete_fields if counts(model, it)]
        sets = [f"{it.name}__key" for it in model._meta.many_to_many]
        rows = model._default_manager.values(*columns, *sets)
        found[model._meta.label] = sorted(map(dict, rows), key=repr)
    return found


def counts(model: type[models.Model], column: Any) -> bool:
    return not (column.primary_key and column.name == "id") and not isinstance(column, Derived)


def named(column: Any) -> str:
    keyed = column.is_relation and issubclass(column.related_model, Row)
    return f"{column.name}__key" if keyed else column.name


def naming(row: Row) -> list[str]:
    """Where anything but the merge itself names the row, by its number, its subject or its circle."""
    found = []
    told = everything()
    for model in apps.get_models():
        keyed = {f"{it.name}__key" for it in relations(model) if it.related_model is type(row)}
        for it in told.get(model._meta.label, ()):
            for name, value in it.items():
                if (name in keyed and value == row.key) or value in (row.subject, row.own_circle):
                    found.append(f"{model._meta.label}.{name}")
    return found


def relations(model: type[models.Model]) -> list[Any]:
    meta = model._meta
    return [it for it in (*meta.concrete_fields, *meta.many_to_many) if it.is_relation]


def test_nothing_names_an_organisation_that_was_merged(two, viewer):
    kept, gone = (it.organisation for it in two)
    merge(kept, gone, viewer, timezone.now(), chosen={}, why="Det är samma förening.")
    gone.key = "tallen-2"
    assert naming(gone) == []
    assert not Organisation.objects.filter(key="tallen-2").exists()
    assert wrong() == 0


def test_nothing_names_a_person_who_was_merged(two, viewer):
    kept, gone = (it.person for it in two)
    Person.objects.filter(pk=gone.pk).update(account=None)
    gone.refresh_from_db()
    merge(kept, gone, viewer, timezone.now(), chosen={}, why="Det är samma person.")
    gone.key = "tallen-2"
    assert naming(gone) == []
    assert wrong() == 0


@pytest.mark.parametrize("noun", KINDS)
def test_undoing_a_merge_leaves_everything_as_it_was(two, viewer, noun):
    kept, gone = (getattr(it, noun) for it in two)
    if noun == "person":
        Person.objects.filter(pk=kept.pk).update(account=None)
        kept.refresh_from_db()
    before = everything()
    last = Activity.objects.order_by("-pk").values_list("pk", flat=True).first()
    done = merge(kept, gone, viewer, timezone.now(), chosen={})
    part(done, viewer, timezone.now())
    done.refresh_from_db()
    Activity.objects.filter(pk__gt=last).delete()
    assert everything() == before
    assert done.left == 0
    assert wrong() == 0
