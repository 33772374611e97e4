"""A schema that becomes one branch of a union, and a union that becomes one of its branches."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from registry.domain.change import Change, DocumentWitness
from registry.domain.contract import ContractKind, Mode, Source
from registry.domain.verdict import Direction, Severity
from registry.engines.documents.limits import Limits
from registry.services import formats

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ORDER = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "total": {"type": "integer"}}}
DELETED = {"type": "object", "required": ["deleted"], "properties": {"deleted": {"const": True}}}
NUMBER, INTEGER = {"type": "number"}, {"type": "integer"}


def changes(old: dict[str, Any], new: dict[str, Any], order: dict[str, Any] = ORDER) -> list[Change]:
    """The changes between two schemas whose definitions hold an order (after) and what stands for a deleted one."""
    return compared({**old, "$defs": {"order": ORDER, "deleted": DELETED}}, {**new, "$defs": {"order": order, "deleted": DELETED}})


def compared(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """The changes between two schemas, in both directions."""
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    before, after = (Source({"s.json": json.dumps({**draft, **body}).encode()}, "s.json") for body in (old, new))
    facts = {"subject": "Order", "mode": Mode.FULL, "as_of": NOW, "limits": Limits()}
    found = formats.compare(ContractKind.JSONSCHEMA, before, after, **facts)
    assert not found.undecided
    return list(found.changes)


ONE = {"$ref": "#/$defs/order"}
ANY = {"anyOf": [{"$ref": "#/$defs/order"}, {"$ref": "#/$defs/deleted"}]}


def test_one_alternative_more_is_one_finding() -> None:
    """Not one for each property that the other branch does not have; its document is of the new branch."""
    broken = [change for change in changes(ONE, ANY) if change.blocks]
    assert [(change.rule, change.direction) for change in broken] == [("alternative-added", Direction.FORWARD)]
    assert "`deleted`" in broken[0].message
    assert isinstance(broken[0].witness, DocumentWitness)


def test_one_alternative_less_is_one_finding() -> None:
    """The mirror: new readers do not know what the branch that went was for."""
    broken = [change for change in changes(ANY, ONE) if change.blocks]
    assert [(change.rule, change.direction) for change in broken] == [("alternative-removed", Direction.BACKWARD)]


def test_what_changed_in_the_branch_that_stayed_is_told_apart() -> None:
    """A property of it that is required now breaks by itself, where no other branch takes what it refuses."""
    stricter = {**ORDER, "required": ["id", "total"]}
    rules = {change.rule for change in changes(ONE, ANY, stricter) if change.blocks}
    assert rules == {"alternative-added", "property-became-required"}


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_a_second_branch_that_overlaps_breaks_old_writers_only_under_one_of(keyword: str) -> None:
    """Integers match both branches, which `oneOf` refuses."""
    found = compared(NUMBER, {keyword: [NUMBER, INTEGER]})
    broken = {(change.rule, change.direction) for change in found if change.severity is Severity.BREAKING}
    assert broken == ({("alternative-added", Direction.BACKWARD)} if keyword == "oneOf" else set())
