"""Whether two schemas of two contracts say the same, whatever their `$defs` are called and whether a `$ref` was inlined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from registry.domain.change import Json
from registry.domain.errors import BadReference
from registry.engines.jsonschema.dialect import Dialect, Holds
from registry.engines.jsonschema.library import NOTES, Schema
from registry.engines.jsonschema.values import key_of, same_value

_Pair: TypeAlias = tuple[Schema, Schema]
_DRAFT_BOUND: Final = frozenset({"exclusiveMinimum", "exclusiveMaximum", "items", "type", "multipleOf"})
"""Words that two dialects may share and read differently."""
_NAMESPACES: Final = frozenset({"definitions", "$defs"})
_DYNAMIC: Final = frozenset({"$dynamicRef", "$recursiveRef"})


class Sameness:
    """Bisimulation of two schema graphs: pairs met again are assumed equal, and a difference is carried back to all that met it.

    Every pair is looked at once, so the cost of all questions together is linear in the pairs that they reach.
    """

    def __init__(self) -> None:
        self._known: dict[_Pair, bool] = {}

    @property
    def pairs(self) -> int:
        """How many pairs were looked at."""
        return len(self._known)

    def same(self, old: Schema, new: Schema) -> bool:
        """Whether both schemas say the same, promises included."""
        root = (old, new)
        if root not in self._known:
            self._settle(root)
        return self._known[root]

    def _settle(self, root: _Pair) -> None:
        users: dict[_Pair, list[_Pair]] = {root: []}
        different: list[_Pair] = []
        stack = [root]
        while stack:
            pair = stack.pop()
            needed = _needed(*pair)
            if needed is None or any(self._known.get(other) is False for other in needed):
                different.append(pair)
                continue
            for other in needed:
                if other in self._known:
                    continue
                if other not in users:
                    users[other] = []
                    stack.append(other)
                users[other].append(pair)
        unequal: set[_Pair] = set()
        while different:
            pair = different.pop()
            if pair not in unequal:
                unequal.add(pair)
                different.extend(users[pair])
        self._known.update((pair, pair not in unequal) for pair in users)


def _needed(old: Schema, new: Schema) -> list[_Pair] | None:
    """The pairs that have to be the same for this one to be; None when this one differs by itself."""
    if old.is_bare_reference or new.is_bare_reference:
        return [(old.followed(), new.followed())]
    if not isinstance(old.value, Mapping) or not isinstance(new.value, Mapping):
        return [] if _as_boolean(old) is not None and _as_boolean(old) == _as_boolean(new) else None
    dialect = old.library.dialect
    words = _meaningful(old, dialect) | _meaningful(new, new.library.dialect)
    if dialect is not new.library.dialect and words & ((dialect.vocabulary ^ new.library.dialect.vocabulary) | _DRAFT_BOUND):
        return None
    found: list[_Pair] = []
    for word in words:
        more = _needed_at(old, new, word)
        if more is None:
            return None
        found.extend(more)
    return found


def _meaningful(schema: Schema, dialect: Dialect) -> frozenset[str]:
    return frozenset(word for word in schema.body if (word in dialect.vocabulary and word not in _NAMESPACES) or word in NOTES)


def _as_boolean(schema: Schema) -> bool | None:
    if isinstance(schema.value, bool):
        return schema.value
    return True if isinstance(schema.value, Mapping) and not _meaningful(schema, schema.library.dialect) else None


def _needed_at(old: Schema, new: Schema, word: str) -> list[_Pair] | None:
    if word not in old.body or word not in new.body:
        return None
    left, right = old.body[word], new.body[word]
    if word == "$ref":
        return [(old.target, new.target)] if old.target and new.target else None
    if word in _DYNAMIC:
        return _needed_behind(old, new, word)
    holds = old.library.dialect.subschemas.get(word)
    if holds is None:
        return [] if _same_data(word, left, right) else None
    if isinstance(left, list) and isinstance(right, list) and holds in (Holds.LIST, Holds.ONE_OR_LIST):
        if len(left) != len(right):
            return None
        return [(old.sub((word, index)), new.sub((word, index))) for index in range(len(left))]
    if isinstance(left, Mapping) and isinstance(right, Mapping) and holds is Holds.MAP:
        return _needed_in_map(old, new, word, left, right)
    if isinstance(left, Mapping | bool) and isinstance(right, Mapping | bool):
        return [(old.sub((word,)), new.sub((word,)))]
    return [] if same_value(left, right) else None


def _needed_behind(old: Schema, new: Schema, word: str) -> list[_Pair] | None:
    """What a dynamic reference names on both sides; where that depends on its use, only equal documents say the same."""
    try:
        left, right = old.library.settled(old, word), new.library.settled(new, word)
    except BadReference:
        return None
    if left is not None and right is not None:
        return [(left, right)]
    texts = [{name: document.data for name, document in each.library.documents.items()} for each in (old, new)]
    return [] if old.location == new.location and texts[0] == texts[1] else None


def _needed_in_map(old: Schema, new: Schema, word: str, left: Mapping[str, Json], right: Mapping[str, Json]) -> list[_Pair] | None:
    if left.keys() != right.keys():
        return None
    found: list[_Pair] = []
    for name in left:
        if isinstance(left[name], Mapping | bool) and isinstance(right[name], Mapping | bool):
            found.append((old.sub((word, name)), new.sub((word, name))))
        elif not same_value(left[name], right[name]):
            return None
    return found


def _same_data(word: str, left: Json, right: Json) -> bool:
    if word in ("required", "enum") and isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return {key_of(value) for value in left} == {key_of(value) for value in right}
    return same_value(left, right)
