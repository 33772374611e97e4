"""Finding a text: lengths, patterns that must and must not match, and texts to avoid."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from registry.engines.jsonschema.logic.regular import LAST, Automaton, automaton_of

_LIKED: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ ."
_SURROGATES: Final = (0xD800, 0xDFFF)
_ROOM: Final = 256
"""A longest demanded length above this is not searched for together with patterns."""


@dataclass(frozen=True, slots=True)
class TextDemand:
    """What a text has to be. `unknown` names a pattern that is not understood and was left out."""

    least: int
    most: int | None
    matching: tuple[str, ...]
    avoiding: tuple[str, ...]
    excluded: frozenset[str]


class NoText(Exception):
    """There is no such text; the search was complete."""


class TextUnknown(Exception):
    """A pattern that is not understood, or a search that became too large, stands in the way."""


_State: TypeAlias = tuple[tuple[frozenset[int], ...], str | None, int]


def find_text(demand: TextDemand, spend: Callable[[int], None]) -> str:
    """A short, readable text that fulfils the demand.

    Raises NoText when there is provably none, TextUnknown when that cannot be told. `spend` is called for each step of the search.
    """
    if demand.most is not None and demand.least > demand.most:
        raise NoText
    if not demand.matching and not demand.avoiding:
        return _free_text(demand)
    automata = [(automaton_of(pattern), True) for pattern in demand.matching]
    automata += [(automaton_of(pattern), False) for pattern in demand.avoiding]
    known = [(automaton, wanted) for automaton, wanted in automata if automaton is not None]
    if demand.least > _ROOM:
        raise TextUnknown
    found = _search(known, demand, spend)
    if len(known) < len(automata):
        raise TextUnknown
    return found


def _free_text(demand: TextDemand) -> str:
    words: Sequence[str] = ("text", "a", "") if demand.least <= 4 else ()
    for word in words:
        if demand.least <= len(word) and (demand.most is None or len(word) <= demand.most) and word not in demand.excluded:
            return word
    length = max(demand.least, 1)
    if demand.most is not None and length > demand.most:
        raise NoText
    if length > 100_000:
        raise TextUnknown
    for number in range(len(demand.excluded) + 1):
        text = _numbered(number, length)
        if text not in demand.excluded and (demand.most is None or len(text) <= demand.most):
            return text
    raise TextUnknown


def _numbered(number: int, length: int) -> str:
    """The n-th text of a length, counting in the liked characters from the right."""
    tail = ""
    while number:
        number, digit = divmod(number, len(_LIKED))
        tail = _LIKED[digit] + tail
    return ("a" * length + tail)[-length:] if len(tail) <= length else tail


def _search(automata: Sequence[tuple[Automaton, bool]], demand: TextDemand, spend: Callable[[int], None]) -> str:
    """Breadth first over the product of all automata, the tree of excluded texts, and the length as far as it matters."""
    start = tuple(automaton.closure(frozenset({automaton.first}), start=True, end=False) for automaton, _ in automata)
    prefixes = {text[:length] for text in demand.excluded for length in range(len(text) + 1)}
    root: str | None = "" if prefixes else None
    first: _State = (start, root, 0)
    queue: deque[tuple[_State, str]] = deque([(first, "")])
    seen: set[_State] = {first}
    while queue:
        (states, prefix, counted), text = queue.popleft()
        spend(1 + sum(map(len, states)) // 8)
        ended = all(
            automaton.accepts(now, start=not text) is wanted for (automaton, wanted), now in zip(automata, states, strict=True)
        )
        if ended and len(text) >= demand.least and not (prefix is not None and prefix in demand.excluded):
            return text
        if demand.most is not None and len(text) >= demand.most:
            continue
        for code in _letters(automata, states, prefix, prefixes):
            spend(1 + sum(map(len, states)) // 8)
            moved = tuple(automaton.step(now, code) for (automaton, _), now in zip(automata, states, strict=True))
            if any(wanted and not now for (_, wanted), now in zip(automata, moved, strict=True)):
                continue
            longer = None if prefix is None or prefix + chr(code) not in prefixes else prefix + chr(code)
            state: _State = (moved, longer, min(counted + 1, demand.least))
            if state not in seen:
                seen.add(state)
                queue.append((state, text + chr(code)))
    raise NoText


def _letters(
    automata: Sequence[tuple[Automaton, bool]], states: tuple[frozenset[int], ...], prefix: str | None, prefixes: Collection[str]
) -> list[int]:
    """One character for each way that the automata can go on, readable ones first."""
    borders = {0, LAST + 1, _SURROGATES[0], _SURROGATES[1] + 1}
    for (automaton, _), now in zip(automata, states, strict=True):
        borders.update(automaton.borders(now))
    if prefix is not None:
        for text in prefixes:
            if len(text) == len(prefix) + 1 and text.startswith(prefix):
                borders.update((ord(text[-1]), ord(text[-1]) + 1))
    ordered = sorted(borders)
    found = [_liked(low, high - 1) for low, high in pairwise(ordered) if low != _SURROGATES[0] and low <= LAST]
    return sorted(found, key=_rank)


def _liked(low: int, high: int) -> int:
    return next((ord(char) for char in _LIKED if low <= ord(char) <= high), low)


def _rank(code: int) -> tuple[int, int]:
    place = _LIKED.find(chr(code))
    return (0, place) if place >= 0 else (1, code)
