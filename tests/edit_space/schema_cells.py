"""The edits of schemas: every word, in every place of a message that has a schema.

The places of one side share the edited schema, as places in real documents do: the engine compares it once for each
direction and tells which elements reach it, and that is how a report finds its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.edit_space.cells import Documents
from tests.edit_space.places import Place, Where, places
from tests.edit_space.published import SCHEMA, VERSIONS, objects
from tests.edit_space.samples import Object
from tests.edit_space.words import COMPONENTS, DISCRIMINATOR, INNER, INNER_WORDS, OF_PROPERTIES, WORDS, XML

_EDITED = {"$ref": "#/components/schemas/Edited"}
_BODIES = ("request", "response")


@dataclass(frozen=True)
class Change:
    """What is done to a schema: the object and field of its cells, the action, and the schema on both sides.

    `inside` says that the edit is one level down, below another word: that is tried in bodies alone.
    """

    object: str
    field: str
    action: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    version: str = VERSIONS[-1]
    inside: bool = False


@dataclass(frozen=True)
class Group:
    """Places that share a schema, by the names of their operations, and the document that has them all."""

    places: Mapping[str, Place]
    document: Object


@dataclass(frozen=True)
class Batch:
    """The two documents of a change in all places of a group."""

    old: Object
    new: Object


def changes() -> Iterator[Change]:
    """Every edit of a schema: of its words, of what is written about a discriminator or XML, and inside of other schemas."""
    for name, word in WORDS.items():
        version = next(version for version in reversed(VERSIONS) if name in objects(version)[SCHEMA])
        for action, old, new in word.edits(name):
            around = INNER["properties"] if name in OF_PROPERTIES else dict
            yield Change(SCHEMA, name, action, around(old), around(new), version)
    for field, said in DISCRIMINATOR.items():
        yield from (Change("discriminator", field, action, old, new) for action, (old, new) in said.items())
    for field, word in XML.items():
        yield from (Change("xml", field, action, old, new) for action, old, new in word.edits(field))
    for holder, around in INNER.items():
        for name in INNER_WORDS:
            for action, old, new in WORDS[name].edits(name):
                if action not in ("added", "removed"):
                    yield Change(f"{SCHEMA} in {holder}", name, action, around(old), around(new), inside=True)


@cache
def groups(version: str, *, only_bodies: bool) -> tuple[Group, ...]:
    """Places that can share a schema without hiding each other: those of one side."""
    found: dict[str, dict[str, Place]] = defaultdict(dict)
    for place in places(version).values():
        if place.object != SCHEMA or Documents.of(place, version).document({"type": "string"}) is None:
            continue
        if only_bodies and (place.where.part not in _BODIES or place.where.side):
            continue
        group = found[place.where.side]
        group[f"p{len(group):02}"] = place
    return tuple(Group(group, _document(group, version)) for group in found.values())


def batch(change: Change, group: Group) -> Batch:
    """A change in the document of a group, at the schema to which its places refer."""
    return Batch(*(_with_schema(group.document, schema) for schema in (change.old, change.new)))


def reached(group: Group, elements: tuple[str, ...]) -> Iterator[Where]:
    """The places whose elements are among some elements."""
    for slug, place in group.places.items():
        prefix = f"webhook {slug} " if place.where.side == "webhook" else f"GET /{slug}"
        if any(element.startswith(prefix) for element in elements):
            yield place.where


def _with_schema(document: Object, schema: Mapping[str, Any]) -> Object:
    return {**document, "components": {**document.get("components", {}), "schemas": {**COMPONENTS, "Edited": schema}}}


def _document(group: Mapping[str, Place], version: str) -> Object:
    """One document with an operation for each place."""
    whole: Object = {}
    paths: Object = {}
    webhooks: Object = {}
    for slug, place in group.items():
        whole = Documents.of(place, version).built(_EDITED)
        if place.where.side == "webhook":
            webhooks[slug] = whole["webhooks"]["one"]
        else:
            [(path, item)] = whole["paths"].items()
            paths[path.replace("/things", f"/{slug}")] = item
    return {**whole, "paths": paths, **({"webhooks": webhooks} if webhooks else {})}
