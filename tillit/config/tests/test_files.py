"""Where files lie, read from the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tillit.config import files as configured


def test_the_settings_are_read(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("hemligt\n")
    for name, value in {
        "TILLIT_FILES": "s3://tillit-files/skane/prod/",
        "TILLIT_S3_URL": "https://objects.example.org/",
        "TILLIT_S3_KEY": "key",
        "TILLIT_S3_SECRET_FILE": str(tmp_path / "secret"),
    }.items():
        monkeypatch.setenv(name, value)
    assert configured.storage("TILLIT_FILES")["OPTIONS"] == {
        "bucket_name": "tillit-files",
        "location": "skane/prod",
        "endpoint_url": "https://objects.example.org",
        "region_name": None,
        "access_key": "key",
        "secret_key": "hemligt",
    }
    monkeypatch.setenv("TILLIT_S3_KEY", "")
    with pytest.raises(ImproperlyConfigured, match="TILLIT_S3_KEY and TILLIT_S3_SECRET"):
        configured.storage("TILLIT_FILES")
    monkeypatch.setenv("TILLIT_FILES", "s3://BAD_bucket")
    with pytest.raises(ImproperlyConfigured, match="s3://bucket/prefix"):
        configured.storage("TILLIT_FILES")
