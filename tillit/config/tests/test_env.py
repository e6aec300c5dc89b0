"""Settings that can't be read stop the start, by name."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from tillit.config import env


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("perhaps", lambda: env.flag("TILLIT_X", default=False)),
        ("70000", lambda: env.whole("TILLIT_X", 8000)),
        ("٣", lambda: env.whole("TILLIT_X", 8000)),
        (" ", lambda: env.words("TILLIT_X", "a")),
        ("loud", lambda: env.one_of("TILLIT_X", "INFO", ["INFO"])),
        ("/proc/none", lambda: env.folder("TILLIT_X", env.Path())),
    ],
)
def test_it_names_the_variable(monkeypatch, value, read):
    monkeypatch.setenv("TILLIT_X", value)
    with pytest.raises(ImproperlyConfigured, match="TILLIT_X"):
        read()


def test_a_token_that_could_be_found_by_trying_is_not_taken(monkeypatch):
    assert env.token("TILLIT_X") == ""
    monkeypatch.setenv("TILLIT_X", "x" * 22)
    assert env.token("TILLIT_X") == "x" * 22
    monkeypatch.setenv("TILLIT_X", "hush-hush")
    with pytest.raises(ImproperlyConfigured, match="TILLIT_X") as told:
        env.token("TILLIT_X")
    assert "hush" not in str(told.value)


def test_an_empty_secret_is_none(monkeypatch, tmp_path):
    monkeypatch.setenv("TILLIT_X", "")
    with pytest.raises(ImproperlyConfigured, match="TILLIT_X"):
        env.secret("TILLIT_X", kept_in=tmp_path / "secret")


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path):
    def start(_number):
        return env.secret("TILLIT_NOT_SET", kept_in=tmp_path / "secret")

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(start, range(40)))) == 1
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
