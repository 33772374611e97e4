"""Pairs of schemas that are hard to compare, each with what is known of the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Expected = Literal["yes", "no", "unknown", "any"]


@dataclass(frozen=True)
class Pair:
    """A writer and a reader. `expected` is `any` where the engine may give up, and `unknown` where it cannot but."""

    what: str
    writer: Any
    reader: Any
    expected: Expected


def nested(levels: int, leaf: Any) -> Any:
    """Closed objects inside each other, each with one required property."""
    for _ in range(levels):
        leaf = {"type": "object", "properties": {"next": leaf}, "required": ["next"], "additionalProperties": False}
    return leaf


def recursive_types(count: int, changed: int | None = None) -> Any:
    """Types without tags, each with a property of its own, that hold one of any of them; one of them may differ."""
    every = [{"$ref": f"#/$defs/T{index}"} for index in range(count)]

    def one(index: int) -> Any:
        own = {"type": "integer" if index == changed else "string"}
        return {"type": "object", "properties": {f"p{index}": own, "child": {"oneOf": every}}, "required": [f"p{index}"]}

    return {"oneOf": every, "$defs": {f"T{index}": one(index) for index in range(count)}}


def overlapping_types(count: int, changed: int | None = None) -> Any:
    """The same with types that most documents fit several of."""
    every = [{"$ref": f"#/$defs/T{index}"} for index in range(count)]

    def one(index: int) -> Any:
        value = {"type": "integer" if index == changed else "number", "minimum": index}
        return {"type": "object", "properties": {"value": value, "kids": {"type": "array", "items": {"oneOf": every}}}}

    return {"oneOf": every, "$defs": {f"T{index}": one(index) for index in range(count)}}


def union(word: str, count: int, longest: int, *, tagged: bool) -> Any:
    """Many branches of which the middle one admits texts of another length."""

    def one(index: int) -> Any:
        text = {"type": "string", "maxLength": longest if index == count // 2 else 10}
        if tagged:
            return {"type": "object", "properties": {"tag": {"const": f"t{index}"}, "value": text}, "required": ["tag"]}
        return {"type": "object", "properties": {f"p{index}": text}, "required": [f"p{index}"]}

    return {word: [one(index) for index in range(count)]}


def doubling(levels: int, leaf: Any, *, properties: bool) -> Any:
    """Definitions of which each refers twice to the next."""
    defs: dict[str, Any] = {"d0": leaf}
    for level in range(1, levels + 1):
        below = {"$ref": f"#/$defs/d{level - 1}"}
        defs[f"d{level}"] = (
            {"type": "object", "properties": {"a": below, "b": below}, "required": ["a", "b"]}
            if properties
            else {"allOf": [below, below]}
        )
    return {"$ref": f"#/$defs/d{levels}", "$defs": defs}


def pigeons(count: int) -> Any:
    """Properties that must all have different values, of which there is one too few."""
    names = [f"p{index}" for index in range(count)]
    chosen = [
        {"anyOf": [{"properties": {name: {"const": hole}}, "required": [name]} for hole in range(count - 1)]} for name in names
    ]
    apart = [
        {"not": {"properties": {one: {"const": hole}, other: {"const": hole}}, "required": [one, other]}}
        for number, one in enumerate(names)
        for other in names[:number]
        for hole in range(count - 1)
    ]
    return {"type": "object", "allOf": [*chosen, *apart]}


def wide(count: int, leaf: Any) -> Any:
    """A closed object of many properties."""
    named = {f"p{index}": leaf for index in range(count)}
    return {"type": "object", "properties": named, "additionalProperties": False}


def pairs() -> Iterator[Pair]:
    """All of them."""
    integer, number = {"type": "integer"}, {"type": "number"}
    yield Pair("a schema that is only itself", {"$ref": "#"}, {"type": "string"}, "unknown")
    for levels in (10, 100):
        yield Pair(f"{levels} nested closed objects, widened", nested(levels, integer), nested(levels, number), "yes")
        yield Pair(f"{levels} nested closed objects, narrowed", nested(levels, number), nested(levels, integer), "no")
    yield Pair("12 mutually recursive types, one narrowed", recursive_types(12), recursive_types(12, changed=3), "no")
    yield Pair("12 mutually recursive types, one changed", recursive_types(12, changed=3), recursive_types(12), "no")
    yield Pair("12 overlapping recursive types, one narrowed", overlapping_types(12), overlapping_types(12, changed=3), "any")
    for word in ("anyOf", "oneOf"):
        for tagged in (True, False):
            name = f"{word} of 2,000 {'tagged' if tagged else 'untagged'} branches"
            narrow, broad = (union(word, 2_000, longest, tagged=tagged) for longest in (5, 10))
            apart = tagged or word == "anyOf"
            yield Pair(f"{name}, one widened", narrow, broad, "yes" if apart else "any")
            yield Pair(f"{name}, one narrowed", broad, narrow, "no" if apart else "any")
    yield Pair("2,000 properties, widened", wide(2_000, integer), wide(2_000, number), "yes")
    yield Pair("2,000 properties, narrowed", wide(2_000, number), wide(2_000, integer), "no")
    yield Pair("30 doubling definitions", doubling(30, integer, properties=False), doubling(30, number, properties=False), "yes")
    least = {"type": "number", "minimum": 3}
    yield Pair("30 doubling objects", doubling(30, integer, properties=True), doubling(30, least, properties=True), "any")
    yield Pair("8 pigeons in 7 holes", pigeons(8), False, "any")
    long = [{"pattern": f"(a|b)*a(a|b){{{count}}}$"} for count in range(8, 14)]
    yield Pair("patterns with a large product", {"type": "string", "allOf": long}, {"pattern": "^c"}, "any")
