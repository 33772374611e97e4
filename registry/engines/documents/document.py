"""Reading JSON and YAML text strictly: what two readers could understand differently is refused, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.change import Json
from registry.domain.location import Position
from registry.engines.documents.limits import Limits


class Syntax(StrEnum):
    """The notation of a document."""

    JSON = "json"
    YAML = "yaml"


@dataclass(frozen=True, slots=True)
class Document:
    """One file that was read: its name among the contract's files, its exact bytes, and its value."""

    name: str
    data: bytes
    syntax: Syntax
    value: Json


def read(name: str, data: bytes, limits: Limits = Limits()) -> Document:
    """Read one JSON (by `.json`) or YAML 1.2 file.

    Raises NotText, Malformed, DuplicateKey, NotANumber or LimitExceeded, each with its place.
    """
    raise NotImplementedError


def locate(document: Document, pointer: str) -> Position | None:
    """Line and column of the value that a JSON pointer names: of its key in an object, of the value in an array.

    Falls back to the nearest parent that exists. Costs a second reading; call it only for what is printed.
    """
    raise NotImplementedError
