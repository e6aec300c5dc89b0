"""The demo's list, and that it is made once."""

import pytest

from tillit.intake import demo
from tillit.intake.models import Intake, Stage
from tillit.register.models import Mandate

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_list_to_look_through(cast):
    Mandate.objects.filter(key="karin").update(key=demo.MANDATE)
    for _time in range(2):
        demo.populate()
    it = Intake.objects.get()
    assert (it.key, it.stage, it.count) == (demo.KEY, Stage.PREVIEW, 6)
    assert cast.coordinator.get(f"/import/{demo.KEY}/rader/").status_code == 200


def test_without_its_person_there_is_none(cast):
    demo.populate()
    assert not Intake.objects.exists()
