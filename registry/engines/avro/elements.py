"""What consumers can use of an Avro contract: the fields of its records, as far as they nest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

from registry.engines.avro.schema import Array, Map, Record, Schema, Type, Union

_DEEPEST_ELEMENT = 24
_MOST_TYPES = 5_000
_MOST_ELEMENTS = 20_000


def elements(schema: Schema, subject: str) -> frozenset[str]:
    """Every element, the contract itself included: `OrderPlaced $.data.lines[].sku`. Recursive parts are named once.

    Outermost first, and no more than some thousands: what is left out is contained in what is there.
    """
    return frozenset({subject, *(f"{subject} {path}" for path in islice(_paths(schema), _MOST_ELEMENTS))})


def _paths(schema: Schema) -> Iterator[str]:
    waiting: deque[tuple[Type, str, tuple[str, ...]]] = deque([(schema.root, "$", ())])
    for _ in range(_MOST_TYPES):
        if not waiting:
            return
        type_, path, above = waiting.popleft()
        concrete = schema.concrete(type_)
        match concrete:
            case Union():
                waiting.extend((branch, path, above) for branch in concrete.branches)
            case Array():
                yield f"{path}[]"
                waiting.append((concrete.items, f"{path}[]", above))
            case Map():
                yield f"{path}{{}}"
                waiting.append((concrete.values, f"{path}{{}}", above))
            case Record() if concrete.name not in above and len(above) < _DEEPEST_ELEMENT:
                behind = (*above, concrete.name)
                for field in concrete.fields.values():
                    yield f"{path}.{field.name}"
                    waiting.append((field.type, f"{path}.{field.name}", behind))
            case _:
                pass
