"""Pacts as values: what a consumer expects of a provider, the same for every version of the specification that wrote it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from registry.domain.change import Json
from registry.engines.pacts.expressions import Step
from registry.engines.pacts.node import Node


@dataclass(frozen=True, slots=True)
class ProviderState:
    """What must be so at the provider before an interaction, and with which values."""

    name: str
    params: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Matcher:
    """One way to match: its kind (`type`, `regex`, `eachKey`, ...) and what else it says (`min`, `regex`, `rules`, ...)."""

    kind: str
    attributes: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class MatchingRule:
    """How one part of a message is matched.

    `category` is `body`, `header`, `query`, `path`, `metadata` or `status`. `expression` stands as written, without the category
    that version 2 puts in front; `steps` are its steps, for a body.
    """

    category: str
    expression: str
    combine: str
    matchers: tuple[Matcher, ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The example of a body. `content` is its value when it is JSON, else its text; bytes that are no text are left in base64."""

    content: Json
    content_type: str
    is_json: bool


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """The request of an interaction. Query and headers are (name, values) pairs in the order of the file."""

    method: str
    path: str
    query: tuple[tuple[str, tuple[str, ...]], ...]
    headers: tuple[tuple[str, tuple[str, ...]], ...]
    body: Body | None
    rules: tuple[MatchingRule, ...]
    generators: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """The response that an interaction expects."""

    status: int
    headers: tuple[tuple[str, tuple[str, ...]], ...]
    body: Body | None
    rules: tuple[MatchingRule, ...]
    generators: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Message:
    """The contents of one message, with its metadata."""

    contents: Body | None
    metadata: Mapping[str, Json]
    rules: tuple[MatchingRule, ...]
    generators: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class HttpExchange:
    """A request and the response to it (version 4: `Synchronous/HTTP`)."""

    request: HttpRequest
    response: HttpResponse


@dataclass(frozen=True, slots=True)
class EventMessage:
    """A message that the provider sends by itself (version 4: `Asynchronous/Messages`)."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessageExchange:
    """A message to the provider and those that it answers (version 4: `Synchronous/Messages`)."""

    request: Message
    responses: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class OtherExchange:
    """An interaction of a type that version 4 does not have: it counts for the content, and is not understood otherwise."""

    type: str


Exchange: TypeAlias = HttpExchange | EventMessage | MessageExchange | OtherExchange


@dataclass(frozen=True, slots=True)
class Interaction:
    """One expectation. `source` is the interaction as it stands in the file, for its identity."""

    description: str
    states: tuple[ProviderState, ...]
    exchange: Exchange
    source: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class ProtobufExample:
    """One message: its bytes, None where the file has them in no form that is known, and where its matching rules lead."""

    place: Node
    data: bytes | None
    rules: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True, slots=True)
class ProtobufInteraction:
    """A call or a message that the plugin for Protobuf wrote.

    `name` is `Service/Method` of a call and else the message's, with the package or, in older files, without.
    `descriptors` is the FileDescriptorSet in base64; older files may have none. A message that is not answered is a response.
    """

    description: str
    name: Node
    is_call: bool
    descriptors: Node | None
    requests: tuple[ProtobufExample, ...]
    responses: tuple[ProtobufExample, ...]


@dataclass(frozen=True, slots=True)
class Pact:
    """One pact file. `specification` is the (major, minor) version that it was written to.

    `protobuf` are those of its interactions again that the plugin for Protobuf wrote.
    """

    name: str
    consumer: str
    provider: str
    specification: tuple[int, int]
    interactions: tuple[Interaction, ...]
    protobuf: tuple[ProtobufInteraction, ...] = ()
