"""The rows that list what a revision contains, in the words of its kind: fields, operations, or services and messages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A property of a JSON document. `path` is its element name from `$` on, `depth` its nesting, 0 for the document itself.

    `rules` are what else the schema says of a value (`format uuid`, `at least 1`), in words; `variant` names the branch of a union
    that declares it; `sunset` is as written.
    """

    path: str
    name: str
    depth: int
    type: str
    required: bool
    description: str = ""
    rules: tuple[str, ...] = ()
    variant: str = ""
    deprecated: bool = False
    sunset: str = ""


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An operation of an HTTP API. `sent_by_server` is true in webhooks and callbacks; `sunset` is as written."""

    element: str
    method: str
    path: str
    identifier: str
    summary: str
    parameters: tuple[str, ...]
    request: tuple[str, ...]
    responses: tuple[str, ...]
    deprecated: bool = False
    sunset: str = ""
    sent_by_server: bool = False


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A method, field or enum value. `number` is that on the wire; None for a method."""

    name: str
    type: str
    number: int | None
    description: str
    deprecated: bool


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """A service, message or enum of a Protobuf contract, under its full name."""

    word: str
    name: str
    file: str
    description: str
    members: tuple[MemberRow, ...]
    deprecated: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of one revision; only those of its kind are filled. `complete` is false when there are more than are listed."""

    fields: tuple[FieldRow, ...] = ()
    operations: tuple[OperationRow, ...] = ()
    definitions: tuple[DefinitionRow, ...] = ()
    complete: bool = True
