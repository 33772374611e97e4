"""A webhook came or went."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.lifecycle import removal_of_all
from registry.engines.openapi.rules._shared import OFFER_ADDED, OFFER_REMOVED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="webhook-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.DOCUMENT,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=OFFER_REMOVED,
    breaks=Example(old="webhooks: {paid: {post: {}}, refunded: {post: {}}}", new="webhooks: {paid: {post: {}}}"),
    fine=Example(old="webhooks: {paid: {post: {}}}", new="webhooks: {paid: {post: {summary: Paid}}}"),
    names=("webhook-removed",),
)
def webhook_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A webhook is gone.

    Clients that subscribed are no longer told. One whose operations are all past their sunset is risky to remove.
    """
    for webhook in contracts.webhooks.removed:
        notice = removal_of_all((operation.lifecycle for operation in webhook.thing.operations), contracts.as_of)
        yield webhook.removed(
            f"The webhook `{webhook.thing.name}` was removed; {notice.words}.",
            severity=None if notice.severity is Severity.BREAKING else notice.severity,
        )


@rule(
    id="webhook-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.DOCUMENT,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=OFFER_ADDED,
    breaks=Example(old="webhooks: {paid: {post: {}}}", new="webhooks: {paid: {post: {}}, refunded: {post: {}}}"),
    fine=Example(old="webhooks: {paid: {post: {}}}", new="webhooks: {paid: {post: {summary: Paid}}}"),
    names=("webhook-added",),
)
def webhook_added(contracts: ContractPair) -> Iterator[Finding]:
    """A webhook is new.

    Old clients did not subscribe to it. New clients wait in vain for a server that is still the old one.
    """
    for webhook in contracts.webhooks.added:
        yield webhook.added(f"The webhook `{webhook.thing.name}` is new.")
