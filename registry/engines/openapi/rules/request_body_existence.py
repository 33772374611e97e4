"""An operation takes a body now, or does no longer."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.rules._shared import NARROWED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, by_direction, rule


@rule(
    id="request-required-body-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.REQUEST_BODY,
    aspect=Aspect.REQUIREDNESS,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(
        old="POST /carts: {}",
        new="POST /carts: {requestBody: {required: true, content: {application/json: {schema: {type: object}}}}}",
    ),
    fine=Example(
        old="POST /carts: {}",
        new="POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}",
    ),
    names=("request-body-added-required",),
)
def request_required_body_added(contracts: ContractPair) -> Iterator[Finding]:
    """An operation that took no body must be sent one.

    Old clients send none and are refused.
    """
    for body in contracts.bodies.added:
        if body.thing.required:
            yield body.added("A request body is new and required.", witness=exchange(body.exchange.old))


@rule(
    id="request-optional-body-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.REQUEST_BODY,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(
        old="POST /carts: {}",
        new="POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}",
    ),
    fine=Example(
        old="POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}",
        new="POST /carts: {requestBody: {description: A cart, content: {application/json: {schema: {type: object}}}}}",
    ),
    names=("request-body-added-optional",),
    cap_reason="Whoever expects no body usually ignores one.",
)
def request_optional_body_added(contracts: ContractPair) -> Iterator[Finding]:
    """An operation that took no body can be sent one.

    Old clients send none. A reader that is still the old one ignores the body that it does not expect.
    """
    for body in contracts.bodies.added:
        if not body.thing.required:
            yield body.added("A request body is new.")


@rule(
    id="request-body-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.REQUEST_BODY,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old="POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}",
        new="POST /carts: {}",
    ),
    fine=Example(
        old="POST /carts: {requestBody: {required: true, content: {application/json: {schema: {type: object}}}}}",
        new="POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}",
    ),
    names=("request-body-removed",),
)
def request_body_removed(contracts: ContractPair) -> Iterator[Finding]:
    """An operation takes no body any more.

    What old clients send is lost, or refused. In a callback, receivers wait for a body that does not come.
    """
    for body in contracts.bodies.removed:
        content = next(iter(body.thing.media_types), None)
        witness = exchange(body.exchange.old, media_type=content.name if content else None)
        yield body.removed("The request body was removed.", witness=witness)
