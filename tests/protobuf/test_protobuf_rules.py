"""Every rule's own examples, and laws over the whole catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from registry.domain.policy import Allowance, ProtobufPolicy
from registry.domain.verdict import Severity
from registry.engines.protobuf.catalogue import catalogue
from registry.engines.protobuf.rule import ProtobufRule
from registry.engines.rulebook.rule import Action, Area, Aspect, Example
from tests.protobuf.support import between

RULES = catalogue()

ONE_SIDED: Mapping[tuple[Area, Action], str] = {
    (Area.FILE, Action.REMOVED): "a new file is known by what it declares",
    (Area.PACKAGE, Action.REMOVED): "a new package is known by what it declares",
    (Area.ONEOF, Action.REMOVED): "a new oneof is known by the fields that are added or moved into it",
}
"""Kinds of declaration whose addition is no finding of its own, with the reason."""


def _seen(rule: ProtobufRule[object], example: Example) -> bool:
    policy = ProtobufPolicy(use=rule.names, allow=frozenset() if rule.names else frozenset(Allowance))
    return any(change.rule == rule.id for change in between(example.old, example.new, policy=policy).changes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_breaking_example_is_found(rule: ProtobufRule[object]) -> None:
    """A rule finds what its own example shows."""
    assert _seen(rule, rule.breaks)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_safe_example_is_not_found(rule: ProtobufRule[object]) -> None:
    """A rule is silent about its example of what may be done instead."""
    assert not _seen(rule, rule.fine)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_text_says_what_and_why(rule: ProtobufRule[object]) -> None:
    """A rule's text is a sentence of what was seen, then why it hurts, and its id spells the same in kebab case."""
    what, _, why = rule.doc.partition("\n\n")
    assert re.fullmatch(r"[A-Z].*\.", what)
    assert len(why) > 20
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_capped_rule_says_why(rule: ProtobufRule[object]) -> None:
    """A rule that some peer calls breaking and that is at most risky here gives the reason."""
    if rule.names and Severity.BREAKING not in rule.severity.values():
        assert rule.cap_reason


def test_ids_and_names_are_unique() -> None:
    """A waiver or a peer's id names one rule."""
    names = [name for rule in RULES for name in (rule.id, *rule.names)]
    assert len(names) == len(set(names))


def test_what_can_be_removed_can_be_added() -> None:
    """Existence is looked at from both sides, or a reason is written down."""
    existence = {(rule.area, rule.action) for rule in RULES if rule.aspect is Aspect.EXISTENCE}
    removed = {area for area, action in existence if action is Action.REMOVED}
    added = {area for area, action in existence if action is Action.ADDED}
    assert removed - added == {area for area, _ in ONE_SIDED}


def test_coordinates_are_unique_or_the_peer_s() -> None:
    """Two rules of our own never look at the same aspect of the same thing."""
    own = [(rule.area, rule.aspect, rule.action) for rule in RULES if not rule.names]
    assert len(own) == len(set(own))
