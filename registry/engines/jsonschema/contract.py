"""Event contracts in JSON Schema: read one, check an example, list what consumers can use."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jsonschema_rs
from jsonschema.validators import validator_for  # pyright: ignore[reportUnknownVariableType]

from registry.domain.change import Json
from registry.domain.contract import Source
from registry.domain.errors import BadReference, LimitExceeded, WrongKind
from registry.domain.location import Location, child
from registry.engines.documents.document import Document, read
from registry.engines.documents.limits import Limits
from registry.engines.jsonschema.dialect import JSON_SCHEMA_DIALECTS, Dialect, dialect_of
from registry.engines.jsonschema.envelope import data_schema
from registry.engines.jsonschema.judges import problems
from registry.engines.jsonschema.library import Library, Schema, is_address
from registry.engines.jsonschema.view import SchemaView

_DEEPEST_ELEMENT = 24
_MOST_SCHEMAS = 5_000


@dataclass(frozen=True, slots=True)
class SchemaContract:
    """A JSON Schema that was read: its files, resolved on demand, and the dialect that its `$schema` names."""

    library: Library

    @property
    def dialect(self) -> Dialect:
        """The draft."""
        return self.library.dialect

    @property
    def root(self) -> Location:
        """The place of the schema that instances are checked against."""
        return Location(self.library.entry, "")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a schema refuses an instance, and where in the instance."""

    message: str
    location: Location


def parse(source: Source, limits: Limits = Limits()) -> SchemaContract:
    """Read a JSON Schema contract: JSON or YAML files around an entry that names its draft.

    Raises what `read` raises; WrongKind when the entry is no JSON Schema of a known draft or its own draft refuses it; BadReference
    for a reference that leaves the contract, leads nowhere, or only back to itself; LimitExceeded for too many files.
    """
    if len(source.files) > limits.files:
        raise LimitExceeded(f"{len(source.files)} files; at most {limits.files} are read")
    documents = {name: read(name, data, limits) for name, data in source.files.items() if _readable(name, source.entry)}
    if source.entry not in documents:
        raise WrongKind(f"the contract has no file {source.entry!r}")
    library = Library(documents, source.entry, _dialect(documents[source.entry]))
    _check(library)
    return SchemaContract(library)


def data_address(contract: SchemaContract) -> tuple[str, Location] | None:
    """What a CloudEvents envelope says that its `dataschema` is, and where; None for what is no envelope, or leaves it open."""
    fact = data_schema(contract.library.root)
    return (str(fact.value), fact.location) if fact is not None else None


def refusals(contract: SchemaContract, instance: Document) -> tuple[Problem, ...]:
    """Why the contract refuses an instance, the first reasons; empty when it is valid. Formats are annotations.

    Raises Undecidable when the validator cannot judge, or takes too many steps.
    """
    root = contract.library.root
    return tuple(Problem(message, Location(instance.name, pointer)) for message, pointer in problems(root, instance.value))


def elements(contract: SchemaContract, subject: str) -> frozenset[str]:
    """Every element of an event that a consumer can use, the event itself included. Recursive parts are named once.

    Outermost first, and no more than some thousands: schemas that contain each other have more ways through them than anybody can
    list, and what is left out is contained in what is there.
    """
    return frozenset({subject, *(f"{subject} {path}" for path in _paths(contract.library.root))})


def _paths(root: Schema) -> Iterator[str]:
    waiting: deque[tuple[Schema, str, tuple[Schema, ...]]] = deque([(root, "$", ())])
    for _ in range(_MOST_SCHEMAS):
        if not waiting:
            return
        schema, path, above = waiting.popleft()
        view = SchemaView(schema)
        if view.schema in above or len(above) > _DEEPEST_ELEMENT:
            continue
        behind = (*above, view.schema)
        for step, part in _steps(view):
            if step:
                yield path + step
            waiting.append((part, path + step, behind))


def _steps(view: SchemaView) -> Iterator[tuple[str, Schema]]:
    """The schemas inside one, each with what it adds to the path; branches of a union add nothing."""
    for name, schemas in view.properties.items():
        yield from ((f".{name}", part) for part in schemas)
    for (keyword, _), schemas in view.subschemas.items():
        step = {"items": "[]", "prefixItems": "[]", "additionalProperties": "{}", "patternProperties": "{}"}.get(keyword)
        if step is not None and not schemas[0].refuses_all:
            yield step, schemas[0]
    for union in view.unions:
        yield from (("", branch) for branch in union.branches)


def _readable(name: str, entry: str) -> bool:
    return name == entry or name.endswith((".json", ".yaml", ".yml"))


def _dialect(document: Document) -> Dialect:
    value = document.value
    known = ", ".join(dialect.uri for dialect in JSON_SCHEMA_DIALECTS)
    if not isinstance(value, Mapping):
        raise WrongKind("a JSON Schema contract is an object", Location(document.name, ""))
    named = value.get("$schema")
    dialect = dialect_of(named) if isinstance(named, str) else None
    if dialect is None:
        problem = f"$schema names {named!r}" if "$schema" in value else "there is no $schema"
        raise WrongKind(
            f"{problem}; a contract names one of {known}", Location(document.name, "/$schema" if "$schema" in value else "")
        )
    return dialect


def _check(library: Library) -> None:
    """The schema fits its draft, and every reference that can be reached leads somewhere inside the contract."""
    for problem in _faults(library.dialect, library.root.value):
        raise WrongKind(problem.message, Location(library.entry, child("", *problem.location.path.split("/")[1:])))
    for schema in library.references(library.root):
        if not isinstance(schema.value, Mapping | bool):
            raise BadReference("a reference leads to something that is no schema", schema.location)
        identifier = schema.body.get(library.dialect.id_keyword)
        if isinstance(identifier, str) and not is_address(identifier):
            raise BadReference(f"{identifier[:200]!r} is no address", schema.at(library.dialect.id_keyword))


def _faults(dialect: Dialect, value: Json) -> Iterator[Problem]:
    """What the draft's meta-schema finds; judged by the fast validator, to which a large or deep schema is none."""
    for error in _metaschema(dialect.uri).iter_errors(value):
        yield Problem(f"not a schema of {dialect.name}: {error.message[:200]}", Location("", child("", *error.instance_path)))


@lru_cache(maxsize=8)
def _metaschema(uri: str) -> Any:
    cls: Any = validator_for({"$schema": uri})
    return jsonschema_rs.validator_for(cls.META_SCHEMA, validate_formats=False)
