"""CloudEvents envelopes: whether a schema describes one, and which schema it says that its data adheres to."""

from __future__ import annotations

import re
from typing import Final

from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.view import Fact, SchemaView

_REQUIRED: Final = frozenset({"id", "source", "specversion", "type"})
"""The context attributes that every event has (CloudEvents 1.0.2, section 3.1)."""
_LINE: Final = re.compile(r"(?<![A-Za-z0-9])v(\d{1,9})(?![A-Za-z0-9])")
"""A major line in an address: `order-placed.v2.schema.json`, `/v2/order-placed`."""


def data_schema(root: Schema) -> Fact | None:
    """The address that an envelope's `dataschema` has, and where it is said: the one value admitted, the default, or the example.

    None for what is no envelope, or leaves the address open.
    """
    properties = SchemaView(root).properties
    if not properties.keys() >= _REQUIRED or "dataschema" not in properties:
        return None
    view = SchemaView(properties["dataschema"][0])
    said = (view.values, view.note("default"), view.note("examples"), view.note("example"))
    return next((address for fact in said if fact is not None and (address := _only(fact)) is not None), None)


def line_in(address: str) -> int | None:
    """The major line that an address names, the last if it names several; None when it names none."""
    found = _LINE.findall(address)
    return int(found[-1]) if found else None


def _only(fact: Fact) -> Fact | None:
    """The fact as one text; None when it holds none, or several values."""
    value = fact.value[0] if isinstance(fact.value, list) and len(fact.value) == 1 else fact.value
    return Fact(value, fact.location) if isinstance(value, str) else None
