"""`patternProperties` written out for the names of one document, for a validator that runs patterns with a backtracking engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from registry.domain.change import Json
from registry.engines.jsonschema.counting import Undecidable
from registry.engines.jsonschema.dialect import Dialect, Holds
from registry.engines.jsonschema.patterns import searches


def written_out(dialect: Dialect, schema: Json, names: Collection[str]) -> Any:
    """A schema that says the same of documents with these property names, without patterns for names.

    A name that matches a pattern is described under `properties` instead: it is neither additional nor unevaluated there either.
    Raises Undecidable when a pattern cannot be run in linear time.
    """
    if not isinstance(schema, Mapping):
        return schema
    copy: dict[str, Any] = {word: _word(dialect, word, value, names) for word, value in schema.items()}
    patterned: dict[str, Any] = copy.pop("patternProperties", {})
    described: dict[str, list[Any]] = {name: [part] for name, part in copy.get("properties", {}).items()}
    for pattern, part in patterned.items():
        for name in names:
            if _matches(pattern, name):
                described.setdefault(name, []).append(part)
    if described:
        copy["properties"] = {name: parts[0] if len(parts) == 1 else {"allOf": parts} for name, parts in described.items()}
    return copy


def _word(dialect: Dialect, word: str, value: Json, names: Collection[str]) -> Any:
    holds = dialect.subschemas.get(word)
    if isinstance(value, list) and holds in (Holds.LIST, Holds.ONE_OR_LIST):
        return [written_out(dialect, part, names) for part in value]
    if isinstance(value, Mapping) and holds is Holds.MAP:
        return {name: written_out(dialect, part, names) for name, part in value.items()}
    if isinstance(value, Mapping) and holds in (Holds.ONE, Holds.ONE_OR_LIST):
        return written_out(dialect, value, names)
    return value


def _matches(pattern: str, name: str) -> bool:
    found = searches(pattern, name)
    if found is None:
        raise Undecidable
    return found
