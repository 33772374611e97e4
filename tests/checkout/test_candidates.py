"""The checkout platform, published: its candidates end as their authors say, and reach whom they say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contracts.checkout.changes import CHECKOUT, Folders
from registry.domain.verdict import Verdict
from registry.engines.documents.limits import Limits
from registry.services.checking.online import CheckRequest, check
from registry.services.checking.report import CheckReport
from registry.services.trees import Origin, service_version_at
from registry.storage.database import Database
from tests.services.support import NOW, Registry

SERVICES = ("cart", "catalog", "inventory", "orders", "payments", "storefront")
STEPS = [*sorted((CHECKOUT / "history").glob("[0-9]*")), CHECKOUT]


@dataclass(frozen=True)
class Candidate:
    """A proposed change with its author's expectations."""

    name: str
    folder: Path
    facts: dict[str, Any]


def candidates(kind: str) -> list[Candidate]:
    folders = [path.parent for path in sorted((CHECKOUT / kind).glob("*/candidate.toml"))]
    return [Candidate(folder.name, folder, tomllib.loads((folder / "candidate.toml").read_text())) for folder in folders]


BREAKING = [candidate for candidate in candidates("breaking") if not (candidate.folder / "provider.py").exists()]


@pytest.fixture(scope="module")
def published(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry with the whole history of the platform, published step by step from the main branch."""
    path = tmp_path_factory.mktemp("checkout") / "registry.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    registry = Registry(database)
    for step in STEPS:
        services = [name for name in SERVICES if (step / name / "interlock.toml").exists()]
        tree = Folders(*((name, step / name) for name in services))
        origin = Origin(version=step.name, commit=step.name, branch="main")
        registry.publish(*(service_version_at(tree, name, origin, Limits()) for name in services))
    yield registry
    database.close()


def checked(registry: Registry, candidate: Candidate) -> CheckReport:
    service = candidate.facts["service"]
    tree = Folders((service, CHECKOUT / service), (service, candidate.folder))
    version = service_version_at(tree, service, Origin("working tree"), Limits())
    with registry.database.read() as store:
        return check(store, CheckRequest((version,), baseline_commit=CHECKOUT.name), now=NOW, limits=Limits())


def test_the_history_claims_its_numbers(published: Registry) -> None:
    """Four contracts have three versions and a new major beside them; all others have their first."""
    with published.database.read() as store:
        contracts = store.catalog.contracts()
        numbers = {contract.name: [str(row.version) for row in store.releases.numbers(contract)] for contract in contracts}
    grown = {name for name, versions in numbers.items() if versions == ["1.0.0", "1.1.0", "1.2.0", "2.0.0"]}
    assert grown == {"catalog-api", "catalog-pricing", "OrderPlaced", "PaymentCaptured"}
    assert all(versions == ["1.0.0"] for name, versions in numbers.items() if name not in grown)


@pytest.mark.parametrize("candidate", candidates("additive"), ids=lambda candidate: candidate.name)
def test_a_good_change_passes(published: Registry, candidate: Candidate) -> None:
    """An additive change of any format may merge, and its number is large enough."""
    report = checked(published, candidate)
    assert report.verdict is Verdict.YES
    assert not [notice for notice in report.notices if "need" in notice]


@pytest.mark.parametrize("candidate", BREAKING, ids=lambda candidate: candidate.name)
def test_a_bad_change_is_stopped_for_the_right_reason(published: Registry, candidate: Candidate) -> None:
    """The blocking rules are those that the author named, each at a line, and they reach the consumers that the author named."""
    report = checked(published, candidate)
    blocking = [change for row in report.checks for change in row.comparison.changes if change.blocks]
    assert report.verdict is Verdict.NO
    assert {change.rule for change in blocking} == set(candidate.facts["expected_rules"])
    assert all((change.new or change.old).position for change in blocking if change.new or change.old)
    assert {use.service for change in blocking for use in change.consumers} == set(candidate.facts["reaches"])


def test_publishing_the_platform_again_changes_nothing(published: Registry) -> None:
    """Two major lines of one contract, described apart, do not overwrite each other's description back and forth."""
    before = published.count("audit")
    tree = Folders(*((name, CHECKOUT / name) for name in SERVICES))
    origin = Origin(version=CHECKOUT.name, commit=CHECKOUT.name, branch="main")
    receipt = published.publish(*(service_version_at(tree, name, origin, Limits()) for name in SERVICES))
    assert receipt.created is False
    assert published.count("audit") == before
