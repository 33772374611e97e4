"""A response header is written differently."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.serialisation import differs, spelling
from registry.engines.openapi.wording import named, sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule


@rule(
    id="response-header-serialisation-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {X-Limits: {schema: {type: object}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {X-Limits: {explode: true, schema: {type: object}}}}}}",
    ),
    fine=Example(
        old="GET /carts: {responses: {'200': {description: ok, headers: {X-Limit: {schema: {type: integer}}}}}}",
        new="GET /carts: {responses: {'200': {description: ok, headers: {X-Limit: {explode: true, schema: {type: integer}}}}}}",
    ),
)
def response_header_serialisation_changed(contracts: ContractPair) -> Iterator[Finding]:
    """Explode or the media type of a header changed so that the same value is written with other characters.

    Old clients read another value out of it, or none. Where the schema allows no array and no object, explode changes nothing.
    """
    for header in contracts.headers.kept:
        exchanged = header.exchange
        if differs(exchanged.old.contract, header.old, exchanged.new.contract, header.new):
            yield header.changed(
                sentence(f"{named(header.new)} is written as {spelling(header.new)}, not {spelling(header.old)}"),
                witness=exchange(exchanged.new, status=header.status),
            )
