"""Names of types and fields (specification 1.12, "Names")."""

from __future__ import annotations

import re

from registry.domain.errors import LimitExceeded, Malformed
from registry.engines.avro.places import Place
from registry.engines.avro.schema import PRIMITIVES
from registry.engines.documents.text import excerpt

COMPLEX = ("record", "error", "enum", "array", "map", "fixed", "union")

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FULL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_RULE = "letters, digits and underscores, no digit first"
_LONGEST_NAME = 256
_LONGEST_FULL_NAME = 1_024


def check_name(name: object, place: Place) -> str:
    """A name of a field or a symbol of an enum. Raises Malformed."""
    if not isinstance(name, str):
        raise Malformed("A name is a string.", place.location)
    if not _NAME.fullmatch(name):
        raise Malformed(f"{excerpt(name)} is no name: {_RULE}.", place.location)
    _check_length(name, _LONGEST_NAME, place)
    return name


def full_name(name: object, enclosing: str, place: Place) -> str:
    """What a name in some namespace stands for: itself when it has dots. Raises Malformed for what is no name."""
    if not isinstance(name, str):
        raise Malformed("A name is a string.", place.location)
    if not _FULL_NAME.fullmatch(name):
        raise Malformed(f"{excerpt(name)} is no name: {_RULE}, with dots between the parts.", place.location)
    full = name if "." in name or not enclosing else f"{enclosing}.{name}"
    _check_length(full, _LONGEST_FULL_NAME, place)
    return full


def check_namespace(text: object, place: Place) -> str:
    """A namespace; "" is the null namespace. Raises Malformed."""
    if not isinstance(text, str):
        raise Malformed("A namespace is a string.", place.location)
    if text and not _FULL_NAME.fullmatch(text):
        raise Malformed(f"{excerpt(text)} is no namespace: names ({_RULE}) with dots between them.", place.location)
    _check_length(text, _LONGEST_FULL_NAME, place)
    return text


def check_free(name: str, place: Place) -> None:
    """Raise Malformed for the name of a primitive type, which no namespace may give to another type."""
    if name.rpartition(".")[2] in PRIMITIVES:
        raise Malformed(f"{excerpt(name)} is the name of a primitive type and cannot be declared.", place.location)


def _check_length(name: str, longest: int, place: Place) -> None:
    """Every path through a schema is made of names: long ones multiply."""
    if len(name) > longest:
        raise LimitExceeded(f"{excerpt(name)} has {len(name)} characters; at most {longest} are read.", place.location)
