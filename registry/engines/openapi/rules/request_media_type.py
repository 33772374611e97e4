"""A request body is accepted in another set of media types."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="request-media-type-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.MEDIA_TYPE,
    aspect=Aspect.VALUES,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(
        old="POST /carts: {requestBody: {content: {application/json: {}, application/xml: {}}}}",
        new="POST /carts: {requestBody: {content: {application/json: {}}}}",
    ),
    fine=Example(
        old="POST /carts: {requestBody: {content: {application/json: {}}}}",
        new="POST /carts: {requestBody: {content: {application/*: {}}}}",
    ),
    names=("request-body-media-type-removed",),
)
def request_media_type_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A request body is no longer accepted in one of its media types.

    Old clients that write it are answered 415. A media type that a range of the new version covers is still accepted.
    """
    for media in contracts.request_media_types.removed:
        yield media.removed(
            f"The request body is no longer accepted as {media.thing.name}.",
            witness=exchange(media.exchange.old, media_type=media.thing.name),
        )


@rule(
    id="request-media-type-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.MEDIA_TYPE,
    aspect=Aspect.VALUES,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=WIDENED,
    breaks=Example(
        old="POST /carts: {requestBody: {content: {application/json: {}}}}",
        new="POST /carts: {requestBody: {content: {application/json: {}, application/xml: {}}}}",
    ),
    fine=Example(
        old="POST /carts: {requestBody: {content: {'*/*': {}}}}",
        new="POST /carts: {requestBody: {content: {'*/*': {}, application/xml: {}}}}",
    ),
    names=("request-body-media-type-added",),
)
def request_media_type_added(contracts: ContractPair) -> Iterator[Finding]:
    """A request body is accepted in one more media type.

    Old clients do not write it. Whoever reads by the old contract does not understand it.
    """
    for media in contracts.request_media_types.added:
        yield media.added(
            f"The request body is now accepted as {media.thing.name}.",
            witness=exchange(media.exchange.new, media_type=media.thing.name),
        )
