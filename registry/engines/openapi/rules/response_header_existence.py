"""A response header came or went."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.lifecycle import removal
from registry.engines.openapi.wording import named, sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@rule(
    id="response-required-header-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {required: true, schema: {type: string}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {required: true, schema: {type: string}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {etag: {required: true, schema: {type: string}}}}}}",
    ),
    names=("required-response-header-removed",),
)
def response_required_header_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A header that every response carried is gone.

    Clients may rely on it without looking whether it is there.
    """
    for header in contracts.headers.removed:
        if header.thing.required:
            notice = removal(header.thing.lifecycle, contracts.as_of)
            yield header.removed(
                sentence(f"{named(header.thing)} was removed; {notice.words}"),
                severity=None if notice.severity is Severity.BREAKING else notice.severity,
                witness=exchange(header.exchange.old, status=header.status),
            )


@rule(
    id="response-optional-header-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {deprecated: true, schema: {type: string}}}}}}",
    ),
    names=("optional-response-header-removed",),
    cap_reason="Clients of the declared contract had to cope with a response without it.",
)
def response_optional_header_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A header that responses could carry is gone.

    A client that follows the contract copes without it, but what it was for (a rate limit, a next page) is lost. Removing it before
    a sunset that was declared for it breaks that promise.
    """
    for header in contracts.headers.removed:
        if not header.thing.required:
            lifecycle = header.thing.lifecycle
            notice = removal(lifecycle, contracts.as_of)
            promised = lifecycle.deprecated and lifecycle.sunset is not None and notice.severity is Severity.BREAKING
            yield header.removed(
                sentence(f"{named(header.thing)} was removed; {notice.words}"),
                severity=Severity.BREAKING if promised else None,
                witness=exchange(header.exchange.old, status=header.status),
            )


@rule(
    id="response-required-header-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {required: true, schema: {type: string}}}}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}",
    ),
    names=("response-header-added",),
)
def response_required_header_added(contracts: ContractPair) -> Iterator[Finding]:
    """Every response carries a new header.

    Old clients ignore it. New clients that rely on it miss it in the answers of a server that is still the old one.
    """
    for header in contracts.headers.added:
        if header.thing.required:
            yield header.added(
                sentence(f"{named(header.thing)} is new and in every response"),
                witness=exchange(header.exchange.old, status=header.status),
            )


@rule(
    id="response-optional-header-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {Content-Type: {schema: {type: string}}}}}}",
    ),
    names=("response-header-added",),
    cap_reason="Clients of the declared contract have to cope with a response without it.",
)
def response_optional_header_added(contracts: ContractPair) -> Iterator[Finding]:
    """Responses may carry a new header.

    Old clients ignore it. New clients do not get it from a server that is still the old one.
    """
    for header in contracts.headers.added:
        if not header.thing.required:
            yield header.added(
                sentence(f"{named(header.thing)} is new"), witness=exchange(header.exchange.old, status=header.status)
            )
