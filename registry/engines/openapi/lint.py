"""What is wrong with one OpenAPI document, as findings: its structural faults and where it contradicts itself."""

from __future__ import annotations

from registry.domain.change import Change, NoWitness, in_order
from registry.domain.verdict import Direction, Severity
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.contradictions import contradictions
from registry.engines.openapi.faults import Fault, faults

PREFIX = "openapi-lint:"
"""What the id of every such finding starts with."""

RULES = {
    "structure": "The document breaks the specification.",
    "default": "A default does not fit its own schema.",
    "operation-id": "An operationId is used twice.",
    "path-parameter": "A path and its parameters do not agree.",
}
"""What follows the prefix, and what it means."""

_NO_WITNESS = NoWitness("")
"""The place itself shows the fault."""


def rule_ids() -> frozenset[str]:
    """The ids of these rules, as findings call them."""
    return frozenset(f"{PREFIX}{name}" for name in RULES)


def lint(contract: ApiContract) -> tuple[Change, ...]:
    """Every fault of a contract by its place. Each is risky, so that nothing blocks by itself and a policy can raise it."""
    return in_order([_change(fault) for fault in (*faults(contract), *contradictions(contract))])


def _change(fault: Fault) -> Change:
    return Change(
        rule=f"{PREFIX}{fault.rule}",
        severity=Severity.RISKY,
        direction=Direction.BOTH,
        old=None,
        new=fault.location,
        message=f"{fault.message} ({fault.location.path or 'the whole document'})",
        witness=_NO_WITNESS,
    )
