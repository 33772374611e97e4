"""A check says what publishing would say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from registry.domain.contract import Mode, Source
from registry.domain.errors import BadExample, NotFound, ReleaseRefused
from registry.domain.publication import ConsumedContract, ProvidedContract, ServiceVersion
from registry.domain.semver import Version
from registry.domain.verdict import Verdict
from registry.services.checking.online import CheckRequest, check
from registry.services.checking.report import CheckReport
from tests.services.support import NOW, Registry, a_version, a_waiver, an_event, an_event_schema

TOTAL = {"total": {"type": "integer"}}
TEXT_TOTAL = {"total": {"type": "string"}}


def checked(registry: Registry, *versions: ServiceVersion, baseline_commit: str | None = None) -> CheckReport:
    with registry.database.read() as store:
        return check(store, CheckRequest(versions, baseline_commit), now=NOW, limits=registry.limits)


def with_example(provided: ProvidedContract, example: object) -> ProvidedContract:
    files = {**provided.source.files, "example.json": json.dumps(example).encode()}
    return replace(provided, source=Source(files, provided.source.entry), examples=("example.json",))


def test_a_transitive_mode_is_checked_past_the_neighbour(registry: Registry) -> None:
    """What publishing refuses because of an older release, the check says before."""
    mode = Mode.BACKWARD_TRANSITIVE
    registry.release(an_event(an_event_schema(**TOTAL), "1.0.0", mode=mode))
    registry.release(an_event(an_event_schema(), "1.1.0", mode=mode))
    candidate = an_event(an_event_schema(**TEXT_TOTAL), "1.2.0", mode=mode)
    report = checked(registry, a_version(candidate, branch="feature"))
    assert report.verdict is Verdict.NO
    assert [row.against for row in report.checks if row.verdict is Verdict.NO] == ["OrderPlaced 1.0.0"]
    with pytest.raises(ReleaseRefused):
        registry.release(candidate)


def test_a_refused_example_is_refused_before_it_is_published(registry: Registry) -> None:
    """An example that its schema refuses never merges."""
    registry.release(an_event())
    with pytest.raises(BadExample):
        checked(registry, a_version(with_example(an_event(), {"orderId": 7})))


def test_what_is_consumed_and_does_not_exist_is_said(registry: Registry) -> None:
    """A mistyped contract name would be refused when publishing; a contract of the same request is coming."""
    registry.publish(a_version(an_event()))
    first = Version(1, 0, 0)
    consumes = (ConsumedContract("OrderPlacd", first), ConsumedContract("StockReserved", first))
    stock = a_version(an_event(name="StockReserved"), service="stock")
    notices = checked(registry, a_version(an_event(), consumes=consumes), stock).notices
    assert "orders: consumes OrderPlacd, and there is no such contract." in notices
    assert not any("StockReserved, and" in notice for notice in notices)


def test_a_branch_behind_main_raises_no_alarm(registry: Registry) -> None:
    """Main has gone on; the branch changed nothing, and is compared with where it left main."""
    registry.publish(a_version(an_event(), version="base"))
    registry.publish(a_version(an_event(an_event_schema(**TOTAL), "1.1.0"), version="ahead"))
    report = checked(registry, a_version(an_event(), version="branch", branch="feature"), baseline_commit="base")
    assert report.verdict is Verdict.YES
    assert [change for row in report.checks for change in row.comparison.changes] == []


def test_without_a_published_merge_base_the_newest_release_is_taken_and_said(registry: Registry) -> None:
    """Nobody has to guess what was compared."""
    registry.publish(a_version(an_event(), version="base"))
    report = checked(registry, a_version(an_event(an_event_schema(**TOTAL), "1.1.0")), baseline_commit="never-published")
    assert any("newest release 1.0.0" in notice for notice in report.notices)


def test_a_waiver_that_lets_nothing_through_is_said(registry: Registry) -> None:
    """A mistyped element leaves its waiver idle; whoever gave it is told."""
    registry.release(an_event())
    wider = a_version(an_event(an_event_schema(**TOTAL), "1.1.0"), version="v2")
    receipt = registry.publish(wider, waivers=(("OrderPlaced", a_waiver("property-removed", "$.total")),))
    assert any("let nothing through" in notice for notice in receipt.service_versions[0].notices)


def test_a_commit_may_be_abbreviated(registry: Registry) -> None:
    """The twelve characters that every page and command prints are enough to ask with, unless two commits begin so."""
    commit = "1a6cd2c46758" + "0" * 28
    registry.publish(a_version(an_event(), version=commit))
    with registry.database.read() as store:
        orders = store.services.by_name("orders")
        assert store.services.version(orders, commit[:12]).version == commit
    registry.publish(a_version(an_event(), version="1a6cd2c46758" + "1" * 28))
    with registry.database.read() as store, pytest.raises(NotFound, match="1a6cd2c46758"):
        store.services.version(orders, commit[:12])
