"""The text of a source file, between the compiler's columns and those that are shown."""

from __future__ import annotations

from bisect import bisect_right
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
        width, offset = 0, start
        while width < column and offset < len(self.data):
            width = _after(width, self.data[offset : offset + 1], b"\t", _COMPILER_TAB)
            offset += 1
        return offset

    def position(self, offset: int) -> Position:
        """The place of a byte as it is shown."""
        line = bisect_right(self._line_starts, offset)
        start = self._line_starts[line - 1]
        width = 0
        for character in self.data[start:offset].decode(errors="replace"):
            width = _after(width, character, "\t", _SHOWN_TAB)
        return Position(line, width + 1)


def _after(width: int, character: str | bytes, tab: str | bytes, stop: int) -> int:
    return (width // stop + 1) * stop if character == tab else width + 1
