"""An operation of a path that stays came or went."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.lifecycle import removal
from registry.engines.openapi.rules._renaming import renamed_from, renamed_to
from registry.engines.openapi.rules._shared import OFFER_ADDED, OFFER_REMOVED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="operation-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=OFFER_REMOVED,
    breaks=Example(old="GET /carts: {}\nDELETE /carts: {}", new="GET /carts: {}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {deprecated: true}"),
    names=("api-removed-without-deprecation", "api-removed-before-sunset", "api-removed-with-deprecation"),
)
def operation_removed(contracts: ContractPair) -> Iterator[Finding]:
    """An operation was removed from a path that stays.

    Clients that call it are answered 405. One that was deprecated and is past its sunset is risky to remove; before that date, or
    without one, the removal breaks a promise. Where an operation of the same shape is new, this one looks renamed: clients of the
    old path break all the same, so keep it beside the new one, deprecated, until its sunset.
    """
    for operation in contracts.operations.removed:
        notice = removal(operation.thing.lifecycle, contracts.as_of)
        yield operation.removed(
            f"{operation.thing.element} was removed; {notice.words}.{renamed_to(contracts, operation.thing)}",
            severity=None if notice.severity is Severity.BREAKING else notice.severity,
            witness=exchange(operation.thing),
        )


@rule(
    id="operation-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=OFFER_ADDED,
    breaks=Example(old="GET /carts: {}", new="GET /carts: {}\nPOST /carts: {}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {summary: All carts}"),
    names=("endpoint-added",),
)
def operation_added(contracts: ContractPair) -> Iterator[Finding]:
    """An operation is new on a path that was there.

    Old clients do not know it. New clients that call it are answered 405 by a server that is still the old one.
    """
    for operation in contracts.operations.added:
        message = f"{operation.thing.element} is new.{renamed_from(contracts, [operation.thing])}"
        yield operation.added(message, witness=exchange(operation.thing))
