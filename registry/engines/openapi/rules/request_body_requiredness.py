"""A request body became required or optional."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="request-body-became-required",
    contract_kind=ContractKind.OPENAPI,
    area=Area.REQUEST_BODY,
    aspect=Aspect.REQUIREDNESS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(
        old="POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}",
        new="POST /carts: {requestBody: {required: true, content: {application/json: {schema: {type: object}}}}}",
    ),
    fine=Example(
        old="POST /carts: {requestBody: {required: true, content: {application/json: {schema: {type: object}}}}}",
        new="POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}",
    ),
    names=("request-body-became-required",),
)
def request_body_became_required(contracts: ContractPair) -> Iterator[Finding]:
    """A body that requests could leave out must be sent.

    Old clients that leave it out are refused.
    """
    for body in contracts.bodies.kept:
        if body.new.required and not body.old.required:
            yield body.changed("The request body became required.", witness=exchange(body.exchange.old))


@rule(
    id="request-body-became-optional",
    contract_kind=ContractKind.OPENAPI,
    area=Area.REQUEST_BODY,
    aspect=Aspect.REQUIREDNESS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENED,
    breaks=Example(
        old="POST /carts: {requestBody: {required: true, content: {application/json: {schema: {type: object}}}}}",
        new="POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}",
    ),
    fine=Example(
        old="POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}",
        new="POST /carts: {requestBody: {required: true, content: {application/json: {schema: {type: object}}}}}",
    ),
    names=("request-body-became-optional",),
)
def request_body_became_optional(contracts: ContractPair) -> Iterator[Finding]:
    """A body that had to be sent can be left out.

    Old clients send it and are understood. Whoever reads by the old contract refuses a request without one.
    """
    for body in contracts.bodies.kept:
        if body.old.required and not body.new.required:
            yield body.changed("The request body became optional.", witness=exchange(body.exchange.new))
