"""The one walk over two versions of a contract that matches their parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from registry.domain.verdict import Direction
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.contract_pair import ContractPair, Role
from registry.engines.openapi.exploding import unfolded
from registry.engines.openapi.matching import Context, Exchange, Gathering
from registry.engines.openapi.model import (
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
    SchemaSite,
    Scheme,
    Servers,
    Webhook,
)
from registry.engines.openapi.names import (
    covers,
    is_text,
    join,
    join_media_types,
    join_operations,
    join_parameters,
    join_responses,
    media_covers,
)
from registry.engines.openapi.node import Node
from registry.engines.openapi.reader import default_encoding, read_api
from registry.engines.openapi.serialisation import lone_value


def pair(old: ApiContract, new: ApiContract, as_of: datetime) -> ContractPair:
    """Match the parts of two versions of a contract."""
    before, after = read_api(old), read_api(new)
    old_schemes = {scheme.name: scheme for scheme in before.schemes}
    new_schemes = {scheme.name: scheme for scheme in after.schemes}
    walk = _Walk(old_schemes, new_schemes)
    walk.contracts(before, after)
    return ContractPair(
        as_of=as_of,
        paths=walk.paths.matched(),
        operations=walk.operations.matched(),
        webhooks=walk.webhooks.matched(),
        callbacks=walk.callbacks.matched(),
        parameters=walk.parameters.matched(),
        bodies=walk.bodies.matched(),
        request_media_types=walk.request_media_types.matched(),
        encodings=walk.encodings.matched(),
        responses=walk.responses.matched(),
        response_media_types=walk.response_media_types.matched(),
        headers=walk.headers.matched(),
        part_headers=walk.part_headers.matched(),
        links=walk.links.matched(),
        requirements=walk.requirements.matched(),
        schemes=walk.schemes.matched(),
        servers=walk.servers.matched(),
        schemas={role: gathering.matched() for role, gathering in walk.schemas.items()},
        old_schemes=old_schemes,
        new_schemes=new_schemes,
    )


@dataclass(slots=True)
class _Walk:
    """Goes through both versions once and fills one gathering for each sort of part."""

    old_schemes: Mapping[str, Scheme]
    new_schemes: Mapping[str, Scheme]
    paths: Gathering[PathItem] = field(default_factory=Gathering[PathItem])
    operations: Gathering[Operation] = field(default_factory=Gathering[Operation])
    webhooks: Gathering[Webhook] = field(default_factory=Gathering[Webhook])
    callbacks: Gathering[Callback] = field(default_factory=Gathering[Callback])
    parameters: Gathering[Parameter] = field(default_factory=Gathering[Parameter])
    bodies: Gathering[Body] = field(default_factory=Gathering[Body])
    request_media_types: Gathering[MediaType] = field(default_factory=Gathering[MediaType])
    encodings: Gathering[Encoding] = field(default_factory=Gathering[Encoding])
    responses: Gathering[Response] = field(default_factory=Gathering[Response])
    response_media_types: Gathering[MediaType] = field(default_factory=Gathering[MediaType])
    headers: Gathering[Header] = field(default_factory=Gathering[Header])
    part_headers: Gathering[Header] = field(default_factory=Gathering[Header])
    links: Gathering[Link] = field(default_factory=Gathering[Link])
    requirements: Gathering[Requirements] = field(default_factory=Gathering[Requirements])
    schemes: Gathering[Scheme] = field(default_factory=Gathering[Scheme])
    servers: Gathering[Servers] = field(default_factory=Gathering[Servers])
    schemas: dict[Role, Gathering[SchemaSite]] = field(default_factory=lambda: {role: Gathering[SchemaSite]() for role in Role})

    def contracts(self, old: Api, new: Api) -> None:
        kept_old, kept_new = self._paths(old.paths, new.paths)
        self._operations(kept_old, kept_new)
        pairs, removed, added = join(old.webhooks, new.webhooks, lambda webhook: webhook.name)
        for webhook in removed:
            for operation in webhook.operations:
                self.webhooks.remove(webhook, _operation_context(operation))
        for webhook in added:
            for operation in webhook.operations:
                self.webhooks.add(webhook, _operation_context(operation))
        for one, other in pairs:
            self._operations(one.operations, other.operations)

    def _paths(self, old: Sequence[PathItem], new: Sequence[PathItem]) -> tuple[list[Operation], list[Operation]]:
        """Set aside the paths that are gone or new as a whole, and return the operations of the others."""
        old_shapes = {operation.shape for path in old for operation in path.operations}
        new_shapes = {operation.shape for path in new for operation in path.operations}
        kept_old: list[Operation] = []
        kept_new: list[Operation] = []
        for path in old:
            for operation in path.operations:
                if operation.shape in new_shapes:
                    kept_old.append(operation)
                else:
                    self.paths.remove(path, _operation_context(operation))
        for path in new:
            for operation in path.operations:
                if operation.shape in old_shapes:
                    kept_new.append(operation)
                else:
                    self.paths.add(path, _operation_context(operation))
        return kept_old, kept_new

    def _operations(self, old: Sequence[Operation], new: Sequence[Operation]) -> None:
        pairs, removed, added = join_operations(old, new)
        for operation in removed:
            self.operations.remove(operation, _operation_context(operation))
        for operation in added:
            self.operations.add(operation, _operation_context(operation))
        for one, other in pairs:
            exchange = Exchange(one, other)
            self.operations.keep(one, other, _operation_context(one, other))
            self._request(exchange)
            self._replies(exchange)
            self._callbacks(exchange)
            self._access(exchange)

    def _request(self, exchange: Exchange) -> None:
        old, new = exchange.old, exchange.new
        sent = Context(old.element, _reverse(Direction.BACKWARD, if_=old.reversed), exchange)
        self._parameters(old.parameters, new.parameters, sent)
        body = replace(sent, element=f"{old.element} request $")
        if old.body is None or new.body is None:
            if old.body is not None:
                self.bodies.remove(old.body, body)
            if new.body is not None:
                self.bodies.add(new.body, body)
            return
        self.bodies.keep(old.body, new.body, body)
        pairs, removed, added = join_media_types(old.body.media_types, new.body.media_types)
        for media in removed:
            self.request_media_types.remove(media, body)
        for media in added:
            self.request_media_types.add(media, body)
        for one, other in pairs:
            self.request_media_types.keep(one, other, body)
            self._media_type(Role.REQUEST, one, other, body)
            self._encodings(one, other, body)
            self._part_headers(Role.REQUEST, one, other, body)

    def _parameters(self, old: Sequence[Parameter], new: Sequence[Parameter], sent: Context) -> None:
        def at(parameter: Parameter) -> Context:
            return replace(sent, element=f"{sent.element} request {parameter.element}")

        pairs, removed, added = join_parameters(*unfolded(sent.exchange.old.contract, old, sent.exchange.new.contract, new))
        for parameter in removed:
            self.parameters.remove(parameter, at(parameter))
        for parameter in added:
            self.parameters.add(parameter, at(parameter))
        for one, other in pairs:
            self.parameters.keep(one, other, at(one))
            lone = lone_value(sent.exchange.old.contract, one, sent.exchange.new.contract, other)
            text = one.media_type is None and other.media_type is None
            self._schema(Role.REQUEST_PARAMETER, one.schema, other.schema, at(one), lone, as_text=text)

    def _encodings(self, old: MediaType, new: MediaType, body: Context) -> None:
        def at(encoding: Encoding) -> Context:
            return replace(body, element=f"{body.element}{encoding.element}")

        pairs, removed, added = join(old.encodings, new.encodings, lambda encoding: encoding.path)
        # Without an encoding object a part is written as by one that says nothing.
        before, after = body.exchange.old.contract, body.exchange.new.contract
        pairs += [(encoding, default_encoding(after, new, encoding.path)) for encoding in removed]
        pairs += [(default_encoding(before, old, encoding.path), encoding) for encoding in added]
        for one, other in pairs:
            self.encodings.keep(one, other, at(one))

    def _part_headers(self, role: Role, old: MediaType, new: MediaType, body: Context) -> None:
        """The headers of the parts of a multipart body."""
        elements = {encoding.path: encoding.element for encoding in (*old.encodings, *new.encodings) if encoding.headers}
        for path, element in elements.items():
            part = replace(body, element=f"{body.element}{element}")
            pairs, removed, added = join(_headers_of(old, path), _headers_of(new, path), lambda header: header.name.lower())
            for header in removed:
                self.part_headers.remove(header, part)
            for header in added:
                self.part_headers.add(header, part)
            for one, other in pairs:
                self.part_headers.keep(one, other, part)
                text = one.media_type is None and other.media_type is None
                self._schema(role, one.schema, other.schema, part, as_text=text)

    def _replies(self, exchange: Exchange) -> None:
        old, new = exchange.old, exchange.new
        direction = _reverse(Direction.FORWARD, if_=old.reversed)

        def at(response: Response) -> Context:
            return Context(f"{old.element} response {response.status}", direction, exchange, response.status)

        pairs, removed, added = join_responses(old.responses, new.responses)
        for response in removed:
            self.responses.remove(response, at(response))
        for response in added:
            self.responses.add(response, at(response))
        for one, other in pairs:
            narrower = other if covers(one.status, other.status) else one
            self.responses.keep(one, other, at(narrower), (one.status, other.status))
            self._response(one, other, at(narrower))

    def _response(self, old: Response, new: Response, received: Context) -> None:
        body = replace(received, element=f"{received.element} $")
        pairs, removed, added = join_media_types(old.media_types, new.media_types)
        for media in removed:
            # A range that was narrowed to some of its types still answers what it promised.
            if not any(media_covers(media.name, other.name) for other in new.media_types):
                self.response_media_types.remove(media, body)
        for media in added:
            self.response_media_types.add(media, body)
        for one, other in pairs:
            self.response_media_types.keep(one, other, body)
            self._media_type(Role.RESPONSE, one, other, body)
            self._encodings(one, other, body)
            self._part_headers(Role.RESPONSE, one, other, body)
        self._headers(old.headers, new.headers, received)
        self._links(old.links, new.links, received)

    def _headers(self, old: Sequence[Header], new: Sequence[Header], received: Context) -> None:
        def at(header: Header) -> Context:
            return replace(received, element=f"{received.element} header {header.name}")

        pairs, removed, added = join(old, new, lambda header: header.name.lower())
        for header in removed:
            self.headers.remove(header, at(header))
        for header in added:
            self.headers.add(header, at(header))
        for one, other in pairs:
            self.headers.keep(one, other, at(one))
            text = one.media_type is None and other.media_type is None
            self._schema(Role.RESPONSE_HEADER, one.schema, other.schema, at(one), as_text=text)

    def _links(self, old: Sequence[Link], new: Sequence[Link], received: Context) -> None:
        pairs, removed, added = join(old, new, lambda link: link.name)
        for link in removed:
            self.links.remove(link, replace(received, element=f"{received.element} link {link.name}"))
        for link in added:
            self.links.add(link, replace(received, element=f"{received.element} link {link.name}"))
        for one, other in pairs:
            self.links.keep(one, other, replace(received, element=f"{received.element} link {one.name}"))

    def _media_type(self, role: Role, old: MediaType, new: MediaType, body: Context) -> None:
        self._schema(role, old.schema, new.schema, body, as_text=is_text(old.name) and is_text(new.name))
        if old.item_schema is not None or new.item_schema is not None:
            items = replace(body, element=f"{body.element}[]")
            self._schema(role, old.item_schema, new.item_schema, items)

    def _schema(
        self, role: Role, old: Node | None, new: Node | None, at: Context, lone: Node | None = None, *, as_text: bool = False
    ) -> None:
        if old is not None and new is not None:
            self.schemas[role].keep(SchemaSite(old, old.location), SchemaSite(new, new.location, lone, as_text), at)
        elif old is not None:
            self.schemas[role].remove(SchemaSite(old, old.location), at)
        elif new is not None:
            self.schemas[role].add(SchemaSite(new, new.location), at)

    def _callbacks(self, exchange: Exchange) -> None:
        pairs, removed, added = join(
            exchange.old.callbacks, exchange.new.callbacks, lambda callback: (callback.name, callback.expression)
        )
        at = _operation_context(exchange.old, exchange.new)
        for callback in removed:
            self.callbacks.remove(callback, replace(at, element=f"{at.element} {callback.element}"))
        for callback in added:
            self.callbacks.add(callback, replace(at, element=f"{at.element} {callback.element}"))
        for one, other in pairs:
            self._operations(one.operations, other.operations)

    def _access(self, exchange: Exchange) -> None:
        """Who is let in, and where. Webhooks and callbacks are called by the server, with what they declare themselves."""
        old, new = exchange.old, exchange.new
        at = Context(old.element, _reverse(Direction.BACKWARD, if_=old.reversed), exchange)
        self.requirements.keep(old.security, new.security, at)
        self.servers.keep(old.servers, new.servers, at)
        for name in sorted({name for alternative in old.security.alternatives for name in alternative.schemes}):
            if name in self.old_schemes and name in self.new_schemes:
                self.schemes.keep(self.old_schemes[name], self.new_schemes[name], at)


def _headers_of(media: MediaType, path: tuple[str, ...]) -> Sequence[Header]:
    return next((encoding.headers for encoding in media.encodings if encoding.path == path), ())


def _operation_context(old: Operation, new: Operation | None = None) -> Context:
    """Clients rely on what the server offers, on its webhooks and callbacks as on its operations: never reversed."""
    return Context(old.element, Direction.BACKWARD, Exchange(old, new or old))


def _reverse(direction: Direction, *, if_: bool) -> Direction:
    if not if_:
        return direction
    return Direction.FORWARD if direction is Direction.BACKWARD else Direction.BACKWARD
