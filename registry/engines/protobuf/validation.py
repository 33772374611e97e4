"""Validation rules of messages, and which of two sets of them takes less.

Read are the options of protovalidate (buf/validate/validate.proto) and of its forerunner protoc-gen-validate
(validate/validate.proto). Their constraints have names with one meaning whatever the type, so each is judged by its name alone;
where nothing is known about a name, another value refuses what the old one took, and takes what it refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from registry.engines.protobuf.custom_options import Options, Plain

VALIDATION = frozenset(
    {
        "buf.validate.field",
        "buf.validate.message",
        "buf.validate.oneof",
        "validate.rules",
        "validate.required",
        "validate.disabled",
        "validate.ignored",
    }
)
_LEAST = frozenset({"min_len", "min_bytes", "min_items", "min_pairs"})
_MOST = frozenset({"max_len", "max_bytes", "max_items", "max_pairs"})
_ABOVE, _BELOW = {"gt": True, "gte": False}, {"lt": True, "lte": False}
_ONE_OF = "in"
_ALL_APPLY = frozenset({"not_in", "cel", "cel_expression"})
_LOOSENS = frozenset({"ignore_empty", "ignore", "skip", "disabled", "ignored"})
_SAYS_NOTHING = frozenset({"example"})

Constraints: TypeAlias = Mapping[str, Plain]
"""Values by the path of the constraint below its option: `string.min_len`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A constraint with another value. `narrows` when it refuses what was taken, `widens` when it takes what was refused."""

    option: str
    constraint: str
    old: Plain | None
    new: Plain | None
    narrows: bool
    widens: bool


def differences(before: Options, after: Options) -> Iterator[Difference]:
    """The constraints of a declaration that differ between two revisions, by option and name."""
    for option in sorted(VALIDATION & {*before, *after}):
        old, new = constraints(before.get(option)), constraints(after.get(option))
        for name in sorted({*old, *new}):
            left, right = old.get(name), new.get(name)
            if left != right:
                narrows, widens = _judged(name.rpartition(".")[2], left, right)
                yield Difference(option, name, left, right, narrows, widens)


def constraints(option: Plain | None) -> Constraints:
    """The constraints of one option by path, without flags that are off. `gt` and `gte` are one, `above`, as are `lt` and `lte`."""
    if option is None:
        return {}
    if not isinstance(option, Mapping):
        return {"": option}
    found: dict[str, Plain] = {}
    for path, value in _leaves(option, ()):
        *around, name = path
        if name in _ABOVE:
            found[".".join((*around, "above"))] = (value, _ABOVE[name])
        elif name in _BELOW:
            found[".".join((*around, "below"))] = (value, not _BELOW[name])
        elif name not in _SAYS_NOTHING and (value is not False or name == "const"):
            found[".".join(path)] = value
    return found


def _leaves(value: Mapping[str, Plain], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Plain]]:
    for name, inner in value.items():
        if isinstance(inner, Mapping):
            yield from _leaves(inner, (*path, name))
        else:
            yield (*path, name), inner


def _judged(name: str, old: Plain | None, new: Plain | None) -> tuple[bool, bool]:
    """Whether a constraint of this name narrows, and whether it widens."""
    if name in _LOOSENS:
        widens, narrows = _restricted(old, new)
    elif name == _ONE_OF:
        narrows, widens = _restricted(old, new, lambda left, right: bool(left - right))
    elif name in _ALL_APPLY:
        added, removed = _members(new) - _members(old), _members(old) - _members(new)
        narrows, widens = bool(added), bool(removed)
    elif name in _LEAST or name == "above":
        narrows, widens = _restricted(old, new, lambda left, right: right > left)
    elif name in _MOST or name == "below":
        narrows, widens = _restricted(old, new, lambda left, right: right < left)
    else:
        narrows, widens = _restricted(old, new)
    return narrows, widens


def _restricted(
    old: Plain | None, new: Plain | None, narrower: Callable[[Any, Any], bool] = lambda left, right: left != right
) -> tuple[bool, bool]:
    """Absence restricts nothing; of two values, `narrower` says whether the second takes less than the first."""
    if old is None:
        return True, False
    if new is None:
        return False, True
    left, right = (_members(side) if isinstance(side, tuple) and not _is_bound(side) else side for side in (old, new))
    return narrower(left, right), narrower(right, left)


def _is_bound(value: tuple[Plain, ...]) -> bool:
    return len(value) == 2 and isinstance(value[1], bool)


def _members(value: Plain | None) -> frozenset[str]:
    """The values of a list, whatever their order; of expressions what they compute, not how they are called."""
    items = value if isinstance(value, tuple) else ()
    return frozenset(repr(item.get("expression", item) if isinstance(item, Mapping) else item) for item in items)
