"""Severities that the manifest sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registry.domain.change import Change, Comparison
from registry.domain.errors import BadRequest, SettingExpired
from registry.domain.policy import SeveritySetting
from registry.domain.verdict import Direction, Severity
from registry.engines.governance.severities import apply_severities, check_settings

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MILDER = SeveritySetting(
    "property-removed", Severity.RISKY, "orders-api", "GET /orders response 200", "agreed", "2027-01-01T00:00:00+00:00"
)


def a_break(*elements: str, rule: str = "property-removed") -> Comparison:
    """One breaking change that reaches some elements."""
    return Comparison((Change(rule, Severity.BREAKING, Direction.FORWARD, None, None, "gone", elements),))


def judged(setting: SeveritySetting, comparison: Comparison, contract: str = "orders-api") -> Change:
    """The change under a setting."""
    return apply_severities(comparison, contract, [setting]).changes[0]


def test_a_setting_covers_the_parts_of_its_element_and_says_why() -> None:
    """What it makes milder no longer blocks, and carries reason and date to whoever reads it."""
    change = judged(MILDER, a_break("GET /orders response 200 $.total"))
    assert change.severity is Severity.RISKY
    assert change.severity_reason == "agreed (until 2027-01-01)"


@pytest.mark.parametrize(
    ("comparison", "contract"),
    [
        (a_break("GET /orders response 404 $.total"), "orders-api"),
        (a_break("GET /orders response 200 $.total", "GET /carts response 200 $.total"), "orders-api"),
        (a_break("GET /orders response 200 $.total", rule="enum-value-removed"), "orders-api"),
        (a_break("GET /orders response 200 $.total"), "carts-api"),
        (a_break(), "orders-api"),
    ],
)
def test_a_setting_covers_nothing_else(comparison: Comparison, contract: str) -> None:
    """Another element, one element more, another rule, another contract, or no element at all: the break stands."""
    assert judged(MILDER, comparison, contract).severity is Severity.BREAKING


def test_the_last_setting_counts() -> None:
    """A general entry is overruled by the special one that follows it."""
    general = replace(MILDER, element="*", severity=Severity.SAFE)
    found = apply_severities(a_break("GET /orders response 200 $.total"), "orders-api", [general, MILDER])
    assert found.changes[0].severity is Severity.RISKY


def test_a_setting_can_make_a_finding_worse_without_a_reason() -> None:
    """Strictness needs no excuse and no end."""
    stricter = SeveritySetting("property-added", Severity.BREAKING)
    check_settings([stricter], NOW)
    safe = Comparison((Change("property-added", Severity.SAFE, Direction.FORWARD, None, None, "new", ("a b",)),))
    assert judged(stricter, safe).blocks


def test_an_expired_setting_fails_even_where_nothing_needs_it() -> None:
    """From its moment on it is an error, so that it never stops counting in silence."""
    check_settings([MILDER], NOW)
    with pytest.raises(SettingExpired):
        check_settings([MILDER], datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("setting", [replace(MILDER, reason=" "), replace(MILDER, expires="")])
def test_a_milder_setting_needs_reason_and_date(setting: SeveritySetting) -> None:
    """Whoever sends it over HTTP is told, as whoever writes it into a manifest."""
    with pytest.raises(BadRequest):
        check_settings([setting], NOW)
