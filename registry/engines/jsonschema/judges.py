"""Two independent validators as judges of witnesses: formats as annotations, patterns in linear time, nothing retrieved.

The registry of the first holds the meta-schemas of the drafts, which come with its package, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final, Protocol, cast

import jsonschema
import jsonschema.validators
import jsonschema_rs
from referencing.exceptions import Unresolvable

from registry.domain.change import Json
from registry.domain.errors import BadReference
from registry.domain.location import child
from registry.engines.jsonschema.bundle import Unbundled, bundled, names_in, stands_alone
from registry.engines.jsonschema.dialect import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012, OPENAPI30, OPENAPI31
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.patterns import searches
from registry.engines.jsonschema.specifications import REGISTRY


class _Validator(Protocol):
    def is_valid(self, instance: Any) -> bool: ...


class Undecidable(Exception):
    """A validator cannot judge: a pattern that no linear-time engine runs, or a construct it does not know."""


def _matches(pattern: str, text: str) -> bool:
    found = searches(pattern, text)
    if found is None:
        raise Undecidable
    return found


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, str) and not _matches(pattern, instance):
        yield jsonschema.ValidationError("does not match")


def _pattern_properties(validator: Any, patterns: Mapping[str, Any], instance: Any, _: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, dict):
        for pattern, schema in patterns.items():
            for name, member in cast("dict[str, Any]", instance).items():
                if _matches(pattern, name):
                    yield from validator.descend(member, schema)


def _additional(validator: Any, rest: Any, instance: Any, schema: Mapping[str, Any]) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, dict):
        patterns = schema.get("patternProperties", {})
        for name, member in cast("dict[str, Any]", instance).items():
            if name not in schema.get("properties", {}) and not any(_matches(pattern, name) for pattern in patterns):
                yield from validator.descend(member, rest)


_LINEAR: Final = {"pattern": _pattern, "patternProperties": _pattern_properties, "additionalProperties": _additional}


def _linear(cls: Any) -> Any:
    """The validator of a draft with every word that runs a pattern replaced."""
    return cast("Any", jsonschema.validators).extend(cls, _LINEAR)


_FIRST: Final[Mapping[str, Any]] = {
    DRAFT4.name: _linear(jsonschema.Draft4Validator),
    DRAFT6.name: _linear(jsonschema.Draft6Validator),
    DRAFT7.name: _linear(jsonschema.Draft7Validator),
    DRAFT201909.name: _linear(jsonschema.Draft201909Validator),
    DRAFT202012.name: _linear(jsonschema.Draft202012Validator),
}
_SECOND: Final[Mapping[str, Any]] = {
    DRAFT4.name: jsonschema_rs.Draft4Validator,
    DRAFT6.name: jsonschema_rs.Draft6Validator,
    DRAFT7.name: jsonschema_rs.Draft7Validator,
    DRAFT201909.name: jsonschema_rs.Draft201909Validator,
    DRAFT202012.name: jsonschema_rs.Draft202012Validator,
}
_JUDGED_AS: Final = {OPENAPI30.name: DRAFT4, OPENAPI31.name: DRAFT202012}


class Judges:
    """Both validators for one schema, made when the first document comes."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    @cached_property
    def _whole(self) -> tuple[_Validator, _Validator]:
        return _validators(self._schema, self._schema.value)

    def accept(self, document: Json) -> bool | None:
        """Whether both accept (True) or both refuse (False); None when they disagree or one of them cannot judge."""
        try:
            first, second = self._whole if stands_alone(self._schema) else self._sliced(document)
            answer, other = first.is_valid(document), second.is_valid(document)
        except (Undecidable, Unbundled, Unresolvable, BadReference, RecursionError, ValueError, ArithmeticError):
            return None
        return answer if answer is other else None

    def _sliced(self, document: Json) -> tuple[_Validator, _Validator]:
        return _validators(self._schema, bundled(self._schema, names_in(document)))


def _validators(schema: Schema, plain: Any) -> tuple[_Validator, _Validator]:
    dialect = schema.library.dialect
    name = _JUDGED_AS.get(dialect.name, dialect).name
    words = json.dumps(plain)
    if '"unevaluatedProperties"' in words and '"patternProperties"' in words:
        # The first validator collects evaluated names with a backtracking engine, and has no seam to replace it.
        raise Undecidable
    first: _Validator = _FIRST[name](plain, registry=REGISTRY)
    try:
        options = jsonschema_rs.RegexOptions()
        second: _Validator = _SECOND[name](plain, validate_formats=False, pattern_options=options, offline=True)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as problem:
        raise Undecidable from problem
    return first, second


def problems(schema: Schema, document: Json) -> Iterator[tuple[str, str]]:
    """Every reason for which the first judge refuses a document, with its pointer into the document."""
    dialect = schema.library.dialect
    plain = schema.value if stands_alone(schema) else bundled(schema, names_in(document))
    validator: Any = _FIRST[_JUDGED_AS.get(dialect.name, dialect).name](plain, registry=REGISTRY)
    for error in validator.iter_errors(document):
        yield error.message[:300], child("", *error.absolute_path)
