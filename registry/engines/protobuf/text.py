"""The text of a source file, between the compiler's columns and those that are shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from registry.domain.location import Position

_COMPILER_TAB = 8
_SHOWN_TAB = 4


@dataclass(frozen=True, eq=False)
class Text:
    """One file. The compiler counts bytes, with tab stops of eight; shown are characters, with tab stops of four, as buf does."""

    data: bytes

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        while (end := self.data.find(b"\n", starts[-1])) >= 0:
            starts.append(end + 1)
        return starts

    def offset(self, line: int, column: int) -> int:
        """The byte at a place of the compiler, both counted from 0."""
        start = self._line_starts[min(line, len(self._line_starts) - 1)]
        # A tab is at least one column wide, so the byte cannot be further on.
        written = self.data[start : start + column].decode("latin-1")
        if "\t" not in written:
            return start + len(written)
        return start + bisect_left(range(len(written)), column, key=lambda length: _width(written[:length], _COMPILER_TAB))

    def position(self, offset: int) -> Position:
        """The place of a byte as it is shown."""
        line = bisect_right(self._line_starts, offset)
        start = self._line_starts[line - 1]
        return Position(line, _width(self.data[start:offset].decode(errors="replace"), _SHOWN_TAB) + 1)


def _width(text: str, tab: int) -> int:
    """The columns that a text takes up. Not counted one by one: a line may be a megabyte long, and hold a thousand findings."""
    # To the compiler a carriage return is a character like any other.
    return len(text.replace("\r", " ").replace("\n", " ").expandtabs(tab)) if "\t" in text else len(text)
