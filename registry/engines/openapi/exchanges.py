"""Witnesses of operations, parameters and statuses: an exchange that was fine under one contract and is not under the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from registry.domain.change import HttpWitness, Json
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.model import MediaType, Operation, Parameter
from registry.engines.openapi.node import Node

_SAMPLE_LEVELS = 6
_MOST_SENT = 200

_STRINGS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "uuid": "0b6f3c1e-8a54-4c1d-9a57-2f6f0e1c7b42",
    "email": "ada@example.com",
    "uri": "https://example.com/",
}


def exchange(
    operation: Operation, *, also: Iterable[Parameter] = (), status: str | None = None, media_type: str | None = None
) -> HttpWitness:
    """The smallest request that an operation describes: its required parameters, those in `also`, and its body when required.

    `media_type` chooses among the body's media types, or is what the client accepts where there is a `status`. Names of schemas
    that have no example are filled by type.
    """
    wanted = {(parameter.place, parameter.name) for parameter in also}
    sent = [parameter for parameter in operation.parameters if parameter.required or (parameter.place, parameter.name) in wanted]
    # Nobody reads a request of thousands of parameters, and there is one such request for each of their changes.
    values = [(parameter, _value(operation.contract, parameter)) for parameter in sent[:_MOST_SENT]]
    headers = {parameter.name: _text(value) for parameter, value in values if parameter.place == "header"}
    cookies = "; ".join(f"{name}={text}" for name, text in _pairs(values, "cookie"))
    body, content_type = _body(operation, media_type if status is None else None)
    if content_type:
        headers["Content-Type"] = content_type
    if cookies:
        headers["Cookie"] = cookies
    if status is not None and media_type is not None:
        headers["Accept"] = media_type
    return HttpWitness(operation.method, _target(operation, values), body, status, headers)


def _target(operation: Operation, values: Sequence[tuple[Parameter, Json]]) -> str:
    target = operation.template or "/"
    for parameter, value in values:
        if parameter.place == "path":
            target = target.replace("{" + parameter.name + "}", quote(_text(value), safe=""))
    query = "&".join(f"{quote(name)}={quote(text)}" for name, text in _pairs(values, "query"))
    return f"{target}?{query}" if query else target


def _pairs(values: Sequence[tuple[Parameter, Json]], place: str) -> Iterator[tuple[str, str]]:
    """Names and texts of the parameters of a place as they travel: an exploded value is several of them."""
    for parameter, value in values:
        if parameter.place != place:
            continue
        exploded = parameter.style == "form" and parameter.explode
        if isinstance(value, Mapping) and (exploded or parameter.style == "deepObject"):
            yield from ((key if exploded else f"{parameter.name}[{key}]", _text(inner)) for key, inner in value.items())
        elif isinstance(value, Sequence) and not isinstance(value, str) and exploded:
            yield from ((parameter.name, _text(inner)) for inner in value)
        else:
            yield parameter.name, _text(value)


def _body(operation: Operation, media_type: str | None) -> tuple[Json, str | None]:
    body = operation.body
    if body is None or not body.media_types or not (body.required or media_type):
        return None, None
    chosen = next((media for media in body.media_types if media.name == media_type), body.media_types[0])
    return _example_of(operation.contract, chosen), chosen.name


def _example_of(contract: ApiContract, media: MediaType) -> Json:
    value = media.node.raw("example")
    if value is not None:
        return value
    for _, example in media.node.within("examples"):
        value = contract.resolve(example).raw("value")
        if value is not None:
            return value
    return sample(contract, media.schema) if media.schema else None


def _value(contract: ApiContract, parameter: Parameter) -> Json:
    value = parameter.node.raw("example")
    if value is None:
        value = sample(contract, parameter.schema) if parameter.schema else parameter.name
    return value


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ",".join(f"{key},{_text(inner)}" for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(_text(inner) for inner in value)
    return str(value)


def sample(contract: ApiContract, schema: Node) -> Json:
    """A plausible value of a schema: its example, default, constant or first enum value, else one made of its type.

    It is a few levels deep and has some hundred values at most: schemas that require each other have no end.
    """
    return _Sampler(contract).value(schema, _SAMPLE_LEVELS)


@dataclass(slots=True)
class _Sampler:
    contract: ApiContract
    left: int = 500

    def value(self, schema: Node, depth: int) -> Json:
        self.left -= 1
        node = self.contract.resolve(schema)
        for key in ("example", "const", "default"):
            value = node.raw(key)
            if value is not None:
                return value
        listed = next((item for key in ("examples", "enum") for item in node.items(key)), None)
        if listed is not None:
            return listed.value
        return self._of_type(node, depth if self.left > 0 else 0)

    def _of_type(self, node: Node, depth: int) -> Json:
        branch = next((item for key in ("allOf", "anyOf", "oneOf") for item in node.items(key)), None)
        name = _type_name(node)
        if name is None and branch is not None and depth > 0:
            return self.value(branch, depth - 1)
        if name in {"integer", "number"}:
            minimum = node.raw("minimum")
            return minimum if isinstance(minimum, int | float) and not isinstance(minimum, bool) else 1
        if name == "boolean":
            return True
        if name == "array":
            items = node.member("items")
            return [self.value(items, depth - 1)] if items and depth > 0 else []
        if name == "object" or (name is None and node.member("properties")):
            required = {item.value for item in node.items("required") if isinstance(item.value, str)}
            inside = [(key, inner) for key, inner in node.within("properties") if key in required and depth > 0]
            return {key: self.value(inner, depth - 1) for key, inner in inside if self.left > 0}
        return _string(node)


def _type_name(node: Node) -> str | None:
    kind = node.raw("type")
    if isinstance(kind, str):
        return kind
    return next((item.value for item in node.items("type") if isinstance(item.value, str) and item.value != "null"), None)


def _string(node: Node) -> str:
    value = _STRINGS.get(node.text("format") or "", "text")
    shortest = node.raw("minLength")
    return value.ljust(shortest, "x") if isinstance(shortest, int) and shortest < 1000 else value
