"""A parameter is gone."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.lifecycle import removal
from registry.engines.openapi.matching import Single
from registry.engines.openapi.model import Parameter
from registry.engines.openapi.wording import named, sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@rule(
    id="request-required-parameter-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.BREAKING),
    breaks=Example(
        old="GET /carts: {parameters: [{name: X-Tenant, in: header, required: true, schema: {type: string}}]}",
        new="GET /carts: {}",
    ),
    fine=Example(
        old="GET /carts: {parameters: [{name: X-Tenant, in: header, required: true, schema: {type: string}}]}",
        new="GET /carts: {parameters: [{name: X-Tenant, in: header, schema: {type: string}}]}",
    ),
    names=("request-parameter-removed",),
    cap_reason="Servers usually ignore a parameter that they do not know.",
)
def request_required_parameter_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A parameter that every request had to carry is gone.

    Old clients still send it; most servers ignore it, and what it used to select is not selected. Whoever reads the request by the
    old contract (an old server, or the receiver of a callback) refuses it without the parameter.
    """
    for parameter in contracts.parameters.removed:
        if parameter.thing.required:
            yield _removed(contracts, parameter)


@rule(
    id="request-optional-parameter-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(
        old="GET /carts: {parameters: [{name: limit, in: query, schema: {type: integer}}]}",
        new="GET /carts: {}",
    ),
    fine=Example(
        old="GET /carts/{id}: {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}",
        new="GET /carts/{cart}: {parameters: [{name: cart, in: path, required: true, schema: {type: string}}]}",
    ),
    names=("request-parameter-removed", "request-parameter-removed-with-deprecation", "request-parameter-removed-before-sunset"),
    cap_reason="Servers usually ignore a parameter that they do not know.",
)
def request_optional_parameter_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A parameter that requests could carry is gone.

    Old clients still send it. Most servers ignore what they do not know, so the request succeeds and does something else: a filter
    that no longer filters. Removing it before a sunset that was declared for it breaks that promise.
    """
    for parameter in contracts.parameters.removed:
        if not parameter.thing.required:
            yield _removed(contracts, parameter)


def _removed(contracts: ContractPair, parameter: Single[Parameter]) -> Finding:
    lifecycle = parameter.thing.lifecycle
    notice = removal(lifecycle, contracts.as_of)
    broken_promise = lifecycle.deprecated and lifecycle.sunset is not None and notice.severity is Severity.BREAKING
    return parameter.removed(
        sentence(f"{named(parameter.thing)} was removed; {notice.words}"),
        severity=Severity.BREAKING if broken_promise else None,
        witness=exchange(parameter.exchange.old, also=[parameter.thing]),
    )
