"""Random schemas of every draft, and random documents that have a chance to fit them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st

from registry.engines.jsonschema.dialect import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012, OPENAPI30, Dialect

Strategy = st.SearchStrategy[Any]

NAMES = st.sampled_from(["a", "b", "ab"])
_PATTERNS = st.sampled_from(["^a", "b$", "^[ab]*$", "a{2}", "", "^(a|b)b?$"])
_COUNTS = st.integers(0, 3)
_NUMBERS = st.one_of(st.integers(-3, 6), st.sampled_from([0.5, 1.5, 2.25]))
_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
SCALARS = st.one_of(st.none(), st.booleans(), _NUMBERS, st.sampled_from(["", "a", "ab", "abb", "b"]))
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)), max_leaves=6
)

_LEAVES: Final[Mapping[str, Strategy]] = {
    "enum": st.lists(DOCUMENTS, min_size=1, max_size=3),
    "multipleOf": st.sampled_from([1, 2, 3, 0.5]),
    "minimum": _NUMBERS,
    "maximum": _NUMBERS,
    "minLength": _COUNTS,
    "maxLength": _COUNTS,
    "pattern": _PATTERNS,
    "minItems": _COUNTS,
    "maxItems": _COUNTS,
    "uniqueItems": st.booleans(),
    "minProperties": _COUNTS,
    "maxProperties": _COUNTS,
    "required": st.lists(NAMES, min_size=1, max_size=2, unique=True),
    "const": DOCUMENTS,
    "dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, min_size=1, max_size=2, unique=True), max_size=2),
}
_FLAGS: Final = ("exclusiveMinimum", "exclusiveMaximum")
_ONE: Final = ("not", "additionalProperties", "items", "additionalItems", "contains", "propertyNames", "if", "then", "else")
_LATE: Final = ("unevaluatedProperties", "unevaluatedItems")
_MANY: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED: Final = ("properties", "dependentSchemas")


def schemas(dialect: Dialect) -> Strategy:
    """Schemas of a dialect, some of which refer to themselves."""
    reference = [] if dialect is OPENAPI30 else [st.just({"$ref": "#/definitions/self"})]
    return _nested(dialect, st.one_of(_leaf(dialect), *reference)).map(lambda schema: _rooted(dialect, schema))


def movable_schemas(dialect: Dialect) -> Strategy:
    """Schemas that mean the same wherever they stand: they hold no references."""
    return _nested(dialect, _leaf(dialect))


def _nested(dialect: Dialect, leaf: Strategy) -> Strategy:
    return st.recursive(leaf, lambda inner: _grown(dialect, inner), max_leaves=6)


def neighbours(dialect: Dialect) -> Strategy:
    """Two schemas of which the second is the first with a few words dropped or changed, as the versions of a contract are."""
    return st.builds(lambda schema, seed: (schema, _varied(schema, random.Random(seed))), schemas(dialect), st.integers(0, 1 << 32))


def _leaf(dialect: Dialect) -> Strategy:
    typed = st.builds(lambda name: {"type": name}, st.sampled_from(_TYPES[1:] if dialect is OPENAPI30 else _TYPES))
    words = [word for word in _LEAVES if word in dialect.vocabulary]
    said = [st.builds(lambda value, word=word: {word: value}, _LEAVES[word]) for word in words]
    if dialect in (DRAFT4, OPENAPI30):
        said += [st.builds(lambda low: {"minimum": low, "exclusiveMinimum": True}, _NUMBERS)]
    else:
        said += [st.builds(lambda end, word=word: {word: end}, _NUMBERS) for word in _FLAGS] + [st.booleans()]
    if dialect is OPENAPI30:
        said += [st.builds(lambda name: {"type": name, "nullable": True}, st.sampled_from(_TYPES[1:]))]
    return st.one_of(typed, *said)


def _grown(dialect: Dialect, inner: Strategy) -> Strategy:
    known = dialect.vocabulary
    parts: list[Strategy] = [st.builds(lambda value, word=word: {word: value}, inner) for word in (*_ONE, *_LATE) if word in known]
    listed = st.lists(inner, min_size=1, max_size=3)
    parts += [st.builds(lambda value, word=word: {word: value}, listed) for word in _MANY if word in known]
    named = st.dictionaries(NAMES, inner, min_size=1, max_size=2)
    parts += [st.builds(lambda value, word=word: {word: value}, named) for word in _NAMED if word in known]
    if "patternProperties" in known:
        parts.append(st.builds(lambda pattern, value: {"patternProperties": {pattern: value}}, _PATTERNS, inner))
    if "dependencies" in known:
        parts.append(st.builds(lambda name, value: {"dependencies": {name: value}}, NAMES, inner))
    if "minContains" in known:
        parts.append(
            st.builds(
                lambda value, low, more: {"contains": value, "minContains": low, "maxContains": low + more}, inner, _COUNTS, _COUNTS
            )
        )
    # Words beside each other say more than words alone: two or three parts become one schema, the later winning.
    return st.lists(st.one_of(_leaf(dialect), *parts, *parts), min_size=1, max_size=3).map(_merged)


def _merged(parts: list[Any]) -> Any:
    objects = [part for part in parts if isinstance(part, dict)]
    whole: dict[str, Any] = {}
    for part in objects:
        whole |= part
    return whole if objects else parts[0]


def _rooted(dialect: Dialect, schema: Any) -> Any:
    """The schema where its references to itself find it."""
    if not isinstance(schema, dict) or dialect is OPENAPI30:
        return schema
    return {"allOf": [schema], "definitions": {"self": schema}}


def _varied(value: Any, dice: random.Random) -> Any:
    if isinstance(value, dict):
        kept = {name: _varied(part, dice) for name, part in value.items() if name in _ROOT or dice.random() > 0.04}
        return kept if kept or not value else dict(value)
    if isinstance(value, list):
        kept = [_varied(part, dice) for part in value if dice.random() > 0.04]
        return kept or value
    if isinstance(value, str) and value in _TYPES and dice.random() < 0.15:
        return dice.choice(_TYPES[1:])
    if isinstance(value, int) and not isinstance(value, bool) and dice.random() < 0.2:
        return max(0, value + dice.choice((-1, 1)))
    return value


_ROOT: Final = frozenset({"allOf", "definitions", "self"})
DIALECTS: Final = (DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012, OPENAPI30)
