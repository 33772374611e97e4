"""A discriminator as both sides read it: the property, and which schema each of its values names."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from registry.domain.change import Json
from registry.domain.location import Location
from registry.engines.jsonschema.view import SchemaView


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The property that tells the branches apart, and the name of the schema that each of its values stands for.

    A value that no mapping names stands for the branch of that name (OpenAPI 3.1, section 4.8.25); `default` is the schema for
    every other value, or none at all (OpenAPI 3.2).
    """

    property: str
    targets: Mapping[str, str]
    default: str | None
    location: Location


def discriminator_of(view: SchemaView) -> Discriminator | None:
    """The discriminator of a schema, or None without one."""
    fact = view.note("discriminator")
    if fact is None or not isinstance(fact.value, Mapping):
        return None
    name, mapping = fact.value.get("propertyName"), fact.value.get("mapping")
    if not isinstance(name, str):
        return None
    explicit = {key: _target(value) for key, value in mapping.items()} if isinstance(mapping, Mapping) else {}
    references = (branch.body.get("$ref") for union in view.unions for branch in union.branches)
    implicit = {_target(reference): _target(reference) for reference in references if isinstance(reference, str)}
    named = {name: target for name, target in implicit.items() if target not in explicit.values()}
    default = fact.value.get("defaultMapping")
    return Discriminator(name, {**named, **explicit}, _target(default) or None, fact.location)


def _target(reference: Json) -> str:
    """The last part of a reference, which is the schema's name wherever its file was moved to."""
    return posixpath.basename(reference) if isinstance(reference, str) else ""
