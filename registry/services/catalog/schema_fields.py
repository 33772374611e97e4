"""The properties of a JSON Schema contract as a flat tree, references followed and `allOf` merged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice

from registry.domain.change import Json
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.view import ANY_TYPE, SchemaView, sum_bits, type_names
from registry.services.catalog.content_rows import FieldRow

_MOST_ROWS = 2_000
_LONGEST_VALUE = 60
_SIZES = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} properties",
    "maxProperties": "at most {} properties",
    "multipleOf": "a multiple of {}",
    "format": "format {}",
    "pattern": "pattern {}",
}


def listed_fields(root: Schema) -> tuple[tuple[FieldRow, ...], bool]:
    """The fields of a contract, parents before children, at most 2,000, and whether those are all."""
    rows = list(islice(fields_of(root), _MOST_ROWS + 1))
    return tuple(rows[:_MOST_ROWS]), len(rows) <= _MOST_ROWS


def fields_of(root: Schema) -> Iterator[FieldRow]:
    """Every declared property below a schema. A schema inside itself is named once and not entered again."""
    yield from _inside(_Place("$", 0, ()), SchemaView(root))


class _Place:
    """Where the walk is: the path, the depth, and the schemas around."""

    def __init__(self, path: str, depth: int, around: tuple[Schema, ...], variant: str = "") -> None:
        self.path = path
        self.depth = depth
        self.around = around
        self.variant = variant

    def below(self, suffix: str, view: SchemaView) -> _Place:
        return _Place(self.path + suffix, self.depth + 1, (*self.around, view.schema))

    def branch(self, name: str, view: SchemaView) -> _Place:
        return _Place(self.path, self.depth, (*self.around, view.schema), name)


def _inside(place: _Place, view: SchemaView) -> Iterator[FieldRow]:
    """The properties of an object, of the items of an array, of the values of a map, and of every branch of a union."""
    if view.schema in place.around:
        return
    for name, schemas in view.properties.items():
        property_view = SchemaView(schemas[0])
        below = place.below(f".{name}", view)
        yield _row(name, below, property_view, required=name in view.required, variant=place.variant)
        yield from _inside(below, property_view)
    for suffix, inner in _elements(view):
        deeper = _Place(place.path + suffix, place.depth, (*place.around, view.schema))
        yield from _inside(deeper, inner)
    for union in view.unions:
        for index, branch in enumerate(union.branches, start=1):
            yield from _inside(place.branch(_branch_name(branch, index), view), SchemaView(branch))


def _elements(view: SchemaView) -> Iterator[tuple[str, SchemaView]]:
    """The items of an array (`[]`) and the values of a map (`{}`)."""
    for (keyword, _), schemas in view.subschemas.items():
        if keyword in ("items", "prefixItems"):
            yield "[]", SchemaView(schemas[0])
        elif keyword in ("additionalProperties", "patternProperties") and isinstance(schemas[0].value, Mapping):
            yield "{}", SchemaView(schemas[0])


def _row(name: str, place: _Place, view: SchemaView, *, required: bool, variant: str) -> FieldRow:
    description, deprecated, sunset = (_note(view, word) for word in ("description", "deprecated", "x-sunset"))
    return FieldRow(
        path=place.path,
        name=name,
        depth=place.depth,
        type=_type(view, place.around),
        required=required,
        description=description if isinstance(description, str) else "",
        rules=tuple(_rules(view)),
        variant=variant,
        deprecated=deprecated is True,
        sunset=sunset if isinstance(sunset, str) else "",
    )


def _type(view: SchemaView, around: tuple[Schema, ...]) -> str:
    name = type_names(_admitted(view))
    if view.schema in around:
        return f"{name}, as above"
    inner = list(_elements(view))
    if name == "array" and inner:
        return f"array of {_several(inner)}"
    if name == "object" and inner and not view.properties:
        return f"map of {_several(inner)}"
    return name


def _admitted(view: SchemaView) -> int:
    """The types that a value can have: where none is stated, those of the values that `const` or `enum` lists."""
    if view.types != ANY_TYPE or view.values is None or not isinstance(view.values.value, list):
        return view.types
    return sum_bits(frozenset(_type_of(value) for value in view.values.value))


def _type_of(value: Json) -> str:
    if value is None:
        return "null"
    kinds = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (Mapping, "object"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "array")


def _several(inner: list[tuple[str, SchemaView]]) -> str:
    return " or ".join(dict.fromkeys(type_names(view.types) for _, view in inner))


def _rules(view: SchemaView) -> Iterator[str]:
    values = view.values
    if values is not None and isinstance(values.value, list):
        shown = ", ".join(_spelt(value) for value in values.value)
        yield f"always {shown}" if len(values.value) == 1 else f"one of {shown}"
    for keyword, words in _SIZES.items():
        for fact in view.facts(keyword):
            yield words.format(fact.value)
    if view.lower is not None:
        bound = view.lower[0]
        yield f"more than {bound.value}" if bound.exclusive else f"at least {bound.value}"
    if view.upper is not None:
        bound = view.upper[0]
        yield f"less than {bound.value}" if bound.exclusive else f"at most {bound.value}"
    if type_names(view.types) == "array":
        for suffix, inner in _elements(view):
            yield from (f"each {rule}" for rule in _rules(inner) if suffix == "[]" and not inner.properties)


def _note(view: SchemaView, word: str) -> Json:
    fact = view.note(word)
    return None if fact is None else fact.value


def _branch_name(branch: Schema, index: int) -> str:
    reference, title = branch.body.get("$ref"), branch.followed().note("title")
    if isinstance(title, str):
        return title
    return reference.rsplit("/", 1)[-1] if isinstance(reference, str) else f"variant {index}"


def _spelt(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
