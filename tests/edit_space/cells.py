"""Cells of the edit space: an object at a place, one of its fields, and what is done to it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema_rs import Draft4Validator, Draft202012Validator

from tests.edit_space.places import ANYWHERE, EVERYWHERE_ALIKE, WITH_MEDIA_TYPE, Place, Where, places
from tests.edit_space.published import REFERENCE, ROOT, SCHEMA, VERSIONS, Field, Shape, objects, published
from tests.edit_space.samples import SWAPS, Object, around, candidates, keys, sample

_ABSENT = object()
_ACTIONS = (
    *("added", "removed", "changed", "turned on", "turned off"),
    *("one more", "one less", "one more scope", "one scope less"),
)

_PARAMETERS = {
    name: {"name": name, "in": "query", "schema": {"type": kind}} for name, kind in (("one", "string"), ("two", "integer"))
}
_PATH_ITEMS = {
    "one": {"post": {"responses": {"200": {"description": "one"}}}},
    "two": {"put": {"responses": {"200": {"description": "two"}}}},
}
"""What references in samples lead to."""


@dataclass(frozen=True, order=True)
class Cell:
    """One edit: `Cell("parameter", "explode", "turned off", Where(part="query parameter"))`."""

    object: str
    field: str
    action: str
    where: Where

    def __str__(self) -> str:
        return f"{self.object}.{self.field} {self.action} ({self.where})"


@dataclass(frozen=True)
class Edit:
    """The two documents of a cell, in one version of OpenAPI."""

    cell: Cell
    version: str
    old: Object
    new: Object


@cache
def edits() -> Mapping[Cell, Edit]:
    """One edit for every cell outside of schemas, in the newest version of OpenAPI that has its field."""
    found: dict[Cell, Edit] = {}
    for version in reversed(VERSIONS):
        for edit in edits_of(version):
            found.setdefault(edit.cell, edit)
    order = {name: rank for rank, name in enumerate(dict.fromkeys(_in_order()))}
    return dict(sorted(found.items(), key=lambda pair: (order[pair[0].object, pair[0].field], _ACTIONS.index(pair[0].action))))


def _in_order() -> Iterator[tuple[str, str]]:
    """Objects as a reader of the document comes across them, and their fields as the specification has them, newest first."""
    for name in dict.fromkeys(place.object for place in places(VERSIONS[-1]).values()):
        for version in reversed(VERSIONS):
            yield from ((name, field) for field in objects(version).get(name, ()))


@cache
def edits_of(version: str) -> tuple[Edit, ...]:
    """Every edit that leaves a document of a version valid."""
    return tuple(_all_edits(version))


def _all_edits(version: str) -> Iterator[Edit]:
    for place in places(version).values():
        if place.object not in (SCHEMA, "discriminator", "xml"):
            for field in objects(version)[place.object].values():
                yield from _edits(place, field, version)


def fields_without_cell() -> list[str]:
    """Fields that no edit touches, as `object.field`: the samples do not suit them."""
    touched = {(cell.object, cell.field) for cell in edits()}
    return [
        f"{name}.{field}"
        for name, fields in objects(VERSIONS[-1]).items()
        for field, said in fields.items()
        if name not in (SCHEMA, "discriminator", "xml") and (name, field) not in touched and not _told_by_inner(said)
    ]


def _near(place: Place, *fields: str) -> tuple[str, ...]:
    """The words that samples have to suit: the fields on the way, those below, and the part of the message."""
    return (*(step.field for step in place.steps), *fields, place.where.part.removesuffix(WITH_MEDIA_TYPE))


def _told_by_inner(field: Field) -> bool:
    """Whether a field holds an object that has to be there: only what is inside can change."""
    return field.shape is Shape.OBJECT and any(cell.object in field.targets for cell in edits())


def _edits(place: Place, field: Field, version: str) -> Iterator[Edit]:
    near = _near(place, field.name)
    documents = Documents(place, version, near)
    seen: list[tuple[Object, Object]] = []
    for action, old, new in _actions(place, field, version, near, documents):
        before, after = documents.document(old), documents.document(new)
        if before is not None and after is not None and before != after and (before, after) not in seen:
            seen.append((before, after))
            where = ANYWHERE if place.object in EVERYWHERE_ALIKE else place.where
            yield Edit(Cell(place.object, field.name, action, where), version, before, after)


def _actions(
    place: Place, field: Field, version: str, near: Sequence[str], documents: Documents
) -> Iterator[tuple[str, Object, Object]]:
    """What can be done to a field: the action, the object before and the object after."""
    whole = around(place.object, field.name, place.where, near)
    for action, old, new in SWAPS.get((place.object, field.name), ()):
        yield action, *({key: value for key, value in {**whole, **said}.items() if value is not None} for said in (old, new))
    for action, before, after in _values(place, field, version, near, lambda value: documents.document(_with(whole, field, value))):
        yield action, _with(whole, field, before), _with(whole, field, after)


def _values(
    place: Place, field: Field, version: str, near: Sequence[str], document: Callable[[Any], Object | None]
) -> Iterator[tuple[str, Any, Any]]:
    """What can be done to a field: the action, its value before and its value after."""
    if field.is_flag:
        yield "turned on", False, True
        yield "turned off", True, False
        return
    if field.shape is Shape.VALUE:
        fitting = [value for value in candidates(place.object, field, version) if document(value)][:2]
        if fitting:
            yield "added", _ABSENT, fitting[0]
            yield "removed", fitting[0], _ABSENT
            yield "changed", fitting[0], fitting[-1]
        return
    one, two = (_inner(place, field, number, near) for number in (0, 1))
    first, second = keys(place.object, field.name, near)
    match field:
        case Field(name="*"):
            few, many, other = {first: one}, {first: one, second: two}, None
        case Field(shape=Shape.OBJECT):
            few, many, other = one, None, None
        case Field(shape=Shape.LIST):
            few, many, other = [one], [one, two], None if field.targets else [two]
        case _:
            few, many, other = {first: one}, {first: one, second: two}, None if field.targets else {first: two}
    yield "added", _ABSENT, few
    yield "removed", few, _ABSENT
    if many is not None:
        yield "one more", few, many
        yield "one less", many, few
    if other is not None:
        yield "changed", few, other


def _inner(place: Place, field: Field, number: int, near: Sequence[str]) -> Any:
    """What stands in a field that holds objects, or in an entry of one that holds texts."""
    targets = [target for target in field.targets if target != REFERENCE]
    if not targets and field.name == "*":  # the scopes that a scheme is asked for
        return []
    if not targets:
        return candidates(place.object, field, "")[number]
    where = Where(place.where.side, "query parameter") if field.name == "parameters" else place.where
    return sample(targets[0], where, number, [name for name in near if name != field.name or name.endswith("ncoding")])


def _with(whole: Object, field: Field, value: Any) -> Object:
    if field.name == "*":
        return {} if value is _ABSENT else value
    rest = {key: inner for key, inner in whole.items() if key != field.name}
    return rest if value is _ABSENT else {**rest, field.name: value}


class Documents:
    """Puts an object at its place into a whole document."""

    def __init__(self, place: Place, version: str, near: Sequence[str]) -> None:
        self._place = place
        self._version = version
        self._near = near

    @staticmethod
    def of(place: Place, version: str) -> Documents:
        """For objects that need nothing around them beyond what the way to them says."""
        return Documents(place, version, _near(place))

    def document(self, value: Object) -> Object | None:
        """The document, or None when the published schema of its version refuses it."""
        whole = copy.deepcopy(self.built(value))
        return whole if _validator(self._version).is_valid(whole) else None

    def built(self, value: Object) -> Object:
        """The document, valid or not."""
        for index in range(len(self._place.steps) - 1, -1, -1):
            value = self._around(index, value)
        whole = {"openapi": f"{self._version}.0", **{key: inner for key, inner in value.items() if key != "openapi"}}
        if self._place.object == ROOT and "openapi" in value:
            whole["openapi"] = value["openapi"] if self._near[0] == "openapi" else f"{self._version}.0"
        return self._completed(whole)

    def _around(self, index: int, inner: Object) -> Object:
        """The object that a step leaves, with what the step leads to in its field."""
        step, place = self._place.steps[index], self._place
        where = Where(place.where.side, place.where.part)
        field = objects(self._version)[step.owner][step.field]
        outer = around(step.owner, step.field, where, self._near)
        key = keys(step.owner, step.field, self._near)[0]
        if step.field == "*":
            return {key: inner}
        held: Any = {Shape.LIST: [inner], Shape.MAP: {key: inner}}.get(field.shape, inner)
        return {**outer, step.field: held}

    def _completed(self, whole: Object) -> Object:
        """The components that samples refer to, and an operation that asks for the security scheme."""
        if "securitySchemes" in self._near and self._place.object != "components":
            whole = {**whole, "security": [{"one": []}]}
        if "security" in self._near:
            schemes = {"one": {"type": "http", "scheme": "basic"}, "two": {"type": "http", "scheme": "bearer"}}
            whole = {**whole, "components": {**whole.get("components", {}), "securitySchemes": schemes}}
        if self._place.object == REFERENCE:
            whole = {**whole, "components": {**whole.get("components", {}), "parameters": _PARAMETERS}}
        return {**whole, "x-items": _PATH_ITEMS} if "$ref" in self._near else whole


@cache
def _validator(version: str) -> Draft4Validator | Draft202012Validator:
    return (Draft4Validator if version == "3.0" else Draft202012Validator)(dict(published(version)))
