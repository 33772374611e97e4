"""Rules over Protobuf contracts: the rulebook's rule, with the walk that feeds it and buf's categories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from registry.engines.protobuf.pairs import Revisions
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Finding, Rule

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtobufRule(Rule[Subject], Generic[Subject]):
    """A rule with `walk`, which yields its subjects, and the categories that buf files it under (empty for rules of our own)."""

    walk: Callable[[Revisions], Iterator[Subject]]
    categories: frozenset[Category] = frozenset()

    def findings(self, revisions: Revisions) -> Iterator[Finding]:
        """Everything that the rule sees between two revisions."""
        for subject in self.walk(revisions):
            yield from self.check(subject)


def over(walk: Callable[[Revisions], Iterator[Subject]], *categories: Category) -> Callable[[Rule[Subject]], ProtobufRule[Subject]]:
    """Make a rule of the rulebook a Protobuf rule."""

    def make(rule: Rule[Subject]) -> ProtobufRule[Subject]:
        values = {item.name: getattr(rule, item.name) for item in fields(rule)}
        return ProtobufRule(**values, walk=walk, categories=frozenset(categories))

    return make
