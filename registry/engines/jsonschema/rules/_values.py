"""What the rules about lists of values share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from registry.domain.change import Json
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import places, spelt
from registry.engines.jsonschema.values import key_of
from registry.engines.jsonschema.view import Fact

VALUES: Final = ("enum", "const", "anyOf", "oneOf")
"""The words that can state a finite list of values; unions of constants count."""


def _values(fact: Fact | None) -> list[Json]:
    return list(fact.value) if fact is not None and isinstance(fact.value, list) else []


def constant_exchanged(pair: SchemaPair) -> bool:
    """Whether the one admitted value became another one."""
    old, new = _values(pair.old.values), _values(pair.new.values)
    return len(old) == len(new) == 1 and key_of(old[0]) != key_of(new[0])


def listed(pair: SchemaPair, holder: Fact | None, other: Fact | None, verb: str) -> Iterator[Seen]:
    """A finding for each value of one list that the other lacks; nothing when a side has no list."""
    if holder is None or other is None:
        return
    known = {key_of(value) for value in _values(other)}
    for value in _values(holder):
        if key_of(value) not in known:
            message = f"{spelt(value)} was {verb} the admitted values."
            yield Seen(message, *places(pair, pair.old.values, pair.new.values), keywords=VALUES, value=value, about_value=True)
