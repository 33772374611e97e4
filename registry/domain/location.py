"""Places in documents."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A line and a column in a text, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in one file of a contract.

    `path` is a JSON pointer for JSON and YAML documents ("" is the whole document) and a fully qualified name for Protobuf.
    `position` stays None until somebody prints the place: finding it costs a second reading of the file. `end` is after the last
    character, where that is known.
    """

    file: str
    path: str
    position: Position | None = None
    end: Position | None = None

    def at(self, position: Position | None) -> Location:
        """The same place with its line and column known."""
        return replace(self, position=position)

    def __str__(self) -> str:
        if self.position is None:
            return f"{self.file}#{self.path}" if self.path else self.file
        return f"{self.file}:{self.position.line}:{self.position.column}"


def escape(token: str) -> str:
    """One reference token of a JSON pointer (RFC 6901, section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """The name that a reference token stands for (RFC 6901, section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


def child(pointer: str, *tokens: str | int) -> str:
    """The pointer of a member: `child("/paths", "/carts", "get")` is `/paths/~1carts/get`."""
    return pointer + "".join(f"/{escape(str(token))}" for token in tokens)


def tokens(pointer: str) -> tuple[str, ...]:
    """The unescaped reference tokens of a JSON pointer; () for the whole document."""
    return tuple(unescape(token) for token in pointer.split("/")[1:])
