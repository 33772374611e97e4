"""An operation answers with another set of statuses."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.names import covers, is_success
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, risky, rule, safe


@rule(
    id="response-success-status-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.RESPONSE,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok}, '204': {description: none}}}",
        new="GET /carts: {responses: {'204': {description: none}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok}}}",
        new="GET /carts: {responses: {2XX: {description: ok}}}",
    ),
    names=("response-success-status-removed",),
)
def response_success_status_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A status of success is no longer declared, and no range covers it.

    Clients that wait for it take whatever comes instead for a failure.
    """
    for response in contracts.responses.removed:
        if is_success(response.thing.status):
            yield response.removed(
                f"The response {response.thing.status} was removed.",
                witness=exchange(response.exchange.old, status=response.thing.status),
            )


@rule(
    id="response-failure-status-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.RESPONSE,
    aspect=Aspect.VALUES,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=safe(),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok}, '404': {description: none}}}",
        new="GET /carts: {responses: {'200': {description: ok}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok}, '404': {description: none}}}",
        new="GET /carts: {responses: {'200': {description: ok}, 4XX: {description: none}}}",
    ),
    names=("response-non-success-status-removed",),
)
def response_failure_status_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A status of failure, redirection or information is no longer declared.

    Clients that handle it have some code that is never used.
    """
    for response in contracts.responses.removed:
        if not is_success(response.thing.status):
            yield response.removed(f"The response {response.thing.status} was removed.")


@rule(
    id="response-status-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.RESPONSE,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=risky(),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok}}}",
        new="GET /carts: {responses: {'200': {description: ok}, '429': {description: wait}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok}, default: {description: a problem}}}",
        new="GET /carts: {responses: {'200': {description: ok}, default: {description: a problem}, '429': {description: wait}}}",
    ),
    names=("response-success-status-added", "response-non-success-status-added"),
    cap_reason="HTTP asks clients to treat an unknown status as the x00 of its class (RFC 9110, section 15).",
)
def response_status_added(contracts: ContractPair) -> Iterator[Finding]:
    """A status is declared that the old version neither named nor covered by a range or `default`.

    Old clients did not expect it. A careful one treats it as its class; a strict one fails on it.
    """
    for response in contracts.responses.added:
        yield response.added(
            f"The response {response.thing.status} is new.",
            witness=exchange(response.exchange.new, status=response.thing.status),
        )


@rule(
    id="response-status-range-widened",
    contract_kind=ContractKind.OPENAPI,
    area=Area.RESPONSE,
    aspect=Aspect.VALUES,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok}}}",
        new="GET /carts: {responses: {2XX: {description: ok}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {2XX: {description: ok}}}",
        new="GET /carts: {responses: {'200': {description: ok}}}",
    ),
)
def response_status_range_widened(contracts: ContractPair) -> Iterator[Finding]:
    """A status is now described by a range, or a failure by `default`.

    What is described did not become less: clients that know the one status know its class.
    """
    for response in contracts.responses.kept:
        if covers(response.new.status, response.old.status):
            yield response.changed(f"The response {response.old.status} is now described by {response.new.status}.")
