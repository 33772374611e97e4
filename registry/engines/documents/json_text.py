"""JSON (RFC 8259) text into values: exact integers, no duplicate keys, nothing that JSON cannot write."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from registry.domain.change import Json
from registry.domain.errors import LimitExceeded, Malformed, NotANumber
from registry.domain.location import Location
from registry.engines.documents import json_faults
from registry.engines.documents.json_limits import check_depth, check_nodes
from registry.engines.documents.json_quick import read_quickly
from registry.engines.documents.limits import Limits
from registry.engines.documents.text import excerpt, place_at

# Half of a surrogate pair, or NUL, written as an escape: a cheap sign that a closer look is needed.
_SUSPICIOUS_ESCAPE = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


def read_json(name: str, text: str, limits: Limits) -> Json:
    """The value of a JSON text.

    Raises LimitExceeded before parsing; Malformed, DuplicateKey, NotANumber or NotText with the place otherwise.
    """
    quick = read_quickly(text, limits)
    return quick[0] if quick else read_exactly(name, text, limits)


def read_exactly(name: str, text: str, limits: Limits) -> Json:
    """What `read_json` answers, by the decoder that tells what is wrong with a text, and where."""
    check_depth(name, text, limits.depth)
    check_nodes(name, text, limits.nodes)
    try:
        value: Json = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Malformed(f"This is not JSON: {error.msg}.", place_at(name, text, error.pos)) from None
    except RecursionError:
        raise LimitExceeded("The document nests deeper than the interpreter can follow.", Location(name, "")) from None
    except _RepeatedKey:
        raise json_faults.repeated_key(name, text) from None
    except _NoNumber as fault:
        raise NotANumber(fault.problem, json_faults.place_of_number(name, text, fault.literal)) from None
    except _LongNumber as fault:
        raise LimitExceeded(
            f"A number has {len(fault.literal)} digits; that is more than is read.",
            json_faults.place_of_number(name, text, fault.literal),
        ) from None
    if _SUSPICIOUS_ESCAPE.search(text):
        json_faults.check_escapes(name, text)
    return value


class _RepeatedKey(Exception):
    """Some object has a key twice; where is looked up afterwards, because the decoder does not tell."""


class _NoNumber(Exception):
    """A literal that stands for no finite number."""

    def __init__(self, literal: str, problem: str) -> None:
        self.literal = literal
        self.problem = problem


class _LongNumber(Exception):
    """An integer beyond the digits that the interpreter converts (its guard against quadratic time)."""

    def __init__(self, literal: str) -> None:
        self.literal = literal


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RepeatedKey
    return members


def _constant(literal: str) -> Json:
    raise _NoNumber(literal, f"{literal} is not a number in JSON.")


def _float(literal: str) -> float:
    number = float(literal)
    if math.isinf(number):
        raise _NoNumber(literal, f"{excerpt(literal)} is beyond what a 64-bit float holds.")
    return number


def _integer(literal: str) -> int:
    try:
        return int(literal)
    except ValueError:
        raise _LongNumber(literal) from None


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_float, parse_int=_integer, parse_constant=_constant)
