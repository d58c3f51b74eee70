"""Which database Earnest uses, and how it is set up before anybody writes."""

import os
import stat
from pathlib import Path

import pytest
from django.db import connection

from earnest.project import database, folders, secret
from earnest.project.database import UnknownDatabase


def test_sqlite_in_the_data_folder_is_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("EARNEST_DATABASE_URL", raising=False)
    monkeypatch.setenv("EARNEST_DATA_DIR", str(tmp_path))
    found = database.from_environment()
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == str(tmp_path / "earnest.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["timeout"] >= 5
    assert found["CONN_MAX_AGE"] == 60


def test_an_address_names_a_postgres_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARNEST_DATABASE_URL", "postgresql://ann:p%40ss@db.example:6432/sales?sslmode=require")
    assert database.from_environment() == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "sales",
        "USER": "ann",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def test_an_address_may_name_a_sqlite_file_or_a_socket() -> None:
    assert database.from_url("sqlite:///srv/a%20b.sqlite3")["NAME"] == "/srv/a b.sqlite3"
    assert database.from_url("postgresql:///sales?host=/run/postgresql")["OPTIONS"] == {"host": "/run/postgresql"}


@pytest.mark.parametrize("address", ["mysql://ann@db/sales", "postgresql://ann@db", "sales"])
def test_another_address_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(UnknownDatabase) as refused:
        database.from_url(address)
    assert "cannot be used" in refused.value.what
    assert refused.value.data.keys() == {"scheme"}


@pytest.mark.skipif("EARNEST_DATABASE_URL" in os.environ, reason="SQLite's own settings")
@pytest.mark.django_db
@pytest.mark.parametrize(("pragma", "value"), [("synchronous", 2), ("recursive_triggers", 1), ("foreign_keys", 1)])
def test_sqlite_keeps_what_it_acknowledged(pragma: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone()[0] == value


@pytest.mark.parametrize(
    ("system", "variables", "expected"),
    [
        ("linux", {"XDG_DATA_HOME": "/x"}, "/x/earnest"),
        ("linux", {}, "/home/ann/.local/share/earnest"),
        ("darwin", {}, "/home/ann/Library/Application Support/Earnest"),
        ("linux", {"EARNEST_DATA_DIR": "/srv/earnest"}, "/srv/earnest"),
    ],
)
def test_the_data_folder_is_the_user_s_own(
    monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str], expected: str
) -> None:
    for name in ("EARNEST_DATA_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setattr("sys.platform", system)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert folders.data_folder() == Path(expected)


def test_the_secret_key_is_made_once_and_for_its_owner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("EARNEST_SECRET_KEY", raising=False)
    monkeypatch.setenv("EARNEST_DATA_DIR", str(tmp_path / "new"))
    key = secret.key()
    file = tmp_path / "new" / "secret.key"
    assert len(key) >= 64
    assert secret.key() == key == file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [found.name for found in file.parent.iterdir()] == ["secret.key"]


def test_a_key_in_the_environment_wins_and_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EARNEST_SECRET_KEY", "given")
    monkeypatch.setenv("EARNEST_DATA_DIR", str(tmp_path / "new"))
    assert secret.key() == "given"
    assert not (tmp_path / "new").exists()


def test_nothing_unsafe_is_on_by_default() -> None:
    from django.conf import settings

    assert settings.DEBUG is False
    assert "*" not in settings.ALLOWED_HOSTS
    assert settings.USE_TZ is True
