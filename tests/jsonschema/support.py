"""Short ways to write schemas and comparisons in tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from registry.domain.location import Location
from registry.domain.verdict import Direction
from registry.engines.documents.document import Document, Syntax, read
from registry.engines.jsonschema.comparer import SchemaComparer
from registry.engines.jsonschema.dialect import DRAFT202012, Dialect
from registry.engines.jsonschema.findings import SchemaFinding, SchemaQuestion
from registry.engines.jsonschema.inclusion import Included, Reading, included
from registry.engines.jsonschema.library import Library, Schema

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROOT = Location("schema.json", "")


def document(value: Any, name: str = "schema.json") -> Document:
    """A document that was read from the JSON text of a value."""
    return Document(name, json.dumps(value).encode(), Syntax.JSON, value)


def library(schema: Any, dialect: Dialect = DRAFT202012, **others: Any) -> Library:
    """A contract of one file, or with more files beside it (`common__json=` is `common.json`)."""
    files = {name.replace("__", "."): value for name, value in others.items()}
    documents = {name: document(value, name) for name, value in {"schema.json": schema, **files}.items()}
    return Library(documents, "schema.json", dialect)


def schema(value: Any, dialect: Dialect = DRAFT202012) -> Schema:
    """The root schema of a one-file contract."""
    return library(value, dialect).root


def from_yaml(text: str, dialect: Dialect = DRAFT202012) -> Library:
    """A contract from YAML text."""
    return Library({"schema.json": read("schema.yaml", text.encode())}, "schema.json", dialect)


def ask(writer: Any, reader: Any, dialect: Dialect = DRAFT202012, reading: Reading = Reading.STRICT) -> Included:
    """Inclusion of two schema values."""
    return included(schema(writer, dialect), schema(reader, dialect), reading=reading)


def compared(
    old: Library, new: Library, direction: Direction, *, strict: bool = False, notice: Mapping[str, int] | None = None
) -> tuple[tuple[SchemaFinding, ...], tuple[SchemaQuestion, ...]]:
    """Findings and questions between the roots of two contracts."""
    comparer = SchemaComparer(old, new, as_of=NOW, strict=strict, minimum_notice=notice)
    return comparer.findings(ROOT, ROOT, direction), comparer.undecided(ROOT, ROOT, direction)


def findings(
    old: Any, new: Any, direction: Direction, dialect: Dialect = DRAFT202012, *, strict: bool = False
) -> list[tuple[str, str]]:
    """Rule and severity of each finding between two schema values."""
    found, _ = compared(library(old, dialect), library(new, dialect), direction, strict=strict)
    return [(finding.rule, str(finding.severity)) for finding in found]
