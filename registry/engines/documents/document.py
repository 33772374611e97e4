"""Reading JSON and YAML text strictly: what two readers could understand differently is refused, with its place."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from registry.domain.change import Json
from registry.domain.errors import BadInput, Malformed
from registry.domain.location import Position
from registry.engines.documents.json_positions import find_in_json
from registry.engines.documents.json_text import read_json
from registry.engines.documents.limits import Limits
from registry.engines.documents.paths import check_paths
from registry.engines.documents.positions import Sought
from registry.engines.documents.text import decode


class Syntax(StrEnum):
    """The notation of a document."""

    JSON = "json"
    YAML = "yaml"


_SYNTAX_OF_SUFFIX = {".json": Syntax.JSON, ".avsc": Syntax.JSON, ".yaml": Syntax.YAML, ".yml": Syntax.YAML}


@dataclass(frozen=True, slots=True)
class Document:
    """One file that was read: its name among the contract's files, its exact bytes, and its value."""

    name: str
    data: bytes
    syntax: Syntax
    value: Json


_read_inside: ContextVar[dict[tuple[str, bytes, Limits], Document] | None] = ContextVar("read_inside", default=None)


@contextmanager
def each_read_once() -> Generator[None]:
    """Inside, the same bytes under the same name are read once: a command asks what it is, what it refers to and what it says.

    Whoever reads inside shares the values, which nobody changes. They are let go at the end.
    """
    token = _read_inside.set({})
    try:
        yield
    finally:
        _read_inside.reset(token)


def syntax_of(name: str) -> Syntax | None:
    """The notation that a file's suffix names."""
    return _SYNTAX_OF_SUFFIX.get(PurePosixPath(name).suffix.lower())


def read(name: str, data: bytes, limits: Limits = Limits()) -> Document:
    """Read one JSON (by `.json` or `.avsc`) or YAML 1.2 file; under another suffix, what starts like JSON is tried as JSON first.

    Raises NotText, Malformed, DuplicateKey, NotANumber or LimitExceeded, each with its place.
    """
    known = _read_inside.get()
    if known is None:
        return _read_document(name, data, limits)
    key = (name, data, limits)
    if key not in known:
        known[key] = _read_document(name, data, limits)
    return known[key]


def _read_document(name: str, data: bytes, limits: Limits) -> Document:
    text = decode(name, data, limits)
    syntax, value = _read(name, text, limits)
    # The pointers of a JSON text cannot be more than one of its length for every other character. Aliases in YAML multiply values.
    if syntax is Syntax.YAML or len(text) ** 2 > 2 * limits.paths:
        check_paths(name, value, limits.paths)
    return Document(name, data, syntax, value)


def _read(name: str, text: str, limits: Limits) -> tuple[Syntax, Json]:
    syntax = syntax_of(name)
    if syntax is Syntax.JSON:
        return syntax, read_json(name, text, limits)
    from registry.engines.documents.yaml_text import read_yaml  # a command that meets no YAML does not pay for it

    if syntax is Syntax.YAML or text.lstrip()[0] not in "{[":
        return Syntax.YAML, read_yaml(name, text, limits)
    try:
        return Syntax.JSON, read_json(name, text, limits)
    except Malformed as not_json:
        try:
            return Syntax.YAML, read_yaml(name, text, limits)
        except BadInput:
            raise not_json from None


def locate(document: Document, pointer: str) -> Position | None:
    """Line and column of the value that a JSON pointer names: of its key in an object, of the value in an array.

    Falls back to the nearest parent that exists. Costs a second reading; call it only for what is printed.
    """
    return locate_all(document, (pointer,)).get(pointer)


def locate_all(document: Document, pointers: Iterable[str]) -> dict[str, Position]:
    """What `locate` answers for each of many pointers, in one second reading."""
    return find_positions(document.syntax, document.data, pointers)


def find_positions(syntax: Syntax, data: bytes, pointers: Iterable[str]) -> dict[str, Position]:
    """`locate_all` for the bytes of a file that was read before."""
    sought = Sought.of(pointers)
    text = data.decode("utf-8-sig")
    if syntax is Syntax.JSON:
        return sought.answers(find_in_json(text, sought.root))
    from registry.engines.documents.yaml_positions import find_in_yaml

    return sought.answers(find_in_yaml(text, sought.root))
