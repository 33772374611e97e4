"""Schemas as JSON again, for the judge: each declaration where it is first used, and cut down to one way through it."""

from __future__ import annotations

from typing import Any

from registry.engines.avro.pair import Pair, Probe
from registry.engines.avro.sample import NoSample
from registry.engines.avro.schema import Array, Enum, Field, Fixed, Logical, Map, Primitive, Record, Schema, Type, Union

_DEEPEST = 100


def plain(schema: Schema) -> Any:
    """The whole schema. Raises NoSample when it nests deeper than the judge should read."""
    return _Plain(schema).type(schema.root, 0)


def along(pair: Pair, probe: Probe) -> Any:
    """The reader's schema with nothing but the way to a pair, so that only this pair decides whether a record is read.

    A reader may leave out any field, and still reads. Records on the way take the writer's names, by an alias: that they are called
    otherwise is another finding. Raises NoSample.
    """
    reduced = _Plain(pair.sides.reader).type(pair.reader, 0, probe.keeps)
    depth = 0
    while pair.above is not None and pair.step is not None:
        above, step = pair.above, pair.step
        if step.match is not None and isinstance(above.writer, Record):
            field = {"name": step.match.reader.name, "aliases": list(step.match.reader.aliases), "type": reduced}
            reduced = {"type": "record", **_names(f"Way{depth}", (above.writer.name,)), "fields": [field]}
        elif step.branch is None:
            reduced = {"type": "array", "items": reduced} if step.element == "[]" else {"type": "map", "values": reduced}
        pair = above
        depth += 1
        if depth > _DEEPEST:
            raise NoSample
    return reduced


class _Plain:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._declared: set[str] = set()

    def type(self, type_: Type, depth: int, keeps: tuple[str, ...] | None = None) -> Any:
        if depth > _DEEPEST:
            raise NoSample
        concrete = self._schema.concrete(type_)
        match concrete:
            case Primitive():
                return {"type": concrete.kind, **_logical(concrete.logical)} if concrete.logical else concrete.kind
            case Array():
                return {"type": "array", "items": self.type(concrete.items, depth + 1)}
            case Map():
                return {"type": "map", "values": self.type(concrete.values, depth + 1)}
            case Union():
                return [self.type(branch, depth + 1) for branch in concrete.branches]
            case _:
                return self._named(concrete, depth, keeps)

    def _named(self, type_: Record | Enum | Fixed, depth: int, keeps: tuple[str, ...] | None) -> Any:
        if type_.name in self._declared:
            return type_.name
        self._declared.add(type_.name)
        head = {"type": type_.kind, **_names(type_.name, type_.aliases)}
        if isinstance(type_, Fixed):
            return {**head, "size": type_.size, **_logical(type_.logical)}
        if isinstance(type_, Enum):
            default = {} if type_.default is None else {"default": type_.default}
            return {**head, "symbols": list(type_.symbols), **default}
        fields = [field for field in type_.fields.values() if keeps is None or field.name in keeps]
        return {**head, "fields": [self._field(field, depth) for field in fields]}

    def _field(self, field: Field, depth: int) -> Any:
        default = {} if field.default is None else {"default": field.default.value}
        return {"name": field.name, "aliases": list(field.aliases), "type": self.type(field.type, depth + 1), **default}


def _logical(logical: Logical | None) -> dict[str, Any]:
    if logical is None:
        return {}
    digits = {"precision": logical.precision, "scale": logical.scale} if logical.name == "decimal" else {}
    return {"logicalType": logical.name, **digits}


def _names(name: str, aliases: tuple[str, ...]) -> dict[str, Any]:
    """A full name and its aliases, written so that they take nothing from the namespace around them."""
    return {"name": name, **({"aliases": list(aliases)} if aliases else {}), **({} if "." in name else {"namespace": ""})}
