"""A place that had no schema has one now, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair, Role
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.openapi.trivial import allows_all
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule

_ANY = "POST /carts: {requestBody: {content: {application/json: {}}}}"
_OBJECT = "POST /carts: {requestBody: {content: {application/json: {schema: {type: object}}}}}"
_ANY_ANSWER = "GET /carts: {responses: {'200': {description: ok, content: {application/json: {}}}}}"
_OBJECT_ANSWER = "GET /carts: {responses: {'200': {description: ok, content: {application/json: {schema: {type: object}}}}}}"

_SENT = (Role.REQUEST, Role.REQUEST_PARAMETER)
_ANSWERED = (Role.RESPONSE, Role.RESPONSE_HEADER)


@rule(
    id="request-schema-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.REQUEST_BODY,
    aspect=Aspect.TYPE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(old=_ANY, new=_OBJECT),
    fine=Example(old=_OBJECT, new=_OBJECT),
    names=("request-body-media-type-schema-added",),
)
def request_schema_added(contracts: ContractPair) -> Iterator[Finding]:
    """A body or parameter of a request that could be anything has a schema now.

    What old clients send need not fit it.
    """
    yield from _added(contracts, _SENT)


@rule(
    id="request-schema-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.REQUEST_BODY,
    aspect=Aspect.TYPE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENED,
    breaks=Example(old=_OBJECT, new=_ANY),
    fine=Example(old=_ANY, new=_OBJECT),
    names=("request-body-media-type-schema-removed",),
)
def request_schema_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A body or parameter of a request may be anything now.

    What old clients send is still accepted. Whoever reads by the old contract meets what its schema refuses.
    """
    yield from _removed(contracts, _SENT)


@rule(
    id="response-schema-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.RESPONSE,
    aspect=Aspect.TYPE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(old=_ANY_ANSWER, new=_OBJECT_ANSWER),
    fine=Example(old=_OBJECT_ANSWER, new=_ANY_ANSWER),
    names=("response-body-media-type-schema-added",),
)
def response_schema_added(contracts: ContractPair) -> Iterator[Finding]:
    """A body or header of a response that could be anything has a schema now.

    Old clients cope with anything.
    """
    yield from _added(contracts, _ANSWERED)


@rule(
    id="response-schema-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.RESPONSE,
    aspect=Aspect.TYPE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENED,
    breaks=Example(old=_OBJECT_ANSWER, new=_ANY_ANSWER),
    fine=Example(old=_ANY_ANSWER, new=_OBJECT_ANSWER),
    names=("response-body-media-type-schema-removed",),
)
def response_schema_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A body or header of a response may be anything now.

    Old clients can no longer rely on anything that the schema promised.
    """
    yield from _removed(contracts, _ANSWERED)


def _added(contracts: ContractPair, roles: tuple[Role, ...]) -> Iterator[Finding]:
    for role in roles:
        for schema in contracts.schemas[role].added:
            if not allows_all(schema.thing.node):
                yield schema.added("There is a schema where anything was allowed.")


def _removed(contracts: ContractPair, roles: tuple[Role, ...]) -> Iterator[Finding]:
    for role in roles:
        for schema in contracts.schemas[role].removed:
            if not allows_all(schema.thing.node):
                yield schema.removed("There is no schema any more: anything is allowed.")
