"""Records that prove a finding: written with the writer's schema, and refused or read as something else with the reader's.

fastavro writes and reads them, so that a second implementation has confirmed what is shown. Where it reads more than the
specification allows, or less, there is no witness, and the reason says so.
"""

from __future__ import annotations

import json
from decimal import DecimalException
from functools import cached_property
from io import BytesIO
from typing import Any

import fastavro
from fastavro.read import SchemaResolutionError
from fastavro.schema import SchemaParseException, UnknownType

from registry.domain.change import NoWitness, WireWitness, Witness
from registry.engines.avro.pair import Pair, Probe
from registry.engines.avro.plain import along, plain
from registry.engines.avro.sample import NoSample, Sampler
from registry.engines.avro.schema import Record, Schema, described

_CHARACTERS_SHOWN = 1_000
_BYTES_SHOWN = 2_000
_MOST_WITNESSES = 200

_UNREADABLE = (
    SchemaResolutionError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    AttributeError,
    ArithmeticError,
    DecimalException,
)
"""What fastavro raises for data that it cannot read, or schemas that it does not take."""


class Judge:
    """Writes with one schema, once parsed, and reads with the ways through another one."""

    def __init__(self, writer: Schema) -> None:
        self._writer = writer
        self._sampler = Sampler(writer)
        self._asked = 0

    def witness(self, pair: Pair, probe: Probe) -> Witness:
        """A record of the writer's schema that shows what changed at a pair, or why there is none."""
        self._asked += 1
        if self._asked > _MOST_WITNESSES:
            return NoWitness(f"records were written for the first {_MOST_WITNESSES} findings only")
        if isinstance(self._parsed, NoWitness):
            return self._parsed
        try:
            record, reader = self._sampler.record_with(pair, probe), along(pair, probe)
        except NoSample:
            return NoWitness("there is no record that is small enough, or too many were written already")
        try:
            data = _written(self._parsed, record)
            written = _read(data, self._parsed)
            reading = fastavro.parse_schema(reader)
        except (*_UNREADABLE, SchemaParseException, UnknownType) as error:
            return NoWitness(f"fastavro does not write the record that would show it: {_cut(str(error))}")
        if len(data) > _BYTES_SHOWN:
            return NoWitness("the record that shows it is too large to print")
        return self._judged(data, written, reading, pair)

    def _judged(self, data: bytes, written: Any, reading: Any, pair: Pair) -> Witness:
        try:
            read = _read(data, self._parsed, reading)
        except _UNREADABLE as error:
            return self._shown(data, written, f"refused: {_cut(str(error) or type(error).__name__)}")
        if _text(_leaf(written, pair, of_writer=True)) == _text(_leaf(read, pair, of_writer=False)):
            return NoWitness("fastavro reads the record alike with both schemas; the specification promises no reader that")
        return self._shown(data, written, _text(read))

    def _shown(self, data: bytes, written: Any, read: str) -> WireWitness:
        root = self._writer.concrete(self._writer.root)
        return WireWitness(root.name if isinstance(root, Record) else described(root), data.hex(), _text(written), read)

    @cached_property
    def _parsed(self) -> Any:
        try:
            return fastavro.parse_schema(plain(self._writer))
        except NoSample:
            return NoWitness("the schema nests deeper than records are written for")
        except (*_UNREADABLE, SchemaParseException, UnknownType) as error:
            return NoWitness(f"fastavro does not take the schema: {_cut(str(error))}")


def _written(schema: Any, record: Any) -> bytes:
    out = BytesIO()
    fastavro.schemaless_writer(out, schema, record)  # pyright: ignore[reportUnknownMemberType]
    return out.getvalue()


def _read(data: bytes, writer: Any, reader: Any = None) -> Any:
    return fastavro.schemaless_reader(BytesIO(data), writer, reader)  # pyright: ignore[reportUnknownMemberType]


def _leaf(value: Any, pair: Pair, *, of_writer: bool) -> Any:
    """What stands at a pair in a record that was read."""
    way: list[str | int] = []
    at: Pair | None = pair
    while at is not None and at.step is not None:
        if at.step.match is not None:
            way.append(at.step.match.writer.name if of_writer else at.step.match.reader.name)
        elif at.step.branch is None:
            way.append(0 if at.step.element == "[]" else "key")
        at = at.above
    for token in reversed(way):
        value = value[token]
    return value


def _text(value: Any) -> str:
    return _cut(json.dumps(value, default=_as_text, ensure_ascii=False))


def _as_text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _cut(text: str) -> str:
    return text if len(text) <= _CHARACTERS_SHOWN else f"{text[:_CHARACTERS_SHOWN]} ..."
