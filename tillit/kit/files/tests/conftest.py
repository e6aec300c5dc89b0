import pytest


@pytest.fixture
def folder(tmp_path, settings):
    """The storage, as a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT
