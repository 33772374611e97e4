"""The parts of an OpenAPI contract that clients and servers meet, with references resolved and defaults filled in.

Each part knows its `site`, where it is mentioned, and its `location`, where it is defined: the same unless a `$ref` lies between.
Schemas stay nodes; the JSON Schema engine reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.domain.location import Location
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.lifecycle import Lifecycle
from registry.engines.openapi.node import Node


@dataclass(frozen=True, slots=True)
class Part:
    """What every part has: the node that defines it, and the place that mentions it."""

    node: Node
    site: Location

    @property
    def location(self) -> Location:
        """Where it is defined."""
        return self.node.location


@dataclass(frozen=True, slots=True)
class Encoding(Part):
    """How one part of a form or multipart body is written (OpenAPI 3.1, section 4.8.15).

    `path` leads to it: the name of a property, `[0]` for a position or `[]` for every further one, and the same inside of a part.
    `body` is the schema of what it is a part of, None where that is not known.
    """

    path: tuple[str, ...]
    body: Node | None
    content_type: str | None
    style: str
    explode: bool
    allow_reserved: bool
    headers: tuple[Header, ...]

    @property
    def name(self) -> str:
        """What messages call it: `photo`, or `photos[0]`."""
        return self.element.removeprefix(".")

    @property
    def element(self) -> str:
        """Its part of an element name: `.photo`, or `.photos[]`."""
        return "".join(step if step.startswith("[") else f".{step}" for step in self.path)


@dataclass(frozen=True, slots=True)
class MediaType(Part):
    """One media type of a body. `name` is as written, such as `application/json; charset=utf-8`."""

    name: str
    schema: Node | None
    item_schema: Node | None
    encodings: tuple[Encoding, ...]


@dataclass(frozen=True, slots=True)
class Parameter(Part):
    """A parameter. `media_type` names the one entry of `content` where the parameter has that instead of a schema.

    `position` counts the template expressions of the path, so that a renamed path parameter keeps its identity; None elsewhere.
    """

    name: str
    place: str
    position: int | None
    required: bool
    style: str
    explode: bool
    allow_reserved: bool
    allow_empty: bool
    lifecycle: Lifecycle
    schema: Node | None
    media_type: str | None

    @property
    def element(self) -> str:
        """Its part of an element name."""
        return f"{self.place} {self.name}"


@dataclass(frozen=True, slots=True)
class Header(Part):
    """A header of a response or of a part of a multipart body. `media_type` as for parameters."""

    name: str
    required: bool
    explode: bool
    lifecycle: Lifecycle
    schema: Node | None
    media_type: str | None


@dataclass(frozen=True, slots=True)
class Body(Part):
    """A request body."""

    required: bool
    media_types: tuple[MediaType, ...]


@dataclass(frozen=True, slots=True)
class Link(Part):
    """A link of a response, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Response(Part):
    """A response. `status` is a code, a range such as `2XX` (upper case) or `default`."""

    status: str
    media_types: tuple[MediaType, ...]
    headers: tuple[Header, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Scheme(Part):
    """A security scheme, by the name under which requirements refer to it."""

    name: str


@dataclass(frozen=True, slots=True)
class Alternative(Part):
    """One way to be let in: every scheme named, each with its scopes. No scheme at all lets everybody in."""

    schemes: Mapping[str, frozenset[str]]

    def __str__(self) -> str:
        each = (f"{name} ({', '.join(sorted(scopes))})" if scopes else name for name, scopes in sorted(self.schemes.items()))
        return " and ".join(each) or "anonymous"


@dataclass(frozen=True, slots=True)
class Requirements(Part):
    """The security requirements that hold for an operation, its own or the document's: any of them lets a client in.

    No alternative at all lets everybody in.
    """

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Server(Part):
    """An address. `variables` maps the name of a variable to its allowed values, empty when any is."""

    url: str
    variables: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Servers(Part):
    """The addresses that hold for an operation: its own, its path's or the document's."""

    servers: tuple[Server, ...]


@dataclass(frozen=True, slots=True)
class Callback(Part):
    """Requests that the server sends: under one name, to the address that a runtime expression gives."""

    name: str
    expression: str
    operations: tuple[Operation, ...]

    @property
    def element(self) -> str:
        """Its part of an element name."""
        return f"callback {self.name}"


@dataclass(frozen=True, slots=True)
class Operation(Part):
    """One operation. `element` is its element name; `template` its path, "" for a webhook or a callback.

    `reversed` is true where the server sends the request and the client answers: in webhooks and callbacks.
    `parameters`, `security` and `servers` are the effective ones, inherited ones included; what the server sends goes to addresses
    that clients choose, so there nothing is inherited from the document.
    """

    contract: ApiContract
    method: str
    template: str
    element: str
    reversed: bool
    identifier: str | None
    summary: str
    lifecycle: Lifecycle
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: tuple[Response, ...]
    callbacks: tuple[Callback, ...]
    security: Requirements
    servers: Servers

    @property
    def shape(self) -> str:
        """The path without the names of its template expressions: templates of one shape match the same requests."""
        return shape_of(self.template)


@dataclass(frozen=True, slots=True)
class PathItem(Part):
    """One path with its operations."""

    template: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Webhook(Part):
    """Requests that the server sends on its own account, by name."""

    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class SchemaSite(Part):
    """A schema at a place where a message has one. Its `location` is as written: the schema engine follows a `$ref` itself.

    `lone` is the schema that a single value is read by where it is written like a list of one: that of the items. `as_text` says
    that its values travel as text, as they do in parameters and headers that have no media type.
    """

    lone: Node | None = None
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class Api:
    """A whole contract, read."""

    paths: tuple[PathItem, ...]
    webhooks: tuple[Webhook, ...]
    schemes: tuple[Scheme, ...]


def expressions(template: str) -> tuple[str, ...]:
    """The names of the template expressions of a path, in their order: `/a/{b}/{c}` has b and c."""
    return tuple(piece.partition("}")[0] for piece in template.split("{")[1:] if "}" in piece)


def shape_of(template: str) -> str:
    """A path with its template expressions made nameless: `/carts/{cartId}` becomes `/carts/{}`."""
    head, *rest = template.split("{")
    return head + "".join("{" + (piece[piece.index("}") :] if "}" in piece else piece) for piece in rest)
