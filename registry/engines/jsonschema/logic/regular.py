"""Regular expressions as automata: the part of ECMA-262 that describes regular languages, over Unicode code points.

Read as the specification recommends (2020-12 validation, section 6.3.3 and core, section 6.4): unanchored, case-sensitive, `$` only
at the end, `.` without line terminators, `\\d` and `\\w` ASCII, `\\s` as in ECMA-262.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final, TypeAlias

Span: TypeAlias = tuple[int, int]
Spans: TypeAlias = tuple[Span, ...]

LAST: Final = 0x10FFFF
_ANY: Final[Spans] = ((0, LAST),)
_LARGEST: Final = 1_500
"""More states than this and the pattern counts as not understood."""

_DIGITS: Final[Spans] = ((48, 57),)
_WORD: Final[Spans] = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE: Final[Spans] = (
    *((0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
_TERMINATORS: Final[Spans] = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_CONTROLS: Final = {"n": 10, "t": 9, "r": 13, "f": 12, "v": 11, "0": 0}


class NotRegular(Exception):
    """The pattern uses something that this reader does not know: look-around, back references, properties, word boundaries."""


class Edge(Enum):
    """A condition on the position instead of a character."""

    START = "^"
    END = "$"


@dataclass(slots=True)
class Automaton:
    """A nondeterministic automaton: character moves, free moves, and free moves at the start or the end of the text only."""

    moves: list[list[tuple[Spans, int]]] = field(default_factory=list[list[tuple[Spans, int]]])
    free: list[list[tuple[Edge | None, int]]] = field(default_factory=list[list[tuple[Edge | None, int]]])
    first: int = 0
    last: int = 0

    def state(self) -> int:
        """A new state. Raises NotRegular when there are too many."""
        if len(self.moves) >= _LARGEST:
            raise NotRegular
        self.moves.append([])
        self.free.append([])
        return len(self.moves) - 1

    def closure(self, states: frozenset[int], *, start: bool, end: bool) -> frozenset[int]:
        """All states reachable without reading a character."""
        found = set(states)
        stack = list(states)
        while stack:
            for edge, target in self.free[stack.pop()]:
                passable = edge is None or (edge is Edge.START and start) or (edge is Edge.END and end)
                if passable and target not in found:
                    found.add(target)
                    stack.append(target)
        return frozenset(found)

    def accepts(self, states: frozenset[int], *, start: bool) -> bool:
        """Whether the text may end here."""
        return self.last in self.closure(states, start=start, end=True)

    def step(self, states: frozenset[int], code: int) -> frozenset[int]:
        """The states after one character, closed over what is passable in the middle of a text."""
        moved = {
            target for state in states for spans, target in self.moves[state] if any(low <= code <= high for low, high in spans)
        }
        return self.closure(frozenset(moved), start=False, end=False)

    def borders(self, states: frozenset[int]) -> Iterator[int]:
        """Where the moves out of these states begin and end, so that characters between two borders behave alike."""
        for state in states:
            for spans, _ in self.moves[state]:
                for low, high in spans:
                    yield low
                    yield high + 1


@lru_cache(maxsize=1024)
def automaton_of(pattern: str) -> Automaton | None:
    """The automaton of a pattern that may match anywhere in a text, or None when the pattern is not understood."""
    try:
        return _Reader(pattern).whole()
    except (NotRegular, RecursionError):
        return None


Fragment: TypeAlias = tuple[int, int]


class _Reader:
    """Reads a pattern from left to right into an automaton under construction."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._made = Automaton()

    def whole(self) -> Automaton:
        made = self._made
        before, after = made.state(), made.state()
        made.moves[before].append((_ANY, before))
        made.moves[after].append((_ANY, after))
        first, last = self._alternatives()
        if self._at < len(self._text):
            raise NotRegular
        made.free[before].append((None, first))
        made.free[last].append((None, after))
        made.first, made.last = before, after
        return made

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._peek()
        if not char:
            raise NotRegular
        self._at += 1
        return char

    def _alternatives(self) -> Fragment:
        first, last = self._made.state(), self._made.state()
        while True:
            begin, end = self._sequence()
            self._made.free[first].append((None, begin))
            self._made.free[end].append((None, last))
            if self._peek() != "|":
                return first, last
            self._take()

    def _sequence(self) -> Fragment:
        first = last = self._made.state()
        while self._peek() not in ("", "|", ")"):
            begin, end = self._repeated()
            self._made.free[last].append((None, begin))
            last = end
        return first, last

    def _repeated(self) -> Fragment:
        origin = self._at
        fragment = self._atom()
        span = self._text[origin : self._at]
        least, most = self._counts()
        if (least, most) == (1, 1):
            return fragment
        if span in ("^", "$"):
            raise NotRegular
        return self._times(origin, fragment, least, most)

    def _counts(self) -> tuple[int, int | None]:
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        char = self._peek()
        counts: tuple[int, int | None] = (1, 1)
        if char in simple:
            self._take()
            counts = simple[char]
        elif char == "{":
            counts = self._braces()
        else:
            return counts
        if self._peek() == "?":
            self._take()
        if self._peek() and self._peek() in "*+{":
            raise NotRegular
        return counts

    def _braces(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        body = self._text[self._at + 1 : end] if end >= 0 else ""
        low, comma, high = body.partition(",")
        if not low.isascii() or not low.isdigit() or (high and not (high.isascii() and high.isdigit())):
            raise NotRegular
        self._at = end + 1
        least = int(low)
        most = int(high) if high else None if comma else least
        if least > _LARGEST or (most is not None and (most > _LARGEST or most < least)):
            raise NotRegular
        return least, most

    def _times(self, origin: int, once: Fragment, least: int, most: int | None) -> Fragment:
        """The atom that starts at `origin`, repeated: read again for every copy, with a loop or ways out at the end."""
        made, resume = self._made, self._at
        first = last = made.state()
        copies = [once]
        for _ in range(max(least, most if most is not None else least + 1, 1) - 1):
            self._at = origin
            copies.append(self._atom())
        self._at = resume
        outs: list[int] = []
        for index, (begin, end) in enumerate(copies):
            if index >= least:
                outs.append(last)
            made.free[last].append((None, begin))
            last = end
            if most is None and index == len(copies) - 1:
                made.free[end].append((None, begin))
        final = made.state()
        for state in (*outs, last) if most != 0 else outs:
            made.free[state].append((None, final))
        return first, final

    def _atom(self) -> Fragment:
        char = self._take()
        if char == "(":
            return self._group()
        if char in "^$":
            first, last = self._made.state(), self._made.state()
            self._made.free[first].append((Edge.START if char == "^" else Edge.END, last))
            return first, last
        if char == ".":
            return self._reading(_complement(_TERMINATORS))
        if char == "[":
            return self._reading(self._class())
        if char == "\\":
            return self._reading(self._escape())
        if char in "*+?{}])":
            raise NotRegular
        return self._reading(((ord(char), ord(char)),))

    def _group(self) -> Fragment:
        if self._peek() == "?":
            self._take()
            if self._take() != ":":
                raise NotRegular
        fragment = self._alternatives()
        if self._take() != ")":
            raise NotRegular
        return fragment

    def _reading(self, spans: Spans) -> Fragment:
        first, last = self._made.state(), self._made.state()
        self._made.moves[first].append((spans, last))
        return first, last

    def _class(self) -> Spans:
        inverted = self._peek() == "^"
        if inverted:
            self._take()
        found: list[Span] = []
        while self._peek() != "]":
            low = self._class_member()
            if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] not in ("]", ""):
                self._take()
                high = self._class_member()
                if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or high[0][0] != high[0][1] or low[0][0] > high[0][0]:
                    raise NotRegular
                found.append((low[0][0], high[0][0]))
            else:
                found.extend(low)
        self._take()
        spans = _merged(found)
        return _complement(spans) if inverted else spans

    def _class_member(self) -> Spans:
        char = self._take()
        if char == "[":
            raise NotRegular
        if char == "\\":
            if self._peek() == "b":
                self._take()
                return ((8, 8),)
            if self._peek() == "-":
                self._take()
                return ((45, 45),)
            return self._escape()
        return ((ord(char), ord(char)),)

    def _escape(self) -> Spans:
        char = self._take()
        sets = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
        if char.lower() in sets:
            return sets[char] if char in sets else _complement(sets[char.lower()])
        if char in _CONTROLS:
            if char == "0" and self._peek().isdigit():
                raise NotRegular
            return ((_CONTROLS[char], _CONTROLS[char]),)
        if char in "xu":
            code = self._hexadecimal(2 if char == "x" else 4)
            return ((code, code),)
        if char.isalnum():
            raise NotRegular
        return ((ord(char), ord(char)),)

    def _hexadecimal(self, digits: int) -> int:
        text = self._text[self._at : self._at + digits]
        try:
            code = int(text, 16) if len(text) == digits and text.isalnum() else -1
        except ValueError:
            code = -1
        if code < 0 or 0xD800 <= code <= 0xDFFF:
            raise NotRegular
        self._at += digits
        return code


def _merged(spans: list[Span]) -> Spans:
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def _complement(spans: Spans) -> Spans:
    found: list[Span] = []
    after = 0
    for low, high in _merged(list(spans)):
        if low > after:
            found.append((after, low - 1))
        after = high + 1
    if after <= LAST:
        found.append((after, LAST))
    return tuple(found)
