"""JSON values, and texts of them written in ways that remember where everything stands."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

from registry.domain.change import Json
from registry.domain.location import Position, child

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8) | st.text(
    "\"'\\[]{},:-#&*!? ", max_size=8
)

JSON_VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(_TEXT, children, max_size=4),
    max_leaves=20,
)


@dataclass
class Written:
    """A text, and where each JSON pointer stands in it."""

    text: str = ""
    positions: dict[str, Position] = field(default_factory=dict)

    def put(self, text: str) -> None:
        """Append text."""
        self.text += text

    def note(self, pointer: str) -> None:
        """Remember that what comes next is the place of a pointer, unless it has one."""
        line = self.text.count("\n")
        column = len(self.text) - (self.text.rfind("\n") + 1)
        self.positions.setdefault(pointer, Position(line + 1, column + 1))


def written_as_json(value: Json, random: Random) -> Written:
    """A JSON text of a value with white space wherever the grammar allows it."""
    out = Written()

    def space() -> None:
        out.put("".join(random.choices(" \n\t\r", k=random.choice((0, 0, 1, 2)))))

    def write(item: Json, pointer: str) -> None:
        out.note(pointer)
        if isinstance(item, dict):
            out.put("{")
            for index, (key, member) in enumerate(item.items()):
                out.put("," if index else "")
                space()
                out.note(child(pointer, key))
                out.put(json.dumps(key, ensure_ascii=random.random() < 0.5))
                space()
                out.put(":")
                space()
                write(member, child(pointer, key))
                space()
            out.put("}")
        elif isinstance(item, list):
            out.put("[")
            for index, member in enumerate(item):
                out.put("," if index else "")
                space()
                write(member, child(pointer, index))
                space()
            out.put("]")
        else:
            out.put(json.dumps(item, ensure_ascii=random.random() < 0.5))

    space()
    write(value, "")
    space()
    return out


def written_as_yaml(value: Json, random: Random) -> Written:
    """A YAML block text of a value: strings in double quotes, comments and empty lines between the members."""
    out = Written()

    def scalar(item: Json) -> str:
        if not isinstance(item, str):
            return json.dumps(item)
        escaped = "".join(ch if " " <= ch <= "~" and ch not in '"\\' else f"\\U{ord(ch):08x}" for ch in item)
        return f'"{escaped}"'

    def new_line(indent: int) -> None:
        out.put(random.choice(("\n", "\n\n", "\n# a comment: [\n")) + " " * indent)

    def write(item: Json, pointer: str, indent: int) -> None:
        if isinstance(item, dict) and item:
            for key, member in item.items():
                new_line(indent)
                out.note(pointer)
                out.note(child(pointer, key))
                out.put(scalar(key) + ": ")
                write(member, child(pointer, key), indent + 2)
        elif isinstance(item, list) and item:
            for index, member in enumerate(item):
                new_line(indent)
                out.note(pointer)
                out.put("- ")
                write(member, child(pointer, index), indent + 2)
        else:
            out.note(pointer)
            out.put(str(item) if isinstance(item, dict | list) else scalar(item))

    write(value, "", 0)
    return out
