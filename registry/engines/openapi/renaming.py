"""Operations that are gone under one path and new, in the same shape, under another: a hint to whoever reads of the removal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from registry.engines.jsonschema.library import Library
from registry.engines.jsonschema.sameness import Sameness
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.model import Header, MediaType, Operation, Parameter, expressions
from registry.engines.openapi.node import Node
from registry.engines.openapi.schemas import library

# Operations that are alike by the hundred are not told apart, and comparing each with each would take its time.
_MOST_CANDIDATES = 50


def renamed_operations(contracts: ContractPair) -> Mapping[str, Operation]:
    """The new operation that each removed one looks renamed to, by the element of the old one.

    Two have the same shape when method, parameters, bodies and responses are the same, schemas included; descriptions do not count.
    Among several candidates the operationId decides, then the path that shares most segments; nothing is said where neither does,
    or where operations without any schema are all alike.
    """
    gone = [operation for operation in _gone(contracts) if _tells_itself_apart(operation)]
    come: dict[tuple[object, ...], list[Operation]] = {}
    for operation in _come(contracts):
        come.setdefault(_outline(operation), []).append(operation)
    if not gone or not come:
        return {}
    schemas = _Schemas(library(gone[0].contract), library(next(iter(come.values()))[0].contract))
    found: dict[str, Operation] = {}
    for old in gone:
        candidates = come.get(_outline(old), [])
        best = _best(old, [new for new in candidates[:_MOST_CANDIDATES] if schemas.same(old, new)])
        if best is not None:
            candidates.remove(best)
            found[old.element] = best
    return found


def _gone(contracts: ContractPair) -> Iterator[Operation]:
    yield from (context.exchange.old for path in contracts.paths.removed for context in path.contexts)
    yield from (single.thing for single in contracts.operations.removed if not single.thing.reversed)


def _come(contracts: ContractPair) -> Iterator[Operation]:
    yield from (context.exchange.new for path in contracts.paths.added for context in path.contexts)
    yield from (single.thing for single in contracts.operations.added if not single.thing.reversed)


def _tells_itself_apart(operation: Operation) -> bool:
    return operation.identifier is not None or any(node is not None for node in _schemas(operation))


def _best(old: Operation, candidates: Sequence[Operation]) -> Operation | None:
    """The candidate of the same operationId, or the one whose path is most alike, if one is."""
    if old.identifier is not None:
        for new in candidates:
            if new.identifier == old.identifier:
                return new
    segments = set(old.shape.split("/"))
    shared = [len(segments & set(new.shape.split("/"))) for new in candidates]
    most = max(shared, default=0)
    return candidates[shared.index(most)] if shared.count(most) == 1 else None


class _Schemas:
    """Whether the schemas of an operation of the old version are those of one of the new, given equal outlines."""

    def __init__(self, old: Library, new: Library) -> None:
        self._old = old
        self._new = new
        self._sameness = Sameness()

    def same(self, old: Operation, new: Operation) -> bool:
        return all(self._same_schema(left, right) for left, right in zip(_schemas(old), _schemas(new), strict=True))

    def _same_schema(self, old: Node | None, new: Node | None) -> bool:
        if old is None or new is None:
            return old is new
        return self._sameness.same(self._old.at(old.location), self._new.at(new.location))


def _outline(operation: Operation) -> tuple[object, ...]:
    """Everything about an operation's shape but its schemas, as a value to compare."""
    body = operation.body
    return (
        operation.method,
        len(expressions(operation.template)),
        tuple((*_key(one), one.required, one.style, one.explode, one.media_type) for one in _parameters(operation)),
        body and (body.required, tuple(media.name for media in _media_types(body.media_types))),
        tuple(
            (
                response.status,
                tuple(media.name for media in _media_types(response.media_types)),
                tuple((header.name.lower(), header.required) for header in _headers(response.headers)),
            )
            for response in sorted(operation.responses, key=lambda response: response.status)
        ),
    )


def _schemas(operation: Operation) -> tuple[Node | None, ...]:
    """The schemas of an operation, in an order that its outline fixes."""
    body = operation.body
    found = [parameter.schema for parameter in _parameters(operation)]
    found += [media.schema for media in _media_types(body.media_types if body else ())]
    for response in sorted(operation.responses, key=lambda response: response.status):
        found += [media.schema for media in _media_types(response.media_types)]
        found += [header.schema for header in _headers(response.headers)]
    return tuple(found)


def _parameters(operation: Operation) -> list[Parameter]:
    return sorted(operation.parameters, key=_key)


def _key(parameter: Parameter) -> tuple[str, str]:
    """Path parameters are the same by their position, which is what their path is compared by."""
    name = parameter.name if parameter.position is None else f"{parameter.position}"
    return parameter.place, name


def _media_types(media_types: Sequence[MediaType]) -> list[MediaType]:
    return sorted(media_types, key=lambda media: media.name)


def _headers(headers: Sequence[Header]) -> list[Header]:
    return sorted(headers, key=lambda header: header.name.lower())
