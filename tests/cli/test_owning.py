"""What owners do with contracts, and operators with tokens; over a real socket."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import MANIFEST, OPENAPI_WITH_SEARCH, Run, commit, write


@pytest.fixture
def published(server: str, interlock: Run, repository: Path) -> Path:
    """`orders` with its first releases."""
    assert interlock("publish").exit_code == 0
    return repository


def test_the_change_log_tells_every_release_with_its_changes(interlock: Run, published: Path) -> None:
    """Newest first, with the rule and the words of each change."""
    write(published, {"openapi/orders.yaml": OPENAPI_WITH_SEARCH.replace("1.0.0", "1.1.0")})
    write(published, {"interlock.toml": MANIFEST.replace('version = "1.0.0"', 'version = "1.1.0"', 1)})
    commit(published, "Add search")
    assert interlock("publish").exit_code == 0
    lines = interlock("changelog", "orders-api").stdout.splitlines()
    assert lines[0].startswith("orders-api 1.1.0  ")
    assert lines[0].endswith(", since 1.0.0")
    assert "safe  path-added" in lines[1]
    assert lines[-1].endswith(", the first of its line")
    entries = json.loads(interlock("changelog", "orders-api", "--format", "json").stdout)
    assert [entry["version"] for entry in entries] == ["1.1.0", "1.0.0"]


def test_a_contract_that_does_not_exist_is_exit_2(interlock: Run, published: Path) -> None:
    """With its name in the message, whatever characters it has."""
    result = interlock("changelog", "no/such?contract")
    assert result.exit_code == 2
    assert "error[" in result.stderr


def test_a_release_is_deprecated_and_yanked(interlock: Run, published: Path) -> None:
    """What happens to a release is recorded beside it; yanking is for good."""
    deprecated = interlock("deprecate", "orders-api", "1.0.0", "--reason", "Use v2", "--sunset", "2099-01-01")
    assert deprecated.stdout == "orders-api 1.0.0 is deprecated, served until 2099-01-01.\n", deprecated.output
    assert interlock("yank", "orders-api", "1.0.0", "--reason", "Wrong").stdout == "orders-api 1.0.0 is yanked.\n"
    assert interlock("yank", "orders-api", "9.9.9", "--reason", "Wrong").exit_code == 2


def test_a_waiver_needs_a_moment_to_come(interlock: Run, published: Path) -> None:
    """A leave that has expired already is refused."""
    leave = ("waive", "orders-api", "--rule", "path-removed", "--element", "*", "--reason", "Agreed")
    assert interlock(*leave, "--expires", "2099-01-01").exit_code == 0
    assert interlock(*leave, "--expires", "2001-01-01").exit_code == 2


def test_a_contract_and_a_service_change_hands(interlock: Run, published: Path) -> None:
    """The new owner is confirmed."""
    assert interlock("transfer", "contract", "orders-api", "--team", "team-checkout").stdout == (
        "The contract orders-api is owned by team-checkout.\n"
    )
    assert interlock("transfer", "service", "orders", "--team", "team-checkout").stdout == (
        "The service orders is owned by team-checkout.\n"
    )
    assert interlock("transfer", "service", "orders", "--team", "t", "--service", "s").exit_code == 2


def test_a_token_is_shown_once_listed_without_its_secret_and_revoked(interlock: Run, published: Path) -> None:
    """The secret is alone on stdout, so that a script can keep it."""
    created = interlock("token", "create", "ci", "--scope", "publish:service:orders", "--scope", "read", "--days", "2")
    secret = created.stdout.strip()
    assert secret.startswith("ilk_")
    listed = interlock("token", "list")
    assert "ci  publish:service:orders read" in listed.stdout
    assert secret not in listed.output
    held = {"INTERLOCK_TOKEN": secret}
    assert interlock("publish", environment=held).exit_code == 0
    forbidden = interlock("environment", "create", "production", environment=held)
    assert forbidden.exit_code == 4
    assert "error[forbidden]" in forbidden.stderr
    assert interlock("token", "revoke", "ci").exit_code == 0
    revoked = interlock("publish", environment=held)
    assert revoked.exit_code == 4
    assert "error[unauthenticated]" in revoked.stderr


def test_the_first_token_is_made_on_the_database_itself(interlock: Run, here: Path, database_url: str) -> None:
    """Without any registry running; on SQLite and on PostgreSQL. A name that is taken is exit 1, a scope that is none exit 2."""
    secret = {"INTERLOCK_SECRET": "0123456789abcdef0123456789abcdef"}
    made = interlock("token", "create", "root", "--scope", "admin", "--database-url", database_url, environment=secret)
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith("ilk_")
    again = interlock("token", "create", "root", "--scope", "admin", "--database-url", database_url, environment=secret)
    assert again.exit_code == 1
    assert (
        interlock("token", "create", "x", "--scope", "everything", "--database-url", database_url, environment=secret).exit_code
        == 2
    )
