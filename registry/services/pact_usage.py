"""Pacts as the registry keeps them, and what they say a consumer uses, in the words of the provider's contracts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from registry.domain.contract import ContractKind, Source
from registry.domain.records import ContractRecord
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits
from registry.engines.openapi.listing import elements
from registry.engines.openapi.reading import parse as parse_api
from registry.engines.openapi.routes import Routes, routes
from registry.engines.pacts.contents import content_identity
from registry.engines.pacts.parsing import parse as parse_pact
from registry.engines.pacts.usage import HttpUse, MessageUse, usage
from registry.services.protobuf_pacts import protobuf_uses, protobuf_words

ContractWords: TypeAlias = Callable[[Mapping[str, Any]], frozenset[str]]
"""From a pact's uses, as they are stored, to the elements of one contract; empty when the pact is not about it."""


@dataclass(frozen=True, slots=True)
class ReadPact:
    """A pact that could be read: its two sides, its content identity, and its uses as JSON."""

    consumer: str
    provider: str
    content: str
    uses: Mapping[str, Any]


def read_pact(name: str, data: bytes, limits: Limits) -> ReadPact:
    """Read a pact file. Raises the BadInput errors."""
    pact = parse_pact(name, data, limits)
    uses = usage(pact)
    stored = {
        "http": [asdict(use) for use in uses if isinstance(use, HttpUse)],
        "messages": [asdict(use) for use in uses if isinstance(use, MessageUse)],
        "protobuf": [asdict(use) for use in protobuf_uses(pact)],
    }
    return ReadPact(pact.consumer, pact.provider, content_identity(pact), stored)


def words_of(contract: ContractRecord, source: Source, limits: Limits) -> ContractWords | None:
    """The translation of pact uses into the elements of a contract; None where pacts have nothing to say about its kind."""
    if contract.kind is ContractKind.OPENAPI:
        api = parse_api(source, limits)
        known, found = elements(api), routes(api)
        return lambda uses: frozenset(_http_elements(uses["http"], found, known))
    if contract.kind is ContractKind.PROTOBUF:
        translate = protobuf_words(source, limits)
        return lambda uses: translate(uses.get("protobuf", ()))  # pacts from before it was read have none
    if contract.is_event:
        event_type = _event_type(source, limits)
        return lambda uses: frozenset(_message_elements(uses["messages"], contract.name, event_type))
    return None


def _http_elements(uses: Sequence[Mapping[str, Any]], found: Routes, known: frozenset[str]) -> Iterator[str]:
    for use in uses:
        route = found.find(use["method"], use["path"])
        if route is None:
            continue
        operation = route.element
        yield operation
        yield from (f"{operation} request path {name}" for name in route.values)
        yield from (f"{operation} request query {name}" for name in use["query"])
        yield from (f"{operation} request header {name}" for name in use["request_headers"])
        yield from (f"{operation} request {path}" for path in use["request_fields"])
        response = _response(operation, use["status"], known)
        yield response
        yield from (f"{response} header {name}" for name in use["response_headers"])
        yield from (f"{response} {path}" for path in use["response_fields"])


def _response(operation: str, status: int, known: frozenset[str]) -> str:
    """The response that a status falls under: itself, its range, or the default."""
    candidates = (f"{operation} response {status}", f"{operation} response {status // 100}XX", f"{operation} response default")
    return next((element for element in candidates if element in known), candidates[0])


def _message_elements(uses: Iterable[Mapping[str, Any]], event: str, event_type: str | None) -> Iterator[str]:
    for use in uses:
        if not _is_about(use["event_type"], event, event_type):
            continue
        yield event
        for path in use["fields"]:
            yield f"{event} {path}" if use["enveloped"] else f"{event} $.data{path.removeprefix('$')}"


def _is_about(used: str, event: str, event_type: str | None) -> bool:
    """Whether a message of that CloudEvents type is this event: the schema's own constant decides, else a segment of the type."""
    return used == event_type if event_type is not None else event in used.split(".")


def _event_type(source: Source, limits: Limits) -> str | None:
    """The CloudEvents type that an event's schema fixes, if it does."""
    value: Any = read(source.entry, source.files[source.entry], limits).value
    for key in ("properties", "type", "const"):
        value = value.get(key) if isinstance(value, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return value if isinstance(value, str) else None
