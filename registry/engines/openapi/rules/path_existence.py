"""A whole path came or went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.lifecycle import Notice, Stability, removal
from registry.engines.openapi.matching import Context
from registry.engines.openapi.rules._renaming import renamed_from, renamed_to
from registry.engines.openapi.rules._shared import OFFER_ADDED, OFFER_REMOVED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="path-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PATH,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=OFFER_REMOVED,
    breaks=Example(old="GET /carts: {}\nGET /orders: {}", new="GET /carts: {}"),
    fine=Example(old="GET /carts/{id}: {}", new="GET /carts/{cartId}: {}"),
    names=("api-path-removed-without-deprecation", "api-path-removed-before-sunset", "api-path-removed-with-deprecation"),
)
def path_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A path was removed with all of its operations.

    Clients that call any of them are answered 404. A path whose operations were all deprecated and are past their sunset is risky
    to remove: whoever still calls it was told. A path with other names for its parameters is the same path. Operations whose
    lifecycles differ are told apart, and so are those that look renamed to different paths: clients of the old one break all the
    same, so keep it beside the new one, deprecated, until its sunset.
    """
    for path in contracts.paths.removed:
        alike: dict[tuple[Notice, Stability | None, str], list[Context]] = {}
        for context in path.contexts:
            old = context.exchange.old
            fate = removal(old.lifecycle, contracts.as_of), old.lifecycle.level, renamed_to(contracts, old)
            alike.setdefault(fate, []).append(context)
        for (notice, _, renamed), contexts in alike.items():
            methods = ", ".join(context.exchange.old.method for context in contexts)
            yield replace(path, contexts=tuple(contexts)).removed(
                f"The path {path.thing.template} was removed ({methods}); {notice.words}.{renamed}",
                severity=None if notice.severity is Severity.BREAKING else notice.severity,
                witness=exchange(contexts[0].exchange.old),
            )


@rule(
    id="path-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PATH,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=OFFER_ADDED,
    breaks=Example(old="GET /carts: {}", new="GET /carts: {}\nGET /orders: {}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {}\nPOST /carts: {}"),
    names=("endpoint-added",),
)
def path_added(contracts: ContractPair) -> Iterator[Finding]:
    """A path is new.

    Old clients do not know it. New clients that call it find nothing in a server that is still the old one.
    """
    for path in contracts.paths.added:
        methods = ", ".join(operation.method for operation in path.thing.operations)
        message = f"The path {path.thing.template} is new ({methods}).{renamed_from(contracts, path.thing.operations)}"
        yield path.added(message, witness=exchange(path.thing.operations[0]))
