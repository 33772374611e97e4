"""The fields of an Avro contract as a flat tree, references followed and branches of unions side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class _Part:
    """A type on the way, the field that has it where one does, and the records around."""

    type: Type
    path: str
    depth: int = 0
    around: tuple[str, ...] = ()
    variant: str = ""
    field: Field | None = None


def listed_fields(schema: Schema) -> tuple[tuple[FieldRow, ...], bool]:
    """The fields, parents before children, at most 2,000, and whether those are all."""
    rows = list(islice(_rows(schema), _MOST_ROWS + 1))
    return tuple(rows[:_MOST_ROWS]), len(rows) <= _MOST_ROWS


def _rows(schema: Schema) -> Iterator[FieldRow]:
    waiting = [_Part(schema.root, "$")]
    while waiting:
        part = waiting.pop()
        if part.field is not None:
            yield _row(schema, part, part.field)
        waiting.extend(reversed(list(_inside(schema, part))))


def _inside(schema: Schema, part: _Part) -> Iterator[_Part]:
    """The fields of a record, the items of an array, the values of a map, and every branch of a union."""
    concrete = schema.concrete(part.type)
    bare = part if part.field is None else replace(part, field=None, variant="")
    match concrete:
        case Record() if concrete.name not in part.around and len(part.around) < _DEEPEST:
            behind = (*part.around, concrete.name)
            for field in concrete.fields.values():
                yield _Part(field.type, f"{part.path}.{field.name}", part.depth + 1, behind, bare.variant, field)
        case Array():
            yield replace(bare, type=concrete.items, path=f"{part.path}[]")
        case Map():
            yield replace(bare, type=concrete.values, path=f"{part.path}{{}}")
        case Union():
            branches = [schema.concrete(branch) for branch in concrete.branches]
            several = sum(branch.kind != "null" for branch in branches) > 1
            yield from (replace(bare, type=branch, variant=_name(branch) if several else bare.variant) for branch in branches)
        case _:
            pass


def _row(schema: Schema, part: _Part, field: Field) -> FieldRow:
    concrete = schema.concrete(field.type)
    return FieldRow(
        path=part.path,
        name=field.name,
        depth=part.depth,
        type=_type(schema, concrete, part.around),
        required=field.default is None,
        description=field.doc or getattr(concrete, "doc", ""),
        rules=tuple(_rules(schema, field, concrete)),
        variant=part.variant,
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
