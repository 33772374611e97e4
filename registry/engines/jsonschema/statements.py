"""Words that mean something only together (conditions, dependencies, contains), and which of them correspond on two sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.sameness import Sameness
from registry.engines.jsonschema.view import SchemaView

CONDITION: Final = ("if", "then", "else")
CONTAINS: Final = ("contains", "minContains", "maxContains")

Alike: TypeAlias = Callable[[Schema, Schema], bool]


@dataclass(frozen=True, slots=True)
class Statements:
    """Schemas that state a word on two sides: those that correspond and differ, and those without a partner."""

    pairs: tuple[tuple[Schema, Schema], ...]
    removed: tuple[Schema, ...]
    added: tuple[Schema, ...]


def stating(view: SchemaView, word: str) -> tuple[Schema, ...]:
    """The parts of a view that state a word."""
    return tuple(part.schema for part in view.parts if part.schema.get(word) is not None)


def conditions(old: SchemaView, new: SchemaView, sameness: Sameness) -> Statements:
    """The conditions of both sides; those with the same test correspond before others do."""
    equal = _all_same(sameness, CONDITION)
    return _corresponding(stating(old, "if"), stating(new, "if"), equal, (_all_same(sameness, ("if",)),))


def contains(old: SchemaView, new: SchemaView, sameness: Sameness) -> Statements:
    """The demands on some items of both sides, with their counts."""
    return _corresponding(stating(old, "contains"), stating(new, "contains"), _all_same(sameness, CONTAINS), ())


def property_names(old: SchemaView, new: SchemaView, sameness: Sameness) -> Statements:
    """The demands on the names of properties of both sides."""
    words = ("propertyNames",)
    return _corresponding(stating(old, *words), stating(new, *words), _all_same(sameness, words), ())


def negations(old: SchemaView, new: SchemaView, sameness: Sameness) -> Statements:
    """The forms that both sides refuse."""
    words = ("not",)
    return _corresponding(stating(old, *words), stating(new, *words), _all_same(sameness, words), ())


def content_schemas(old: SchemaView, new: SchemaView, sameness: Sameness) -> Statements:
    """The schemas of embedded content of both sides."""
    words = ("contentSchema",)
    return _corresponding(stating(old, *words), stating(new, *words), _all_same(sameness, words), ())


def demands_one(schema: Schema) -> bool:
    """Whether `contains` only demands that enough items fit: then admitting fewer items admits fewer lists, as anywhere else."""
    least = schema.get("minContains")
    return schema.get("maxContains") is None and (least is None or (isinstance(least, int | float) and least >= 1))


def only(schema: Schema, word: str, name: str) -> Schema:
    """A copy of a schema that says nothing but one entry of a word that maps names."""
    named = schema.body.get(word)
    kept = {word: {name: named[name]}} if isinstance(named, Mapping) and name in named else {}
    return Schema(schema.library, schema.file, schema.pointer, kept, schema.resource)


def _all_same(sameness: Sameness, words: Sequence[str]) -> Alike:
    return lambda old, new: all(_same_under(sameness, word, old, new) for word in words)


def _same_under(sameness: Sameness, word: str, old: Schema, new: Schema) -> bool:
    before, after = old.get(word), new.get(word)
    if isinstance(before, Mapping | bool) and isinstance(after, Mapping | bool):
        return sameness.same(old.sub((word,)), new.sub((word,)))
    return before == after


def _corresponding(old: Sequence[Schema], new: Sequence[Schema], equal: Alike, likenesses: Sequence[Alike]) -> Statements:
    """Equal ones drop out; the others pair up by each likeness in turn, and at last in their order."""
    left, right = list(old), list(new)
    _taken(left, right, equal)
    pairs = [pair for alike in (*likenesses, _any) for pair in _taken(left, right, alike)]
    return Statements(tuple(pairs), tuple(left), tuple(right))


def _taken(left: list[Schema], right: list[Schema], alike: Alike) -> list[tuple[Schema, Schema]]:
    """Take the pairs that are alike out of both lists."""
    pairs: list[tuple[Schema, Schema]] = []
    for schema in tuple(left):
        partner = next((other for other in right if alike(schema, other)), None)
        if partner is not None:
            pairs.append((schema, partner))
            left.remove(schema)
            right.remove(partner)
    return pairs


def _any(_old: Schema, _new: Schema) -> bool:
    return True
