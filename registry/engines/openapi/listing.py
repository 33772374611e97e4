"""What a contract offers, as lists for pages, manifests and usage."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.model import Callback, Operation
from registry.engines.openapi.names import is_success
from registry.engines.openapi.node import Node
from registry.engines.openapi.reader import read_api

_MOST_OF_A_BODY = 1_000


@dataclass(frozen=True, slots=True)
class ListedOperation:
    """One operation as a page shows it. `sunset` is as written; `time_budget_ms` is its `x-time-budget-ms`."""

    method: str
    path: str
    element: str
    operation_id: str | None
    summary: str
    deprecated: bool
    sunset: str | None
    time_budget_ms: int | None
    statuses: tuple[str, ...]


def operations(contract: ApiContract) -> tuple[ListedOperation, ...]:
    """The operations of all paths, in document order; webhooks and callbacks are left out."""
    return tuple(_listed(operation) for path in read_api(contract).paths for operation in path.operations)


def _listed(operation: Operation) -> ListedOperation:
    sunset, budget = operation.lifecycle.sunset, operation.node.raw("x-time-budget-ms")
    return ListedOperation(
        method=operation.method,
        path=operation.template,
        element=operation.element,
        operation_id=operation.identifier,
        summary=operation.summary,
        deprecated=operation.lifecycle.deprecated,
        sunset=sunset if isinstance(sunset, str) else None,
        time_budget_ms=budget if isinstance(budget, int) and not isinstance(budget, bool) else None,
        statuses=tuple(
            sorted((response.status for response in operation.responses), key=lambda name: (not is_success(name), name))
        ),
    )


def info_version(contract: ApiContract) -> str:
    """The text of `info.version`, "" where there is none. It need not be semver."""
    info = contract.root.member("info")
    return (info.text("version") if info else None) or ""


def elements(contract: ApiContract) -> frozenset[str]:
    """Every element of a contract: operations, parameters, responses, headers, and the properties of bodies.

    A schema that contains itself is listed down to where it repeats; everything below is contained in that element. So is what is
    left out of a body of more than a thousand: schemas that contain each other have more ways through them than anybody can list.
    """
    api = read_api(contract)
    found: set[str] = set()
    for operation in [operation for path in api.paths for operation in path.operations]:
        found.update(_operation_elements(contract, operation))
    for operation in [operation for webhook in api.webhooks for operation in webhook.operations]:
        found.update(_operation_elements(contract, operation))
    return frozenset(found)


def _operation_elements(contract: ApiContract, operation: Operation) -> Iterator[str]:
    yield operation.element
    for parameter in operation.parameters:
        yield f"{operation.element} request {parameter.element}"
    if operation.body is not None:
        for media in operation.body.media_types:
            yield from _properties(contract, media.schema, f"{operation.element} request $")
    for response in operation.responses:
        element = f"{operation.element} response {response.status}"
        yield element
        yield from (f"{element} header {header.name}" for header in response.headers)
        for media in response.media_types:
            yield from _properties(contract, media.schema, f"{element} $")
    for callback in operation.callbacks:
        yield from _callback_elements(contract, operation, callback)


def _callback_elements(contract: ApiContract, operation: Operation, callback: Callback) -> Iterator[str]:
    yield f"{operation.element} {callback.element}"
    for inner in callback.operations:
        yield from _operation_elements(contract, inner)


def _properties(contract: ApiContract, schema: Node | None, element: str) -> Iterator[str]:
    """The element of a schema and of everything inside it, outermost first, each place once for each way from the root."""
    waiting: deque[tuple[Node | None, str, frozenset[tuple[str, str]]]] = deque([(schema, element, frozenset())])
    for _ in range(_MOST_OF_A_BODY):
        if not waiting:
            return
        mention, path, above = waiting.popleft()
        yield path
        node = contract.resolve(mention) if mention is not None and _is_pointer(mention) else mention
        if node is None or (node.file, node.pointer) in above:
            continue
        inside = above | {(node.file, node.pointer)}
        waiting.extend((inner, path + step, inside) for inner, step in _parts(node))


def _is_pointer(node: Node) -> bool:
    """Whether a reference, if there is one, is a JSON pointer; anchors are the schema engine's."""
    fragment = (node.reference or "").partition("#")[2]
    return not fragment or fragment.startswith("/")


def _parts(node: Node) -> Iterator[tuple[Node, str]]:
    for name, inner in node.within("properties"):
        yield inner, f".{name}"
    for key, step in (("items", "[]"), ("additionalProperties", "{}")):
        inner = node.member(key)
        if inner is not None and not isinstance(inner.value, bool):
            yield inner, step
    for key in ("allOf", "anyOf", "oneOf"):
        for branch in node.items(key):
            yield branch, ""
