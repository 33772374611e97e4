"""`interlock publish` and `check` against a real registry over a socket."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import (
    MANIFEST,
    OPENAPI_WITH_SEARCH,
    OPENAPI_WITHOUT_TOTAL,
    Run,
    commit,
    git,
    write,
)

pytestmark = pytest.mark.usefixtures("server")

_NEXT_MINOR = MANIFEST.replace('version = "1.0.0"', 'version = "1.1.0"', 1)


def test_the_main_branch_claims_the_declared_numbers(interlock: Run, repository: Path) -> None:
    """The receipt names each release and each revision; the version is the commit."""
    result = interlock("publish", "--format", "json")
    assert result.exit_code == 0, result.output
    [version] = json.loads(result.stdout)["service_versions"]
    assert version["version"] == git(repository, "rev-parse", "HEAD")
    assert {(row["contract"], row["version"]) for row in version["releases"]} == {
        ("orders-api", "1.0.0"),
        ("orders-grpc", "1.0.0"),
        ("OrderPlaced", "1.0.0"),
    }


def test_a_branch_publishes_without_claiming_a_number(interlock: Run, repository: Path) -> None:
    """Unless it asks for one with --release."""
    git(repository, "switch", "--quiet", "--create", "feature")
    receipt = json.loads(interlock("publish", "--format", "json").stdout)
    assert receipt["service_versions"][0]["releases"] == []
    released = interlock("publish", "--release", "--format", "json")
    assert len(json.loads(released.stdout)["service_versions"][0]["releases"]) == 3


def test_publishing_again_changes_nothing(interlock: Run, repository: Path) -> None:
    """The second time is said, and is exit 0."""
    interlock("publish")
    again = interlock("publish")
    assert again.exit_code == 0
    assert "was published before; nothing changed" in again.stdout


def test_a_breaking_release_is_refused_with_findings_and_exit_1(interlock: Run, repository: Path) -> None:
    """The findings stand on stdout with places in the working tree, the refusal and the next step on stderr."""
    interlock("publish")
    write(repository, {"openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL.replace("1.0.0", "1.1.0"), "interlock.toml": _NEXT_MINOR})
    commit(repository, "Drop the total")
    result = interlock("publish")
    assert result.exit_code == 1, result.output
    assert "breaking  response-property-removed  openapi/orders.yaml:" in result.stdout
    assert "error[release-refused]: orders-api 1.1.0 does not fit orders-api 1.0.0" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("next: ")


def test_a_waiver_that_comes_along_lets_the_release_through(interlock: Run, repository: Path) -> None:
    """A contract, a rule, an element, a reason and an expiry, for each finding that is let through."""
    interlock("publish")
    write(repository, {"openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL.replace("1.0.0", "1.1.0"), "interlock.toml": _NEXT_MINOR})
    commit(repository, "Drop the total")
    report = json.loads(interlock("publish", "--format", "json").stdout)
    leave: list[str] = []
    for rule in {row["rule"] for row in report["changes"] if row["severity"] == "breaking"}:
        leave += ["--waive", "orders-api", rule, "*", "Nobody reads it", "2099-01-01"]
    result = interlock("publish", *leave)
    assert result.exit_code == 0, result.output
    assert "orders-api   1.1.0" in result.stdout


def test_a_number_that_is_too_small_is_exit_1_and_named(interlock: Run, repository: Path) -> None:
    """The refusal says which number it should be."""
    interlock("publish")
    write(repository, {"openapi/orders.yaml": OPENAPI_WITH_SEARCH.replace("1.0.0", "1.0.1")})
    write(repository, {"interlock.toml": MANIFEST.replace('version = "1.0.0"', 'version = "1.0.1"', 1)})
    commit(repository, "Add search")
    result = interlock("publish")
    assert result.exit_code == 1, result.output
    assert "error[number-too-small]" in result.stderr
    assert "next: Declare version 1.1.0 for orders-api." in result.stderr


def test_bad_input_that_only_the_registry_sees_is_named_in_the_working_tree(interlock: Run, repository: Path) -> None:
    """An example that its schema refuses: the place is the example's file here, not somewhere in a request body."""
    write(repository, {"events/order-placed.example.json": '{"orderId": 1}\n'})
    result = interlock("publish")
    assert result.exit_code == 2, result.output
    assert result.stderr.splitlines()[-2].startswith("error[bad-example]: events/order-placed.example.json")


def test_uncommitted_changes_are_said(interlock: Run, repository: Path) -> None:
    """What is published under the name of a commit is the working tree."""
    write(repository, {"openapi/orders.yaml": OPENAPI_WITH_SEARCH})
    assert "note: the working tree differs from the commit" in interlock("publish", "--branch", "feature").stderr


def test_without_git_a_version_has_to_be_given(interlock: Run, service: Path) -> None:
    """Nothing is made up."""
    assert interlock("publish").exit_code == 2
    result = interlock("publish", "--service-version", "2026.11", "--branch", "main")
    assert result.exit_code == 0, result.output
    assert "orders 2026.11: published" in result.stdout


def test_check_compares_with_the_merge_base(interlock: Run, repository: Path) -> None:
    """A branch that is merely behind main raises no alarm; one that breaks does."""
    interlock("publish")
    git(repository, "switch", "--quiet", "--create", "feature")
    git(repository, "switch", "--quiet", "main")
    write(repository, {"openapi/orders.yaml": OPENAPI_WITH_SEARCH.replace("1.0.0", "1.1.0"), "interlock.toml": _NEXT_MINOR})
    commit(repository, "Add search")
    assert interlock("publish").exit_code == 0
    git(repository, "switch", "--quiet", "feature")
    behind = interlock("check")
    assert behind.exit_code == 0, behind.output
    write(repository, {"openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL})
    breaking = interlock("check", "--format", "json")
    assert breaking.exit_code == 1, breaking.output
    [broken] = {
        (row["contract"], row["new"]["file"]) for row in json.loads(breaking.stdout)["changes"] if row["severity"] == "breaking"
    }
    assert broken == ("orders-api", "openapi/orders.yaml")


def test_check_falls_back_to_the_newest_release_and_says_so(interlock: Run, repository: Path) -> None:
    """When the merge base was never published."""
    interlock("publish")
    commit_without_publishing = {"openapi/orders.yaml": OPENAPI_WITH_SEARCH}
    write(repository, commit_without_publishing)
    commit(repository, "Not published")
    result = interlock("check")
    assert result.exit_code == 0, result.output
    assert "compared with its newest release 1.0.0, because the merge base was not published" in result.stderr


def test_check_before_the_first_publication_is_allowed(interlock: Run, repository: Path) -> None:
    """No baseline: said, exit 0."""
    result = interlock("check")
    assert result.exit_code == 0, result.output
    assert "no baseline" in result.stderr


def test_check_compares_with_what_is_deployed(interlock: Run, repository: Path) -> None:
    """The environments of the policy count, and those that are named."""
    interlock("publish")
    interlock("environment", "create", "production", "--production")
    deployed = interlock("record-deployment", "--service", "orders", "--environment", "production")
    assert deployed.exit_code == 0, deployed.output
    write(repository, {"openapi/orders.yaml": OPENAPI_WITH_SEARCH.replace("1.0.0", "1.1.0"), "interlock.toml": _NEXT_MINOR})
    commit(repository, "Add search")
    interlock("publish")
    write(repository, {"openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL.replace("1.0.0", "1.1.0")})
    report = json.loads(interlock("check", "--environment", "production", "--format", "json").stdout)
    assert any("in production" in row["against"] for row in report["contracts"])
    unknown = interlock("check", "--environment", "nowhere")
    assert unknown.exit_code == 2
    assert "nowhere" in unknown.stderr
