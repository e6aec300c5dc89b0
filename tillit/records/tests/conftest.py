from dataclasses import dataclass

import pytest
from django.utils import timezone

from tillit.records.models import Record
from tillit.records.tests.paper import frozen
from tillit.register.models import Organisation


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """What is uploaded, and the installation's key, lie apart for each test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    settings.DATA = tmp_path


@dataclass
class Scene:
    """An agreement that the umbrella keeps, and that it and the region are asked to sign."""

    record: Record
    civil: Organisation
    public: Organisation

    @property
    def url(self) -> str:
        return f"/handlingar/{self.record.key}/"


@pytest.fixture
def scene(cast) -> Scene:
    civil = Organisation.objects.get(key="paraplyet")
    public = Organisation.objects.get(key="regionen")
    return Scene(frozen(civil, timezone.now(), civil, public), civil, public)
