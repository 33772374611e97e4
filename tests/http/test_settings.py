"""Settings, the server's key, and the application that they make."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from registry.domain.errors import BadRequest, Unavailable
from registry.main import Settings, create_app, server_key, settings_from
from tests.http.registry_under_test import API, TestClient

LOCAL = "http://127.0.0.1:8600"


def test_the_environment_sets_and_arguments_win() -> None:
    """Variables replace defaults; an argument replaces a variable, unless it was not given."""
    environment = {
        "INTERLOCK_DATABASE_URL": "sqlite:///other.db",
        "INTERLOCK_PORT": "9000",
        "INTERLOCK_ANONYMOUS_READS": "False",
        "INTERLOCK_MAX_FILE_BYTES": "1000",
        "INTERLOCK_TOKEN": "not a setting of the server",
    }
    settings = settings_from(environment, port=9001, host=None)
    assert settings == Settings(
        database_url="sqlite:///other.db", port=9001, anonymous_reads=False, max_file_bytes=1000, host="127.0.0.1"
    )
    assert settings_from({}) == Settings()


@pytest.mark.parametrize(
    ("name", "text"), [("PORT", "many"), ("PORT", "-1"), ("MAX_BODY_BYTES", "1e6"), ("ANONYMOUS_READS", "yes")]
)
def test_a_variable_that_cannot_be_read_is_named(name: str, text: str) -> None:
    """A typo in a setting stops the program; it is never taken for the default."""
    with pytest.raises(BadRequest, match=f"INTERLOCK_{name}"):
        settings_from({f"INTERLOCK_{name}": text})


def test_the_key_of_an_embedded_registry_is_made_and_kept(tmp_path: Path) -> None:
    """The same key after a restart, in a file that only its owner reads."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/interlock.db")
    key = server_key(settings)
    file = tmp_path / "interlock.db.key"
    assert (len(key), server_key(settings), file.read_bytes()) == (32, key, key)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["interlock.db.key"]


def test_processes_that_start_together_agree_on_a_key(tmp_path: Path) -> None:
    """Whoever links the file first decides; nobody reads half a key."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/interlock.db")
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: server_key(settings), range(64)))
    assert len(keys) == 1
    assert len(keys.pop()) == 32


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_server_needs_a_secret(secret: str) -> None:
    """On PostgreSQL several processes share a database, so the key has to come from outside, and not be guessable."""
    with pytest.raises(BadRequest, match="INTERLOCK_SECRET"):
        server_key(Settings(database_url="postgresql+psycopg://db/interlock", secret=secret))


@pytest.mark.parametrize(
    "url", ["interlock.db", "sqlite://", "sqlite:///:memory:", "mysql://db/interlock", "postgresql://me:secret@db/interlock"]
)
def test_a_database_that_no_registry_uses_is_named(url: str) -> None:
    """With what to write instead, and without the password."""
    with pytest.raises(BadRequest, match="sqlite:///FILE") as refusal:
        create_app(Settings(database_url=url))
    assert "secret" not in str(refusal.value)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """Neither the key nor the database can stand there; the message says where."""
    with pytest.raises(Unavailable, match="nowhere"):
        create_app(Settings(database_url=f"sqlite:///{tmp_path}/nowhere/interlock.db"))


def test_a_fresh_file_becomes_a_registry(tmp_path: Path) -> None:
    """The embedded default needs no preparation: it migrates, serves its pages and its API, and keeps what is written."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/interlock.db")
    for status in (201, 409):
        with TestClient(create_app(settings), base_url=LOCAL, client=("127.0.0.1", 1)) as client:
            assert client.get("/health/ready").status_code == 200
            assert client.get("/").headers["content-type"].startswith("text/html")
            made = client.post(f"{API}/environments", json={"name": "production", "production": True})
            assert made.status_code == status


def test_the_same_runs_on_postgresql(postgresql_url: str) -> None:
    """By URL and secret; then nobody reads or writes without a token."""
    settings = Settings(database_url=postgresql_url, secret="s" * 32)
    with TestClient(create_app(settings), base_url=LOCAL, client=("127.0.0.1", 1)) as client:
        assert client.get("/health/ready").status_code == 200
        assert client.get(f"{API}/contracts").status_code == 401
        assert client.get("/").status_code == 401


def test_a_page_takes_a_token_as_a_password(tmp_path: Path) -> None:
    """Browsers send no bearer tokens: where reading needs one, Basic credentials carry it, for pages only."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/interlock.db", anonymous_reads=False)
    with TestClient(create_app(settings), base_url=LOCAL, client=("127.0.0.1", 1)) as local:
        secret = local.post(f"{API}/tokens", json={"name": "me", "scopes": ["read"]}).json()["secret"]
    with TestClient(create_app(settings), base_url=LOCAL, client=("192.0.2.1", 1)) as remote:
        refused = remote.get("/")
        assert (refused.status_code, refused.headers["www-authenticate"].partition(" ")[0]) == (401, "Basic")
        assert remote.get("/", auth=("anybody", secret)).status_code == 200
        assert remote.get("/", auth=("anybody", "wrong")).status_code == 401
        assert remote.get(f"{API}/contracts", auth=("anybody", secret)).status_code == 401
        assert remote.get(f"{API}/contracts", headers={"authorization": f"Bearer {secret}"}).status_code == 200


def test_limits_are_settings(tmp_path: Path) -> None:
    """A file beyond the limit is refused by the same code as a body beyond its own."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/interlock.db", max_body_bytes=1000)
    with TestClient(create_app(settings), base_url=LOCAL, client=("127.0.0.1", 1)) as client:
        answer = client.post(f"{API}/environments", json={"name": "production", "production": True, "description": "x" * 1000})
        assert (answer.status_code, answer.json()["code"]) == (413, "limit-exceeded")
