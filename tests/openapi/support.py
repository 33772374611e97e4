"""Short ways to contracts and comparisons for the tests of the OpenAPI engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from registry.domain.change import Change, Comparison
from registry.domain.contract import Mode, Source
from registry.domain.verdict import Severity
from registry.engines.openapi import ApiContract, compare, parse
from registry.engines.openapi.examples import example_contract

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def contract(**files: str) -> ApiContract:
    """A contract of several YAML files; underscores in a keyword stand for the dots and slashes of its path."""
    names = {name.replace("__", "/").replace("_yaml", ".yaml"): text.encode() for name, text in files.items()}
    return parse(Source(names, next(iter(names))))


def differences(
    old: str, new: str, mode: Mode = Mode.BACKWARD, as_of: datetime = NOW, notice: Sequence[tuple[str, int]] = ()
) -> Comparison:
    """The comparison of two example texts."""
    return compare(example_contract(old), example_contract(new), mode=mode, as_of=as_of, minimum_notice=notice)


def found(
    old: str, new: str, rule: str, mode: Mode = Mode.BACKWARD, as_of: datetime = NOW, notice: Sequence[tuple[str, int]] = ()
) -> Change:
    """The one change of a rule between two example texts."""
    (change,) = [change for change in differences(old, new, mode, as_of, notice).changes if change.rule == rule]
    return change


def severities(comparison: Comparison) -> dict[str, Severity]:
    """The severity of each rule that fired."""
    return {change.rule: change.severity for change in comparison.changes}
