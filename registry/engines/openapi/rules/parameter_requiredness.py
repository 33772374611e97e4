"""A parameter became required or optional."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.openapi.wording import named, sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="request-parameter-became-required",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(
        old="GET /carts: {parameters: [{name: limit, in: query, schema: {type: integer}}]}",
        new="GET /carts: {parameters: [{name: limit, in: query, required: true, schema: {type: integer}}]}",
    ),
    fine=Example(
        old="GET /carts: {parameters: [{name: limit, in: query, required: true, schema: {type: integer}}]}",
        new="GET /carts: {parameters: [{name: limit, in: query, schema: {type: integer}}]}",
    ),
    names=("request-parameter-became-required",),
)
def request_parameter_became_required(contracts: ContractPair) -> Iterator[Finding]:
    """A parameter that requests could leave out must be sent.

    Old clients that leave it out are refused.
    """
    for parameter in contracts.parameters.kept:
        if parameter.new.required and not parameter.old.required:
            yield parameter.changed(sentence(f"{named(parameter.new)} became required"), witness=exchange(parameter.exchange.old))


@rule(
    id="request-parameter-became-optional",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENED,
    breaks=Example(
        old="GET /carts: {parameters: [{name: limit, in: query, required: true, schema: {type: integer}}]}",
        new="GET /carts: {parameters: [{name: limit, in: query, schema: {type: integer}}]}",
    ),
    fine=Example(
        old="GET /carts: {parameters: [{name: limit, in: query, schema: {type: integer}}]}",
        new="GET /carts: {parameters: [{name: limit, in: query, required: true, schema: {type: integer}}]}",
    ),
    names=("request-parameter-became-optional",),
)
def request_parameter_became_optional(contracts: ContractPair) -> Iterator[Finding]:
    """A parameter that had to be sent can be left out.

    Old clients send it and are understood. Whoever reads the request by the old contract refuses one without it.
    """
    for parameter in contracts.parameters.kept:
        if parameter.old.required and not parameter.new.required:
            yield parameter.changed(sentence(f"{named(parameter.new)} became optional"), witness=exchange(parameter.exchange.new))
