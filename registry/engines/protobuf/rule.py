"""Rules over Protobuf contracts: the rulebook's rule, with the walk that feeds it and buf's categories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Generic, TypeVar

from registry.engines.protobuf.pairs import Revisions
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Area, Finding, Rule

Subject = TypeVar("Subject")


class Harm(StrEnum):
    """What stops working, worst first."""

    WIRE = "breaks the wire format, JSON and generated source"
    CALLS = "breaks calls and generated source"
    JSON = "breaks JSON and generated source"
    SOURCE = "breaks generated source"


@dataclass(frozen=True, slots=True)
class ProtobufFinding(Finding):
    """A finding that knows better than its rule's categories what it harms, or what to do about it."""

    harm: Harm | None = None
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtobufRule(Rule[Subject], Generic[Subject]):
    """A rule with `walk`, which yields its subjects, and the categories that buf files it under (empty for rules of our own)."""

    walk: Callable[[Revisions], Iterator[Subject]]
    categories: frozenset[Category] = frozenset()

    @property
    def harm(self) -> Harm | None:
        """What its findings harm, by what its weakest category still protects; None for rules of our own."""
        if Category.WIRE in self.categories:
            return Harm.WIRE
        if Category.WIRE_JSON in self.categories:
            return Harm.JSON
        if not self.categories:
            return None
        return Harm.CALLS if self.area in {Area.SERVICE, Area.METHOD} else Harm.SOURCE

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
