"""Two versions of a contract side by side: what every rule looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from registry.engines.openapi.lifecycle import Stability
from registry.engines.openapi.matching import Matched
from registry.engines.openapi.model import (
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


class Role(StrEnum):
    """Where a schema has its place; the prefix of the ids of the rules about it."""

    REQUEST = "request"
    RESPONSE = "response"
    REQUEST_PARAMETER = "request-parameter"
    RESPONSE_HEADER = "response-header"


@dataclass(frozen=True, slots=True)
class ContractPair:
    """The parts of two versions, matched. `as_of` is the moment at which sunsets are judged.

    In webhooks and callbacks the server sends the request, and the directions of everything inside are the other way round.
    """

    as_of: datetime
    paths: Matched[PathItem]
    operations: Matched[Operation]
    webhooks: Matched[Webhook]
    callbacks: Matched[Callback]
    parameters: Matched[Parameter]
    bodies: Matched[Body]
    request_media_types: Matched[MediaType]
    encodings: Matched[Encoding]
    responses: Matched[Response]
    response_media_types: Matched[MediaType]
    headers: Matched[Header]
    part_headers: Matched[Header]
    links: Matched[Link]
    requirements: Matched[Requirements]
    schemes: Matched[Scheme]
    servers: Matched[Servers]
    schemas: Mapping[Role, Matched[SchemaSite]]
    old_schemes: Mapping[str, Scheme]
    new_schemes: Mapping[str, Scheme]
    notice: Mapping[Stability, int] = field(default_factory=dict[Stability, int])
    """How many days before its sunset an element of a level has to be deprecated; no entry asks for none."""
    renamed: Mapping[str, Operation] = field(default_factory=dict[str, Operation])
    """The new operation that a removed one looks renamed to, by the element of the old one."""
