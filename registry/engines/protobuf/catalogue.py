"""Every rule of this engine."""

from __future__ import annotations

from functools import cache

from registry.engines.protobuf import rules
from registry.engines.protobuf.rule import ProtobufRule
from registry.engines.protobuf.selection import REPLACED, Category
from registry.engines.rulebook.catalogue import discover
from registry.engines.rulebook.rule import Rule


@cache
def catalogue() -> tuple[ProtobufRule[object], ...]:
    """Every rule, by id."""
    found: tuple[Rule[object], ...] = discover(rules)
    return tuple(rule for rule in found if isinstance(rule, ProtobufRule))


@cache
def known_names() -> frozenset[str]:
    """What a configuration may name: categories, buf's rules, those that it once had, and our own ids."""
    named = (name for rule in catalogue() for name in (rule.id, *rule.names))
    return frozenset({*named, *(category.value for category in Category), *REPLACED})
