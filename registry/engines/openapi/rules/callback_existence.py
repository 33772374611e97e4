"""A callback of an operation came or went."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.lifecycle import removal_of_all
from registry.engines.openapi.rules._shared import OFFER_ADDED, OFFER_REMOVED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="callback-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=OFFER_REMOVED,
    breaks=Example(old="POST /carts: {callbacks: {paid: {'{$request.body#/url}': {post: {}}}}}", new="POST /carts: {}"),
    fine=Example(
        old="POST /carts: {callbacks: {paid: {'{$request.body#/url}': {post: {}}}}}",
        new="POST /carts: {callbacks: {paid: {'{$request.body#/url}': {post: {summary: Paid}}}}}",
    ),
)
def callback_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A callback is gone, or goes to an address that is taken from another place.

    Clients that wait to be called wait for ever. One whose operations are all past their sunset is risky to remove.
    """
    for callback in contracts.callbacks.removed:
        notice = removal_of_all((operation.lifecycle for operation in callback.thing.operations), contracts.as_of)
        yield callback.removed(
            f"The callback `{callback.thing.name}` to {callback.thing.expression} was removed; {notice.words}.",
            severity=None if notice.severity is Severity.BREAKING else notice.severity,
        )


@rule(
    id="callback-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=OFFER_ADDED,
    breaks=Example(old="POST /carts: {}", new="POST /carts: {callbacks: {paid: {'{$request.body#/url}': {post: {}}}}}"),
    fine=Example(old="POST /carts: {}", new="POST /carts: {summary: New cart}"),
)
def callback_added(contracts: ContractPair) -> Iterator[Finding]:
    """An operation has a new callback.

    Old clients give no address for it. New clients wait in vain for a server that is still the old one.
    """
    for callback in contracts.callbacks.added:
        yield callback.added(f"The callback `{callback.thing.name}` to {callback.thing.expression} is new.")
