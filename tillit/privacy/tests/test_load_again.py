"""An old export that is loaded again brings nobody back who has been erased."""

import pytest
from django.utils import timezone

from tillit.kit.changes import Actor
from tillit.kit.models import Activity, Citation, StatedFigure
from tillit.kit.tests.loads import Example
from tillit.privacy import keys
from tillit.privacy.deciding import Judgement, decide
from tillit.privacy.models import ErasedKey
from tillit.register.models import Person, Role

pytestmark = pytest.mark.django_db
EXPORT = """\
sources: [{key: S0, title: A}]
organisations:
  - {key: natverket, sector: civil, names: [{name: NÄTVERKET, kind: official, source: S0:1}]}
persons:
  - key: maria-leiner
    name: Maria Leiner
    source: S0:2
    roles:
      - {kind: coordinator, organisation: natverket, seen: 2012, source: S0:3}
      - {kind: chair, organisation: natverket, seen: 2015, source: S0:4}
  - {key: bo-ek, name: Bo Ek, roles: [{kind: chair, organisation: natverket, seen: 2013}]}
"""


@pytest.fixture
def export(tmp_path, db):
    example = Example(tmp_path).write(EXPORT)
    example.load()
    return example


def erase(request_of, *parts):
    person = Person.objects.get(key="maria-leiner")
    row = request_of(person, email="maria@example.org", parts=list(parts))
    said = Judgement("erased", "not_needed", "Behövs inte.", parts)
    decide(row, said, Actor("person:x"), timezone.now())


def test_the_person_doesn_t_come_back_and_it_is_told_where_the_entry_stands(export, request_of):
    erase(request_of)
    assert not Activity.objects.filter(subject__contains="maria").exists()
    assert not Citation.objects.filter(subject__contains="maria").exists()
    export.load()
    assert list(Person.objects.values_list("key", flat=True)) == ["bo-ek"]
    assert list(Role.objects.values_list("person__key", flat=True)) == ["bo-ek"]
    (told,) = [line for line in export.said() if line.startswith("a.yaml")]
    assert told.startswith("a.yaml:5: left out")  # her roles go with her, without a line each
    assert "maria" not in told.casefold()


def test_others_are_loaded_as_ever(export, request_of):
    erase(request_of)
    said = export.write(EXPORT.replace("Bo Ek", "Bo Ekman")).load()
    assert "1 changed" in said
    assert Person.objects.get().name == "Bo Ekman"


def test_who_was_erased_in_part_gets_only_the_rest_back(export, request_of):
    erase(request_of, "roles")
    export.load()
    assert Person.objects.filter(key="maria-leiner").exists()
    assert not Role.objects.filter(person__key="maria-leiner").exists()


def test_what_names_the_person_and_can_be_without_stays_out_or_loses_the_name(export, request_of):
    erase(request_of)
    figure = """\
sources: [{key: S0, title: A}]
stated_figures:
  - {key: f1, about: "person:maria-leiner", measure: courses, as_written: tre kurser, looseness: exactly, low: 3, seen: 2012, source: S0:9}
"""
    example = Example(export.folder / "more").write(figure)
    example.load()
    assert not StatedFigure.objects.exists()


def test_somebody_else_with_the_name_comes_by_another_key(export, request_of):
    erase(request_of)
    export.write(EXPORT.replace("key: maria-leiner", "key: maria-leiner-2")).load()
    assert Person.objects.filter(key="maria-leiner-2", name="Maria Leiner").exists()


def test_the_list_names_nobody(export, request_of):
    erase(request_of)
    for row in ErasedKey.objects.all():
        assert "maria" not in repr(vars(row)).casefold()
        assert len(row.digest) == 64


def test_a_former_secret_still_bars_and_a_lost_one_is_counted(export, request_of, settings):
    erase(request_of)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another-secret-that-is-long-enough"
    assert not keys.barred({"person:maria-leiner"})
    assert keys.unreadable() == ErasedKey.objects.count() > 0
    settings.SECRET_KEY_FALLBACKS = [former]
    assert keys.barred({"person:maria-leiner", "person:bo-ek"}) == {"person:maria-leiner"}
    assert keys.unreadable() == 0


def test_a_lost_secret_is_told_to_administrators(export, request_of, admin, settings):
    erase(request_of)
    assert admin.get("/radering/").context["unreadable"] == 0
    ErasedKey.objects.update(secret="lost")
    assert admin.get("/radering/").context["unreadable"] > 0
