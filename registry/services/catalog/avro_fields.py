"""The fields of an Avro contract as a flat tree, references followed and branches of unions side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from registry.engines.avro.schema import (
    Array,
    Concrete,
    Enum,
    Field,
    Fixed,
    Map,
    Primitive,
    Record,
    Schema,
    Type,
    Union,
    described,
    unqualified,
)
from registry.services.catalog.content_rows import FieldRow

_MOST_ROWS = 2_000
_LONGEST_VALUE = 60
_DEEPEST = 64


def listed_fields(schema: Schema) -> tuple[tuple[FieldRow, ...], bool]:
    """The fields, parents before children, at most 2,000, and whether those are all."""
    rows = list(islice(_inside(schema, schema.root, "$", 0, (), ""), _MOST_ROWS + 1))
    return tuple(rows[:_MOST_ROWS]), len(rows) <= _MOST_ROWS


def _inside(schema: Schema, type_: Type, path: str, depth: int, around: tuple[str, ...], variant: str) -> Iterator[FieldRow]:
    """The fields of a record, of the items of an array, of the values of a map, and of every branch of a union."""
    concrete = schema.concrete(type_)
    match concrete:
        case Record() if concrete.name not in around and len(around) < _DEEPEST:
            behind = (*around, concrete.name)
            for field in concrete.fields.values():
                below = f"{path}.{field.name}"
                yield _row(schema, field, below, depth + 1, behind, variant)
                yield from _inside(schema, field.type, below, depth + 1, behind, "")
        case Array():
            yield from _inside(schema, concrete.items, f"{path}[]", depth, around, variant)
        case Map():
            yield from _inside(schema, concrete.values, f"{path}{{}}", depth, around, variant)
        case Union():
            branches = [schema.concrete(branch) for branch in concrete.branches]
            several = sum(branch.kind != "null" for branch in branches) > 1
            for branch in branches:
                yield from _inside(schema, branch, path, depth, around, _name(branch) if several else variant)
        case _:
            pass


def _row(schema: Schema, field: Field, path: str, depth: int, around: tuple[str, ...], variant: str) -> FieldRow:
    concrete = schema.concrete(field.type)
    return FieldRow(
        path=path,
        name=field.name,
        depth=depth,
        type=_type(schema, concrete, around),
        required=field.default is None,
        description=field.doc or getattr(concrete, "doc", ""),
        rules=tuple(_rules(schema, field, concrete)),
        variant=variant,
    )


def _type(schema: Schema, concrete: Concrete, around: tuple[str, ...]) -> str:
    match concrete:
        case Array():
            return f"array of {_type(schema, schema.concrete(concrete.items), around)}"
        case Map():
            return f"map of {_type(schema, schema.concrete(concrete.values), around)}"
        case Union():
            return " or ".join(_type(schema, schema.concrete(branch), around) for branch in concrete.branches)
        case Record() if concrete.name in around:
            return f"{described(concrete)}, as above"
        case _:
            return described(concrete)


def _rules(schema: Schema, field: Field, concrete: Concrete) -> Iterator[str]:
    for type_ in _parts(schema, concrete):
        if isinstance(type_, Enum):
            yield f"one of {', '.join(type_.symbols)}"
            if type_.default is not None:
                yield f"{type_.default} for what is unknown"
        if isinstance(type_, Fixed):
            yield f"{type_.size} bytes"
    if field.default is not None:
        yield f"default {_spelt(field.default.value)}"
    if field.aliases:
        yield f"also called {', '.join(field.aliases)}"


def _parts(schema: Schema, concrete: Concrete) -> Iterator[Concrete]:
    """A type, and what a list, a map or a union is made of."""
    yield concrete
    match concrete:
        case Array():
            yield from _parts(schema, schema.concrete(concrete.items))
        case Map():
            yield from _parts(schema, schema.concrete(concrete.values))
        case Union():
            for branch in concrete.branches:
                yield from _parts(schema, schema.concrete(branch))
        case _:
            pass


def _name(type_: Concrete) -> str:
    return type_.kind if isinstance(type_, Primitive | Array | Map | Union) else unqualified(type_.name)


def _spelt(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
