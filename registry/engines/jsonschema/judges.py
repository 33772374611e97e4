"""Two independent validators as judges of witnesses: formats as annotations, patterns in linear time, nothing retrieved.

The registry of the first holds the meta-schemas of the drafts, which come with its package, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any, Final, Protocol

import jsonschema
import jsonschema_rs
from referencing.exceptions import Unresolvable

from registry.domain.change import Json
from registry.domain.errors import BadReference
from registry.domain.location import child
from registry.engines.jsonschema.bundle import Unbundled, bundled, names_in, stands_alone
from registry.engines.jsonschema.counting import Undecidable, at_most, counting
from registry.engines.jsonschema.dialect import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012, OPENAPI30, OPENAPI31
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pattern_names import written_out
from registry.engines.jsonschema.specifications import REGISTRY


class _Validator(Protocol):
    def is_valid(self, instance: Any) -> bool: ...


class _Explaining(_Validator, Protocol):
    def iter_errors(self, instance: Any) -> Iterator[jsonschema.ValidationError]: ...


_MOST_STEPS: Final = 20_000
_MOST_STEPS_OF_AN_EXAMPLE: Final = 200_000
_MOST_PROBLEMS: Final = 20
_MOST_SLICES: Final = 16

_FIRST: Final[Mapping[str, Any]] = {
    DRAFT4.name: counting(jsonschema.Draft4Validator),
    DRAFT6.name: counting(jsonschema.Draft6Validator),
    DRAFT7.name: counting(jsonschema.Draft7Validator),
    DRAFT201909.name: counting(jsonschema.Draft201909Validator),
    DRAFT202012.name: counting(jsonschema.Draft202012Validator),
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
    """Both validators for one schema, made when the first document comes that has these property names."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._slices: dict[frozenset[str], tuple[_Explaining, _Validator]] = {}

    @cached_property
    def _regardless_of_names(self) -> bool:
        """Whether the same validators judge every document, whatever names it has."""
        return stands_alone(self._schema) and not _mixes(json.dumps(self._schema.value))

    def accept(self, document: Json) -> bool | None:
        """Whether both accept (True) or both refuse (False); None when they disagree or one of them cannot judge."""
        try:
            first, second = self._validators(document)
            with at_most(_MOST_STEPS):
                answer = first.is_valid(document)
            other = second.is_valid(document)  # it cannot be interrupted, so it is asked when the first came to an end
        except (Undecidable, Unbundled, Unresolvable, BadReference, RecursionError, ValueError, ArithmeticError):
            return None
        return answer if answer is other else None

    def _validators(self, document: Json) -> tuple[_Explaining, _Validator]:
        names = frozenset[str]() if self._regardless_of_names else names_in(document)
        known = self._slices.get(names)
        if known is None:
            if len(self._slices) >= _MOST_SLICES:
                self._slices.clear()
            known = self._slices[names] = _validators(self._schema, names)
        return known


def _mixes(words: str) -> bool:
    """Whether both words occur of which the first validator collects names with a backtracking engine."""
    return '"unevaluatedProperties"' in words and '"patternProperties"' in words


def _validators(schema: Schema, names: frozenset[str]) -> tuple[_Explaining, _Validator]:
    """Both validators of a schema, for documents with no other property names than these."""
    plain = schema.value if stands_alone(schema) else bundled(schema, names)
    dialect = schema.library.dialect
    known = _JUDGED_AS.get(dialect.name, dialect)
    name = known.name
    shown = written_out(known, plain, names) if _mixes(json.dumps(plain)) else plain
    first: _Explaining = _FIRST[name](shown, registry=REGISTRY)
    try:
        options = jsonschema_rs.RegexOptions()
        second: _Validator = _SECOND[name](plain, validate_formats=False, pattern_options=options, offline=True)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as problem:
        raise Undecidable from problem
    return first, second


def problems(schema: Schema, document: Json) -> tuple[tuple[str, str], ...]:
    """The first reasons for which the first judge refuses a document, each with its pointer into the document.

    Raises Undecidable when it cannot judge, or takes too many steps.
    """
    try:
        first, _ = _validators(schema, names_in(document))
        with at_most(_MOST_STEPS_OF_AN_EXAMPLE):
            errors = list(islice(first.iter_errors(document), _MOST_PROBLEMS))
    except (Unbundled, Unresolvable, RecursionError, ValueError, ArithmeticError) as problem:
        raise Undecidable from problem
    return tuple((error.message[:300], child("", *error.absolute_path)) for error in errors)
