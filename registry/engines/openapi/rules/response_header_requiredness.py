"""A response header became optional or required."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.openapi.wording import named, sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="response-header-became-optional",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENED,
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {required: true, schema: {type: string}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {required: true, schema: {type: string}}}}}}",
    ),
    names=("response-header-became-optional",),
)
def response_header_became_optional(contracts: ContractPair) -> Iterator[Finding]:
    """A header that every response carried may be missing.

    Clients that read it without looking fail on the first response without it.
    """
    for header in contracts.headers.kept:
        if header.old.required and not header.new.required:
            yield header.changed(
                sentence(f"{named(header.new)} became optional"), witness=exchange(header.exchange.new, status=header.status)
            )


@rule(
    id="response-header-became-required",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {required: true, schema: {type: string}}}}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {required: true, schema: {type: string}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}",
    ),
)
def response_header_became_required(contracts: ContractPair) -> Iterator[Finding]:
    """A header that could be missing is now in every response.

    Old clients cope either way. In a callback it is the client that answers, and old clients may leave the header out.
    """
    for header in contracts.headers.kept:
        if header.new.required and not header.old.required:
            yield header.changed(
                sentence(f"{named(header.new)} became required"), witness=exchange(header.exchange.old, status=header.status)
            )
