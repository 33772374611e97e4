"""Scalars of YAML 1.2: the core schema (specification 1.2.2, section 10.3), so that `no`, dates and `12:30` stay strings."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent

from registry.domain.change import Json
from registry.domain.errors import LimitExceeded, Malformed, NotANumber
from registry.engines.documents.text import excerpt
from registry.engines.documents.yaml_events import place_of

_PREFIX = "tag:yaml.org,2002:"
# "Whatever such a node is without a closer look": a string, a list, a mapping (section 6.9.1).
_NON_SPECIFIC = "!"
_TYPES = {"null": type(None), "bool": bool, "int": int, "float": float}
_CORE_TAGS = {
    ScalarEvent: frozenset(_PREFIX + kind for kind in ("str", *_TYPES)) | {_NON_SPECIFIC},
    MappingStartEvent: frozenset({_PREFIX + "map", _NON_SPECIFIC}),
    SequenceStartEvent: frozenset({_PREFIX + "seq", _NON_SPECIFIC}),
}

_CONSTANTS: dict[str, None | bool] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?[0-9]+|0o(?P<octal>[0-7]+)|0x(?P<hexadecimal>[0-9a-fA-F]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def scalar_value(name: str, event: ScalarEvent) -> Json:
    """The value of a scalar node.

    Raises NotANumber for `.nan`, `.inf` and floats out of range, LimitExceeded for integers of thousands of digits, Malformed for
    a tag outside the core schema or one that its text does not fit.
    """
    try:
        if event.tag is not None:
            return _tagged_value(name, event, event.tag)
        return _plain_value(event.value) if event.implicit[0] else event.value
    except OverflowError:
        raise NotANumber(f"{excerpt(event.value)} is not a finite number.", place_of(name, event)) from None
    except ValueError:
        raise LimitExceeded(f"A number has {len(event.value)} digits; that is more than is read.", place_of(name, event)) from None


def check_tag(name: str, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
    """Raise Malformed when a node has a tag that the core schema does not give to such nodes."""
    if event.tag is not None and event.tag not in _CORE_TAGS[type(event)]:
        shown = excerpt(event.tag.replace(_PREFIX, "!!"))
        raise Malformed(f"The tag {shown} is not one of YAML's core schema for such a node.", place_of(name, event))


@lru_cache(maxsize=4096)
def _plain_value(text: str) -> Json:
    """What plain text stands for. OverflowError when that is no finite number, ValueError for too many digits."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if match := _INTEGER.fullmatch(text):
        if match["octal"]:
            return int(match["octal"], 8)
        return int(match["hexadecimal"], 16) if match["hexadecimal"] else int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        if math.isinf(number):
            raise OverflowError
        return number
    if _NO_NUMBER.fullmatch(text):
        raise OverflowError
    return text


def _tagged_value(name: str, event: ScalarEvent, tag: str) -> Json:
    check_tag(name, event)
    kind = tag.removeprefix(_PREFIX)
    if kind in ("str", _NON_SPECIFIC):
        return event.value
    value = _plain_value(event.value)
    if kind == "float" and type(value) is int:
        return float(value)
    if type(value) is not _TYPES[kind]:
        raise Malformed(f"The tag !!{kind} does not fit {excerpt(event.value)}.", place_of(name, event))
    return value
