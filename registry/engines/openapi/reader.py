"""Reading the model out of a contract's documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.domain.location import Location
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.lifecycle import Lifecycle
from registry.engines.openapi.model import (
    Alternative,
    Api,
    Body,
    Callback,
    Encoding,
    Header,
    Link,
    MediaType,
    Operation,
    Parameter,
    PathItem,
    Requirements,
    Response,
    Scheme,
    Server,
    Servers,
    Webhook,
    expressions,
)
from registry.engines.openapi.node import Node
from registry.engines.openapi.serialisation import part_of

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

# The style that each place has when none is written (OpenAPI 3.1, section 4.8.12.2).
_DEFAULT_STYLE = {"query": "form", "path": "simple", "header": "simple", "cookie": "form"}

# Header parameters of these names are described by other means (OpenAPI 3.1, section 4.8.12.2.1).
_NOT_PARAMETERS = frozenset({"accept", "content-type", "authorization"})


def read_api(contract: ApiContract) -> Api:
    """Everything that clients and servers of a contract meet, in document order."""
    return _Reader(contract).api()


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What an operation inherits from the path and the document around it."""

    template: str
    prefix: str
    reversed: bool
    parameters: tuple[Parameter, ...]
    servers: Servers


class _Reader:
    def __init__(self, contract: ApiContract) -> None:
        self._contract = contract
        self._open: set[Location] = set()
        self._resolved: dict[tuple[str, str], Node] = {}
        root = contract.root
        self._root = root
        self._servers = self._server_list(root) or Servers(root, root.location, (Server(root, root.location, "/", {}),))
        self._security = _requirements(root)

    def api(self) -> Api:
        schemes = self._root.member("components")
        return Api(
            tuple(self._path(name, item) for name, item in self._root.within("paths") if name.startswith("/")),
            tuple(self._webhook(name, item) for name, item in self._root.within("webhooks")),
            tuple(
                Scheme(self._resolve(node), node.location, name)
                for name, node in (schemes.within("securitySchemes") if schemes else ())
            ),
        )

    def _resolve(self, mention: Node) -> Node:
        """What a node stands for; each reference is followed once, because documents repeat them by the thousand."""
        reference = mention.reference
        if reference is None:
            return mention
        key = (mention.file, reference)
        if key not in self._resolved:
            self._resolved[key] = self._contract.resolve(mention)
        return self._resolved[key]

    def _path(self, template: str, item: Node) -> PathItem:
        return PathItem(self._resolve(item), item.location, template, self._operations(item, template, "", reversed_=False))

    def _webhook(self, name: str, item: Node) -> Webhook:
        operations = self._operations(item, "", f"webhook {name} ", reversed_=True)
        return Webhook(self._resolve(item), item.location, name, operations)

    def _operations(self, item: Node, template: str, prefix: str, *, reversed_: bool) -> tuple[Operation, ...]:
        # A path item may have a `$ref` and fields of its own beside it; the fields beside it come first.
        layers = [item] if item.reference is None else [item, self._resolve(item)]
        parameters = tuple(parameter for layer in layers for parameter in self._parameters(layer, template))
        inherited = Servers(item, item.location, ()) if reversed_ else self._servers
        servers = next((own for layer in layers if (own := self._server_list(layer))), inherited)
        around = _Surroundings(template, prefix, reversed_, parameters, servers)
        found: dict[str, Operation] = {}
        for layer in layers:
            for method, node in methods_of(layer):
                found.setdefault(method, self._operation(method, node, around))
        return tuple(found.values())

    def _operation(self, method: str, node: Node, around: _Surroundings) -> Operation:
        element = f"{around.prefix}{method} {around.template}".rstrip()
        own = self._parameters(node, around.template)
        overridden = {_identity(parameter) for parameter in own}
        inherited = tuple(parameter for parameter in around.parameters if _identity(parameter) not in overridden)
        body = node.member("requestBody")
        return Operation(
            node=node,
            site=node.location,
            contract=self._contract,
            method=method,
            template=around.template,
            element=element,
            reversed=around.reversed,
            identifier=node.text("operationId"),
            summary=node.text("summary") or "",
            lifecycle=Lifecycle.of(node),
            parameters=own + inherited,
            body=self._body(body) if body else None,
            responses=tuple(
                self._response(status, inner) for status, inner in node.within("responses") if not status.startswith("x-")
            ),
            callbacks=tuple(self._callbacks(node, element, reversed_=not around.reversed)),
            security=_requirements(node) if around.reversed or node.member("security") else self._security,
            servers=self._server_list(node) or around.servers,
        )

    def _callbacks(self, operation: Node, element: str, *, reversed_: bool) -> Iterator[Callback]:
        for name, mention in operation.within("callbacks"):
            definition = self._resolve(mention)
            if definition.location in self._open:  # a callback whose operations have that same callback is read once
                continue
            self._open.add(definition.location)
            for expression, item in definition.members():
                if not expression.startswith("x-"):
                    operations = self._operations(item, "", f"{element} callback {name} ", reversed_=reversed_)
                    yield Callback(self._resolve(item), item.location, name, expression, operations)
            self._open.remove(definition.location)

    def _parameters(self, holder: Node, template: str) -> tuple[Parameter, ...]:
        read = (self._parameter(mention, template) for mention in holder.items("parameters"))
        return tuple(parameter for parameter in read if parameter is not None)

    def _parameter(self, mention: Node, template: str) -> Parameter | None:
        node = self._resolve(mention)
        name, place = node.text("name"), node.text("in")
        if name is None or place is None or (place == "header" and name.lower() in _NOT_PARAMETERS):
            return None
        names = expressions(template) if place == "path" else ()
        style = node.text("style") or _DEFAULT_STYLE.get(place, "form")
        content = next(node.within("content"), None)
        return Parameter(
            node=node,
            site=mention.location,
            name=name,
            place=place,
            position=names.index(name) if name in names else None,
            required=node.flag("required") or place == "path",
            style=style,
            explode=node.flag("explode", default=style in {"form", "cookie"}),
            allow_reserved=node.flag("allowReserved"),
            allow_empty=node.flag("allowEmptyValue"),
            lifecycle=Lifecycle.of(node),
            schema=content[1].member("schema") if content else node.member("schema"),
            media_type=content[0] if content else None,
        )

    def _body(self, mention: Node) -> Body:
        node = self._resolve(mention)
        return Body(node, mention.location, node.flag("required"), self._content(node))

    def _content(self, holder: Node) -> tuple[MediaType, ...]:
        return tuple(self._media_type(name, mention) for name, mention in holder.within("content"))

    def _media_type(self, name: str, mention: Node) -> MediaType:
        node = self._resolve(mention)
        schema = node.member("schema")
        return MediaType(
            node=node,
            site=mention.location,
            name=name,
            schema=schema,
            item_schema=node.member("itemSchema"),
            encodings=tuple(self._encodings(node, (), schema)),
        )

    def _encodings(self, holder: Node, path: tuple[str, ...], body: Node | None) -> Iterator[Encoding]:
        """The encodings of a media type by name and by position, each with those inside of it."""
        every = holder.member("itemEncoding")
        found = [
            *holder.within("encoding"),
            *((f"[{index}]", node) for index, node in enumerate(holder.items("prefixEncoding"))),
            *([("[]", every)] if every else []),
        ]
        for step, node in found:
            yield self._encoding((*path, step), node, body)
            yield from self._encodings(node, (*path, step), part_of(self._contract, body, step))

    def _encoding(self, path: tuple[str, ...], node: Node, body: Node | None) -> Encoding:
        style = node.text("style") or "form"
        return Encoding(
            node=node,
            site=node.location,
            path=path,
            body=body,
            content_type=node.text("contentType"),
            style=style,
            explode=node.flag("explode", default=style == "form"),
            allow_reserved=node.flag("allowReserved"),
            headers=self._headers(node),
        )

    def _headers(self, holder: Node) -> tuple[Header, ...]:
        # A response header called Content-Type is described by the media types (OpenAPI 3.1, section 4.8.17.1).
        return tuple(self._header(name, mention) for name, mention in holder.within("headers") if name.lower() != "content-type")

    def _header(self, name: str, mention: Node) -> Header:
        node = self._resolve(mention)
        content = next(node.within("content"), None)
        return Header(
            node=node,
            site=mention.location,
            name=name,
            required=node.flag("required"),
            explode=node.flag("explode"),
            lifecycle=Lifecycle.of(node),
            schema=content[1].member("schema") if content else node.member("schema"),
            media_type=content[0] if content else None,
        )

    def _response(self, status: str, mention: Node) -> Response:
        node = self._resolve(mention)
        return Response(
            node=node,
            site=mention.location,
            status=status if status == "default" else status.upper(),
            media_types=self._content(node),
            headers=self._headers(node),
            links=tuple(Link(self._resolve(link), link.location, name) for name, link in node.within("links")),
        )

    def _server_list(self, holder: Node) -> Servers | None:
        array = holder.member("servers")
        servers = tuple(
            Server(
                item,
                item.location,
                item.text("url") or "/",
                {name: _texts(variable, "enum") for name, variable in item.within("variables")},
            )
            for item in holder.items("servers")
        )
        return Servers(array, array.location, servers) if array and servers else None


def _requirements(holder: Node) -> Requirements:
    node = holder.member("security") or holder
    alternatives = (
        Alternative(item, item.location, {name: frozenset(_texts(item, name)) for name, _ in item.members()})
        for item in holder.items("security")
    )
    return Requirements(node, node.location, tuple(alternatives))


def default_encoding(contract: ApiContract, media: MediaType, path: tuple[str, ...]) -> Encoding:
    """How a part of a body is written where no encoding object says anything about it."""
    body = media.schema
    for step in path[:-1]:
        body = part_of(contract, body, step)
    return Encoding(media.node, media.site, path, body, None, "form", explode=True, allow_reserved=False, headers=())


def methods_of(item: Node) -> Iterator[tuple[str, Node]]:
    """The operations of a path item by method."""
    for key, node in item.members():
        if key in METHODS:
            yield key.upper(), node
    yield from item.within("additionalOperations")


def _identity(parameter: Parameter) -> tuple[str, str]:
    return parameter.place, parameter.name.lower() if parameter.place == "header" else parameter.name


def _texts(holder: Node, key: str) -> tuple[str, ...]:
    return tuple(item.value for item in holder.items(key) if isinstance(item.value, str))
