"""What the owner's policy does to a release, and what the registry keeps of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry.domain.errors import BadRequest, ReleaseRefused, SettingExpired
from registry.domain.manifest import Policy
from registry.domain.policy import ComparisonPolicy, ProtobufPolicy, SeveritySetting
from registry.domain.verdict import Severity
from tests.services.support import NOW, Registry, a_version, an_event, an_event_schema

TOTAL = {"total": {"type": "integer"}}
BOUNDED = {"total": {"type": "integer", "maximum": 10}}
MILDER = SeveritySetting(
    "maximum-tightened", Severity.RISKY, "OrderPlaced", "OrderPlaced $.total", "measured", (NOW + timedelta(days=9)).isoformat()
)


def test_a_release_passes_with_the_severity_that_the_manifest_sets(registry: Registry) -> None:
    """The finding stays in the change log, with the reason; without the setting it is refused."""
    registry.release(an_event(an_event_schema(**TOTAL)))
    bounded = an_event(an_event_schema(**BOUNDED), "1.1.0")
    with pytest.raises(ReleaseRefused):
        registry.release(bounded)
    receipt = registry.release(bounded, policy=Policy(severities=(MILDER,)))
    (change,) = [change for change in receipt.comparison.changes if change.rule == "maximum-tightened"]
    assert (change.severity, change.severity_reason) == (Severity.RISKY, "measured (until 2026-12-01)")


def test_an_expired_setting_refuses_the_publication(registry: Registry) -> None:
    """Nothing is written until the entry is renewed or removed."""
    later = registry.at(NOW + timedelta(days=9))
    with pytest.raises(SettingExpired):
        later.release(an_event(), policy=Policy(severities=(MILDER,)))
    assert registry.count("services") == 0


def test_the_registry_keeps_what_a_contract_is_compared_by(registry: Registry) -> None:
    """A page compares releases by the same policy as the gate, and takes over a new one from the main branch only."""
    policy = ComparisonPolicy((("stable", 90),), ProtobufPolicy(use=("WIRE",)))
    registry.release(an_event(), policy=Policy(comparison=policy))
    registry.publish(a_version(an_event(), version="elsewhere", branch="feature"))
    with registry.database.read() as store:
        assert store.contracts.by_name("OrderPlaced").policy == policy


def test_a_policy_that_names_no_rule_is_refused(registry: Registry) -> None:
    """A mistyped rule would otherwise stand there and do nothing."""
    with pytest.raises(BadRequest, match="maximum-tightend"):
        registry.release(an_event(), policy=Policy(raise_rules=("maximum-tightend",)))
