"""A parameter moved, say from the query into a header."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.wording import sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule


@rule(
    id="request-parameter-location-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old="GET /carts: {parameters: [{name: tenant, in: query, required: true, schema: {type: string}}]}",
        new="GET /carts: {parameters: [{name: tenant, in: header, required: true, schema: {type: string}}]}",
    ),
    fine=Example(
        old="GET /carts: {parameters: [{name: tenant, in: query, schema: {type: string}}]}",
        new="GET /carts: {parameters: [{name: tenant, in: query, schema: {type: string}}, {name: limit, in: query}]}",
    ),
    names=("request-parameter-removed", "new-required-request-parameter"),
)
def request_parameter_location_changed(contracts: ContractPair) -> Iterator[Finding]:
    """A parameter is expected at another place of the request.

    Old clients send it where nobody looks. One that was optional and stays so is risky only: the request is served as if it were
    not there.
    """
    for parameter in contracts.parameters.kept:
        old, new = parameter.old, parameter.new
        if old.place != new.place:
            optional = not old.required and not new.required
            yield parameter.changed(
                sentence(f"the parameter `{old.name}` moved from {old.place} to {new.place}"),
                severity=Severity.RISKY if optional else None,
                witness=exchange(parameter.exchange.old, also=[old]),
                removes_promise=True,
            )
