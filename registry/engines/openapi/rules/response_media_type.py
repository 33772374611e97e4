"""A response body comes in another set of media types."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@rule(
    id="response-media-type-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.MEDIA_TYPE,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok, content: {application/json: {}, application/xml: {}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, content: {application/json: {}}}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok, content: {'*/*': {}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, content: {application/json: {}}}}}",
    ),
    names=("response-media-type-removed",),
)
def response_media_type_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A response no longer comes in one of its media types.

    Clients that accept only that one are answered 406, or with something that they cannot read. A range that was narrowed to some
    of its media types is no removal.
    """
    for media in contracts.response_media_types.removed:
        yield media.removed(
            f"The response no longer comes as {media.thing.name}.",
            witness=exchange(media.exchange.old, status=media.status, media_type=media.thing.name),
        )


@rule(
    id="response-media-type-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.MEDIA_TYPE,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok, content: {application/json: {}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, content: {application/json: {}, application/xml: {}}}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok, content: {application/*: {}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, content: {application/*: {}, application/xml: {}}}}}",
    ),
    names=("response-media-type-added",),
)
def response_media_type_added(contracts: ContractPair) -> Iterator[Finding]:
    """A response comes in one more media type, for clients that accept it.

    Old clients ask for what they know (RFC 9110, section 12.5.1).
    """
    for media in contracts.response_media_types.added:
        yield media.added(
            f"The response now also comes as {media.thing.name}.",
            witness=exchange(media.exchange.new, status=media.status, media_type=media.thing.name),
        )
