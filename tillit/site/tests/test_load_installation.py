"""What a file says of the installation, and what it leaves to the guide."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tillit.register.models import Organisation
from tillit.register.tests.factories import OrganisationFactory, PlaceFactory
from tillit.site.beginning import begin
from tillit.site.models import FirstRun, Installation

FILE = """
installations:
  - key: skane
    title: Överenskommelsen Skåne
    place: "12"
    civil: natverket
    civil_title: Skånes idéburna sektor
    public: region-skane
    public_title: Region Skåne
"""
ASKED = """
    host: natverket
    controllers: [natverket, region-skane]
    arrangement: Nätverket svarar den som frågar.
    contact: dataskydd@example.org
    officer: Eva Hall
"""


@pytest.fixture
def load(db: None, tmp_path: Path):
    PlaceFactory()
    OrganisationFactory(key="natverket")
    OrganisationFactory(key="region-skane", sector="public")

    def loaded(text: str) -> Installation:
        (tmp_path / "installation.yaml").write_text(text)
        call_command("load", tmp_path, verbosity=0)
        return Installation.objects.get()

    return loaded


def test_all_that_the_guide_asks_for_can_stand_in_a_file(load):
    it = load(FILE + ASKED)
    assert (it.host.key, it.contact, it.officer) == (
        "natverket",
        "dataskydd@example.org",
        "Eva Hall",
    )
    assert {of.key for of in it.controllers.all()} == {"natverket", "region-skane"}
    assert it.arrangement == "Nätverket svarar den som frågar."


def test_a_file_that_is_silent_about_it_changes_nothing_of_it(load):
    load(FILE + ASKED)
    it = load(FILE.replace("Överenskommelsen Skåne", "Ett nytt namn"))
    assert it.title == "Ett nytt namn"
    assert (it.host.key, it.contact) == ("natverket", "dataskydd@example.org")
    assert it.controllers.count() == 2


def test_whoever_loads_an_installation_needs_no_guide(load):
    begin(timezone.now())
    assert FirstRun.objects.get().finished_at is None
    load(FILE)
    assert FirstRun.objects.get().finished_at


def test_a_controller_that_there_is_not_is_told_and_nothing_written(load, capsys):
    with pytest.raises(CommandError):
        load(FILE + "    controllers: [finns-inte]\n")
    assert "finns-inte" in capsys.readouterr().err
    assert not Installation.objects.exists()
    assert Organisation.objects.count() == 2
