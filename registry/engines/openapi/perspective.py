"""Whose side a comparison takes, and what a rule's severity is seen from there."""

from __future__ import annotations

from enum import Enum

from registry.domain.contract import Mode
from registry.domain.verdict import Direction, Severity
from registry.engines.jsonschema.judging import opposite
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.rulebook.rule import Finding, Rule


class Perspective(Enum):
    """Who meets whom."""

    OLD_CLIENTS = "old clients, new server"
    NEW_CLIENTS = "new clients, old server"

    def direction(self, seen: Direction) -> Direction:
        """A direction that was noted for old clients of the new server, as this side has it."""
        return opposite(seen) if self is Perspective.NEW_CLIENTS else seen


def perspectives(mode: Mode) -> tuple[Perspective, ...]:
    """The sides that a mode takes. Mode `none` classifies as backward does."""
    sides = {
        Direction.BACKWARD: Perspective.OLD_CLIENTS,
        Direction.FORWARD: Perspective.NEW_CLIENTS,
    }
    return tuple(side for direction, side in sides.items() if direction in mode.directions) or (Perspective.OLD_CLIENTS,)


def judged(rule: Rule[ContractPair], finding: Finding, sides: tuple[Perspective, ...]) -> tuple[Severity, Direction]:
    """The worst that a finding means to any of the sides, and the direction in which it does; both when it is equally bad.

    A severity that the finding itself carries is about old clients: nobody new relied on what is gone.
    """
    natural = finding.direction or Direction.BACKWARD
    found: list[tuple[Severity, Direction]] = []
    for side in sides:
        direction = side.direction(natural)
        own = rule.severity.get(direction) or rule.severity[Direction.BOTH]
        found.append((finding.severity if finding.severity and side is Perspective.OLD_CLIENTS else own, direction))
    return worst(found)


def worst(judgements: list[tuple[Severity, Direction]]) -> tuple[Severity, Direction]:
    """The worst of several judgements; in both directions when two are equally bad."""
    severity = min((severity for severity, _ in judgements), key=lambda severity: severity.rank)
    directions = {direction for other, direction in judgements if other is severity}
    return severity, directions.pop() if len(directions) == 1 else Direction.BOTH
