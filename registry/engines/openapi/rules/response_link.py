"""A link of a response came, went or leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.node import Node
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule, safe


@rule(
    id="response-link-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.RESPONSE,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok, links: {next: {operationId: listCarts}}}}}",
        new="GET /carts: {responses: {'200': {description: ok}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok, links: {next: {operationId: listCarts}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, links: {next: {operationId: listCarts, description: More}}}}}",
    ),
    cap_reason="A link only describes how one operation's answer feeds another; both are judged by themselves.",
)
def response_link_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A link from a response to an operation is gone.

    Clients that follow links by description no longer find the way.
    """
    for link in contracts.links.removed:
        yield link.removed(f"The link `{link.thing.name}` was removed.")


@rule(
    id="response-link-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.RESPONSE,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok}}}",
        new="GET /carts: {responses: {'200': {description: ok, links: {next: {operationId: listCarts}}}}}",
    ),
    fine=Example(old="GET /carts: {}", new="GET /carts: {summary: All carts}"),
)
def response_link_added(contracts: ContractPair) -> Iterator[Finding]:
    """A response describes one more way to go on.

    Old clients do not look for it.
    """
    for link in contracts.links.added:
        yield link.added(f"The link `{link.thing.name}` is new.")


@rule(
    id="response-link-target-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.RESPONSE,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok, links: {next: {operationId: listCarts}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, links: {next: {operationId: findCarts}}}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok, links: {next: {operationId: listCarts}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, links: {next: {operationId: listCarts, description: More}}}}}",
    ),
    cap_reason="A link only describes how one operation's answer feeds another; both are judged by themselves.",
)
def response_link_target_changed(contracts: ContractPair) -> Iterator[Finding]:
    """A link leads to another operation, or hands it other parameters or another body.

    Clients that follow links by description end up elsewhere.
    """
    for link in contracts.links.kept:
        if _target(link.old.node) != _target(link.new.node):
            yield link.changed(f"The link `{link.new.name}` has another target.")


def _target(link: Node) -> object:
    """What a client has to know to follow a link; prose about its server is left out."""
    server = link.member("server")
    variables = {name: (inner.raw("enum"), inner.raw("default")) for name, inner in server.within("variables")} if server else {}
    said = [link.raw(key) for key in ("operationId", "operationRef", "parameters", "requestBody")]
    return said, server.raw("url") if server else None, variables
