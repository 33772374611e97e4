"""The operationId of an operation changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule, safe


@rule(
    id="operation-id-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old="GET /carts: {operationId: listCarts}", new="GET /carts: {operationId: getCarts}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {operationId: listCarts}"),
    names=("api-operation-id-removed",),
)
def operation_id_changed(contracts: ContractPair) -> Iterator[Finding]:
    """An operation has another operationId, or none any more.

    Nothing changes between client and server. Generated clients name their methods after it, so code that calls them has to be
    changed when the client is generated again.
    """
    for operation in contracts.operations.kept:
        old, new = operation.old.identifier, operation.new.identifier
        if old is not None and old != new:
            now = f"is now `{new}`" if new is not None else "was removed"
            yield operation.changed(f"The operationId `{old}` of {operation.old.element} {now}.")
