"""A parameter is new."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.rules._shared import NARROWED
from registry.engines.openapi.wording import named, sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@rule(
    id="request-required-parameter-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(
        old="GET /carts: {}",
        new="GET /carts: {parameters: [{name: X-Tenant, in: header, required: true, schema: {type: string}}]}",
    ),
    fine=Example(
        old="GET /carts: {}",
        new="GET /carts: {parameters: [{name: limit, in: query, schema: {type: integer}}]}",
    ),
    names=("new-required-request-parameter", "new-required-request-default-parameter-to-existing-path"),
)
def request_required_parameter_added(contracts: ContractPair) -> Iterator[Finding]:
    """An operation has a new parameter that every request must carry.

    Old clients do not send it, so their requests are refused, even where the parameter has a default: it is declared as required.
    """
    for parameter in contracts.parameters.added:
        if parameter.thing.required:
            yield parameter.added(
                sentence(f"{named(parameter.thing)} is new and required"), witness=exchange(parameter.exchange.old)
            )


@rule(
    id="request-optional-parameter-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(
        old="GET /carts: {}",
        new="GET /carts: {parameters: [{name: limit, in: query, schema: {type: integer}}]}",
    ),
    fine=Example(
        old="GET /carts: {parameters: [{name: x-trace, in: header, schema: {type: string}}]}",
        new="GET /carts: {parameters: [{name: X-Trace, in: header, schema: {type: string}}]}",
    ),
    names=("new-optional-request-parameter", "new-optional-request-default-parameter-to-existing-path"),
    cap_reason="Servers usually ignore a parameter that they do not know.",
)
def request_optional_parameter_added(contracts: ContractPair) -> Iterator[Finding]:
    """An operation has a new parameter that requests may carry.

    Old clients do not send it. A server that is still the old one ignores it, so a new client gets more than it asked for.
    """
    for parameter in contracts.parameters.added:
        if not parameter.thing.required:
            yield parameter.added(
                sentence(f"{named(parameter.thing)} is new"), witness=exchange(parameter.exchange.new, also=[parameter.thing])
            )
