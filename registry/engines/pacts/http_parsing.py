"""HTTP interactions of a pact file."""

from __future__ import annotations

from urllib.parse import parse_qsl

from registry.engines.pacts.body_parsing import body_of
from registry.engines.pacts.node import Node
from registry.engines.pacts.pact import HttpExchange, HttpRequest, HttpResponse
from registry.engines.pacts.rule_parsing import generators_of, rules_of

_Pairs = tuple[tuple[str, tuple[str, ...]], ...]


def http_exchange(item: Node, *, typed: bool) -> HttpExchange:
    """The request and response of an interaction. `typed` bodies are records with content and content type (version 4)."""
    request, response = item.need("request"), item.need("response")
    return HttpExchange(_request(request, typed=typed), _response(response, typed=typed))


def _request(request: Node, *, typed: bool) -> HttpRequest:
    headers = _headers(request)
    return HttpRequest(
        request.need("method").text().upper(),
        request.need("path").text(),
        _query(request),
        headers,
        body_of(request, "body", _content_type(headers), typed=typed),
        rules_of(request),
        generators_of(request),
    )


def _response(response: Node, *, typed: bool) -> HttpResponse:
    headers = _headers(response)
    return HttpResponse(
        _status(response),
        headers,
        body_of(response, "body", _content_type(headers), typed=typed),
        rules_of(response),
        generators_of(response),
    )


def _status(response: Node) -> int:
    status = response.get("status")
    if status is None:
        return 200  # as the reference implementation reads it
    if type(status.value) is not int or not 100 <= status.value <= 999:
        raise status.refusal("must be an HTTP status")
    return status.value


def _query(request: Node) -> _Pairs:
    """The query: text in versions 1 and 2, lists of values by name from version 3 on."""
    query = request.get("query")
    if query is None:
        return ()
    if not isinstance(query.value, str):
        return tuple((name, _values(values)) for name, values in query.members())
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query.value.removeprefix("?"), keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return tuple((name, tuple(values)) for name, values in found.items())


def _headers(message: Node) -> _Pairs:
    headers = message.get("headers")
    return tuple((name, _values(values)) for name, values in headers.members()) if headers else ()


def _values(values: Node) -> tuple[str, ...]:
    """One value or a list of them; numbers and truth values, which some libraries write bare, as text."""
    if isinstance(values.value, list):
        return tuple(text for item in values.items() for text in _values(item))
    if isinstance(values.value, bool):
        return ("true" if values.value else "false",)
    if isinstance(values.value, int | float):
        return (str(values.value),)
    return () if values.value is None else (values.text(),)


def _content_type(headers: _Pairs) -> str:
    return next((values[0] for name, values in headers if name.lower() == "content-type" and values), "")
