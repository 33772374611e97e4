"""Schemas that say nothing."""

from __future__ import annotations

from collections.abc import Mapping

from registry.engines.openapi.node import Node

ANNOTATIONS = frozenset({"title", "description", "default", "example", "examples", "externalDocs", "deprecated", "$comment"})
"""Words of a schema that allow and forbid nothing."""


def allows_all(schema: Node) -> bool:
    """Whether a schema is `true`, or an object with nothing but annotations."""
    if schema.value is True:
        return True
    return isinstance(schema.value, Mapping) and all(key in ANNOTATIONS or key.startswith("x-") for key in schema.value)
