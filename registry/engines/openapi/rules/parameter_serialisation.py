"""A parameter is written differently into the request."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.exchanges import exchange
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.openapi.serialisation import differs, spelling
from registry.engines.openapi.wording import named, sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule


@rule(
    id="request-parameter-serialisation-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old="GET /carts: {parameters: [{name: ids, in: query, schema: {type: array, items: {type: string}}}]}",
        new="GET /carts: {parameters: [{name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}]}",
    ),
    fine=Example(
        old="GET /carts: {parameters: [{name: id, in: query, schema: {type: string}}]}",
        new="GET /carts: {parameters: [{name: id, in: query, explode: false, schema: {type: string}}]}",
    ),
)
def request_parameter_serialisation_changed(contracts: ContractPair) -> Iterator[Finding]:
    """Style, explode or the media type of a parameter changed so that the same value is written with other characters.

    `ids=1&ids=2` is not `ids=1,2`: an old client's request is read as another value, or refused. Where the schema allows neither
    array nor object, explode changes nothing, and no finding is made.
    """
    for parameter in contracts.parameters.kept:
        exchanged = parameter.exchange
        if parameter.old.place == parameter.new.place and differs(
            exchanged.old.contract, parameter.old, exchanged.new.contract, parameter.new
        ):
            yield parameter.changed(
                sentence(f"{named(parameter.new)} is written as {spelling(parameter.new)}, not {spelling(parameter.old)}"),
                witness=exchange(exchanged.old, also=[parameter.old]),
            )


@rule(
    id="request-parameter-reserved-characters-refused",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.SERIALISATION,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=NARROWED,
    breaks=Example(
        old="GET /carts: {parameters: [{name: path, in: query, allowReserved: true, schema: {type: string}}]}",
        new="GET /carts: {parameters: [{name: path, in: query, schema: {type: string}}]}",
    ),
    fine=Example(
        old="GET /carts: {parameters: [{name: path, in: query, schema: {type: string}}]}",
        new="GET /carts: {parameters: [{name: path, in: query, allowReserved: true, schema: {type: string}}]}",
    ),
)
def request_parameter_reserved_characters_refused(contracts: ContractPair) -> Iterator[Finding]:
    """A parameter may no longer carry reserved characters as they are, or may no longer be empty.

    Old clients send `/`, `?` and the like without percent-encoding, or a bare `name=`, and are misread or refused.
    """
    for parameter in contracts.parameters.kept:
        old, new = parameter.old, parameter.new
        if (old.allow_reserved and not new.allow_reserved) or (old.allow_empty and not new.allow_empty):
            what = "reserved characters" if old.allow_reserved and not new.allow_reserved else "an empty value"
            yield parameter.changed(sentence(f"{named(new)} no longer allows {what}"))


@rule(
    id="request-parameter-reserved-characters-allowed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.PARAMETER,
    aspect=Aspect.SERIALISATION,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=WIDENED,
    breaks=Example(
        old="GET /carts: {parameters: [{name: path, in: query, schema: {type: string}}]}",
        new="GET /carts: {parameters: [{name: path, in: query, allowReserved: true, schema: {type: string}}]}",
    ),
    fine=Example(
        old="GET /carts: {parameters: [{name: path, in: query, allowReserved: true, schema: {type: string}}]}",
        new="GET /carts: {parameters: [{name: path, in: query, schema: {type: string}}]}",
    ),
)
def request_parameter_reserved_characters_allowed(contracts: ContractPair) -> Iterator[Finding]:
    """A parameter may now carry reserved characters as they are, or be empty.

    Old clients encode them and are understood. A server that is still the old one may misread new clients.
    """
    for parameter in contracts.parameters.kept:
        old, new = parameter.old, parameter.new
        if (new.allow_reserved and not old.allow_reserved) or (new.allow_empty and not old.allow_empty):
            what = "reserved characters" if new.allow_reserved and not old.allow_reserved else "an empty value"
            yield parameter.changed(sentence(f"{named(new)} now allows {what}"))
