"""Comparing two versions of an OpenAPI contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from registry.domain.change import Change, Comparison, NoWitness, in_order
from registry.domain.contract import Mode
from registry.domain.verdict import Severity
from registry.engines.openapi import rules
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.gating import Gating
from registry.engines.openapi.lifecycle import notice_by_level
from registry.engines.openapi.perspective import Perspective, judged, perspectives
from registry.engines.openapi.renaming import renamed_operations
from registry.engines.openapi.schemas import SchemaChanges
from registry.engines.openapi.walk import pair
from registry.engines.rulebook.catalogue import discover
from registry.engines.rulebook.rule import Rule

_HARMLESS = NoWitness("nothing that worked stops working")
_PROMISED = NoWitness("this is about a promise, which no single exchange can show broken")


@lru_cache(maxsize=1)
def contract_rules() -> tuple[Rule[ContractPair], ...]:
    """The rules about everything but schemas, sorted by id."""
    return discover(rules)


def compare(
    old: ApiContract, new: ApiContract, *, mode: Mode, as_of: datetime, minimum_notice: Iterable[tuple[str, int]] = ()
) -> Comparison:
    """Every change between two versions, each once, at the place where it changed, with the elements that reach it.

    Backward asks whether old clients get along with the new server, in what they send and in what they receive; forward whether new
    clients get along with the old server; full both. Mode `none` classifies as backward does. `as_of`, aware, is the moment at
    which sunsets are judged; `minimum_notice` has the days for which an element of a stability level has to be deprecated before
    its sunset. Raises BadReference for a reference that only the comparison came across.
    """
    matched = pair(old, new, as_of)
    contracts = replace(matched, notice=notice_by_level(minimum_notice), renamed=renamed_operations(matched))
    sides = perspectives(mode)
    schemas = SchemaChanges(old, new, contracts, sides)
    gating = Gating.of(contracts, old)
    changes = [gating.capped(change) for change in (*_changes(contracts, sides), *schemas.changes())]
    return Comparison(in_order(changes), schemas.undecided())


def _changes(contracts: ContractPair, sides: tuple[Perspective, ...]) -> Iterator[Change]:
    for rule in contract_rules():
        for finding in rule.check(contracts):
            severity, direction = judged(rule, finding, sides)
            yield Change(
                rule=rule.id,
                severity=severity,
                direction=direction,
                old=finding.old,
                new=finding.new,
                message=finding.message,
                elements=finding.elements,
                witness=_HARMLESS if severity is Severity.SAFE else finding.witness or _PROMISED,
                removes_promise=finding.removes_promise,
            )
