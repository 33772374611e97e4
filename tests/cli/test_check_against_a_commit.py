"""`interlock check --against`: the working tree against a commit, without any server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import (
    OPENAPI,
    OPENAPI_WITH_SEARCH,
    OPENAPI_WITHOUT_TOTAL,
    PROTO_WITHOUT_TOTAL,
    SCHEMA_WITH_REQUIRED_TOTAL,
    Run,
    commit,
    git,
    write,
)


def test_an_unchanged_tree_is_allowed(interlock: Run, repository: Path) -> None:
    """Every contract is compared, and nothing is found."""
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 0, result.output
    assert "verdict: yes, no change in 3 comparisons" in result.stdout


def test_every_kind_of_contract_is_checked(interlock: Run, repository: Path) -> None:
    """One run finds the breaks of all contracts of the service, each with its contract and its place."""
    write(
        repository,
        {
            "openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL,
            "proto/orders/v1/order.proto": PROTO_WITHOUT_TOTAL,
            "events/order-placed.schema.json": SCHEMA_WITH_REQUIRED_TOTAL,
        },
    )
    result = interlock("check", "--against", "HEAD", "--format", "json")
    assert result.exit_code == 1, result.output
    report = json.loads(result.stdout)
    broken = {(row["contract"], row["new"]["file"]) for row in report["changes"] if row["severity"] == "breaking"}
    assert broken == {
        ("orders-api", "openapi/orders.yaml"),
        ("orders-grpc", "proto/orders/v1/order.proto"),
        ("OrderPlaced", "events/order-placed.schema.json"),
    }
    assert {row["verdict"] for row in report["contracts"]} == {"no"}


def test_an_addition_is_allowed(interlock: Run, repository: Path) -> None:
    """A new operation breaks nobody."""
    write(repository, {"openapi/orders.yaml": OPENAPI_WITH_SEARCH})
    assert interlock("check", "--against", "main").exit_code == 0


def test_places_are_named_from_the_current_folder(
    interlock: Run, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is printed can be opened from where the command ran; from outside of the repository, by its full path."""
    write(repository, {"openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL})
    monkeypatch.chdir(repository.parent)
    outside = interlock("check", "--against", "HEAD", repository)
    assert f"{repository}/openapi/orders.yaml:" in outside.stdout
    folder = repository / "services"
    folder.mkdir()
    git(repository, "mv", "interlock.toml", "openapi", "proto", "events", "services")
    commit(repository, "Move")
    write(repository, {"services/openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL.replace("id: {type: string}", "id: {type: integer}")})
    monkeypatch.chdir(folder)
    inside = interlock("check", "--against", "HEAD")
    assert inside.exit_code == 1, inside.output
    assert "  openapi/orders.yaml:" in inside.stdout


def test_no_baseline_is_said_and_allowed(interlock: Run, service: Path) -> None:
    """A service that the commit does not have yet is named on stderr; exit 0."""
    git(service, "init", "--quiet", "--initial-branch", "main")
    write(service, {"README": "Empty."})
    git(service, "add", "README")
    git(service, "commit", "--quiet", "--message", "Nothing yet")
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 0, result.output
    assert "orders: no baseline" in result.stderr
    assert "verdict: yes, there was nothing to compare with" in result.stdout


def test_a_declared_number_that_is_too_small_is_said(interlock: Run, repository: Path) -> None:
    """The addition needs 1.1.0 and the manifest still says 1.0.0: publishing would refuse it, so check says it."""
    write(repository, {"openapi/orders.yaml": OPENAPI_WITH_SEARCH})
    assert "orders-api: the manifest declares 1.0.0" in interlock("check", "--against", "HEAD").stderr


def test_the_policy_of_the_manifest_raises_risky_rules(interlock: Run, repository: Path) -> None:
    """A risky change does not block, unless the policy names its rule."""
    write(repository, {"openapi/orders.yaml": OPENAPI.replace('"200":', '"404": {description: None such.}\n        "200":')})
    assert interlock("check", "--against", "HEAD").exit_code == 0
    manifest = (repository / "interlock.toml").read_text()
    write(repository, {"interlock.toml": f'{manifest}\n[policy]\nraise = ["response-status-added"]\n'})
    assert interlock("check", "--against", "HEAD").exit_code == 1


def test_the_exact_bytes_of_the_commit_are_compared(interlock: Run, repository: Path) -> None:
    """Attributes that rewrite files in archives or working trees do not count: CR LF stays CR LF."""
    write(repository, {".gitattributes": "*.yaml export-ignore text eol=lf\n"})
    commit(repository, "Rewrite line ends")
    assert interlock("check", "--against", "HEAD").exit_code == 0


def test_an_unknown_revision_is_exit_2(interlock: Run, repository: Path) -> None:
    """The message says what a shallow clone needs."""
    result = interlock("check", "--against", "no-such-branch")
    assert result.exit_code == 2
    assert "error[not-found]: There is no git revision 'no-such-branch'." in result.stderr
    assert "fetch" in result.stderr


def test_a_revision_that_looks_like_an_option_is_only_a_revision(interlock: Run, repository: Path) -> None:
    """git never takes it for one of its own options."""
    result = interlock("check", "--against=--output=/tmp/x")
    assert result.exit_code == 2
    assert "error[not-found]" in result.stderr


def test_without_git_there_is_no_commit_to_compare_with(interlock: Run, service: Path) -> None:
    """A folder outside of any repository: exit 2."""
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 2
    assert "no git repository" in result.stderr


def test_without_a_manifest_there_is_nothing_to_check(interlock: Run, here: Path) -> None:
    """An empty folder: exit 2, because a pipeline that checks nothing must not look green."""
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 2
    assert "error[bad-manifest]" in result.stderr


def test_a_service_that_is_declared_twice_is_refused(interlock: Run, repository: Path) -> None:
    """Both folders are named."""
    write(repository, {"copy/interlock.toml": (repository / "interlock.toml").read_text()})
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 2
    assert "declared in . and in copy" in result.stderr


@pytest.mark.parametrize("broken", ["openapi/orders.yaml", "interlock.toml"])
def test_a_fault_of_the_commit_is_not_blamed_on_the_working_tree(interlock: Run, repository: Path, broken: str) -> None:
    """The file is named as git names it: REVISION:PATH."""
    whole = (repository / broken).read_text()
    write(repository, {broken: "nonsense: [\n"})
    commit(repository, "Broken")
    write(repository, {broken: whole})
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith(f"error[malformed]: HEAD:{broken}:")
