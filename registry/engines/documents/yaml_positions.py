"""Where JSON pointers lead in a YAML text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from registry.domain.location import Position
from registry.engines.documents.positions import Wanted
from registry.engines.documents.yaml_events import NodeEvent, node_events, position_of

_STARTS = (MappingStartEvent, SequenceStartEvent)
_NODES = (ScalarEvent, AliasEvent, *_STARTS)
_DEEPER: Mapping[type, int] = {MappingStartEvent: 1, SequenceStartEvent: 1, MappingEndEvent: -1, SequenceEndEvent: -1}
_NOWHERE = Wanted()


def find_in_yaml(text: str, root: Wanted) -> dict[Wanted, Position]:
    """The positions of the wanted places that stand in a text that was read before.

    What an alias repeats stands elsewhere: the places inside it are not found, and the alias itself answers for them.
    """
    found: dict[Wanted, Position] = {}
    remaining = _size(root)
    walk = _Walk([_Open(root, is_mapping=False, key=root)])
    for event in node_events("", text):
        place = walk.take(event)
        if place is not None:
            found.setdefault(place, position_of(event))
            if len(found) == remaining:
                break
    return found


def _size(root: Wanted) -> int:
    """How many places a tree has."""
    todo = [root]
    size = 0
    while todo:
        todo.extend(todo.pop().members.values())
        size += 1
    return size


@dataclass(slots=True)
class _Open:
    """A list or mapping on the way, the place it has among the wanted ones, and the place that the next value will have."""

    place: Wanted
    is_mapping: bool
    key: Wanted | None = None
    index: int = 0


@dataclass(slots=True)
class _Walk:
    """Follows the events through the tree of wanted places."""

    stack: list[_Open]
    passed_over: int = 0
    """How many lists and mappings are open in which nothing is wanted; most of a large text is in such a one."""

    def take(self, event: NodeEvent) -> Wanted | None:
        """One more event; the wanted place that stands where it starts, if any."""
        if self.passed_over:
            self.passed_over += _DEEPER.get(type(event), 0)
            return None
        if not isinstance(event, _NODES):
            self.stack.pop()
            return None
        top = self.stack[-1]
        if top.is_mapping and top.key is None and isinstance(event, ScalarEvent):
            top.key = top.place.members.get(event.value, _NOWHERE)
            return None if top.key is _NOWHERE else top.key
        place = self._value_place(top)
        if isinstance(event, _STARTS):
            if place.members:
                self.stack.append(_Open(place, isinstance(event, MappingStartEvent)))
            else:
                self.passed_over = 1
        return None if place is _NOWHERE else place

    @staticmethod
    def _value_place(top: _Open) -> Wanted:
        if top.key is not None:
            place, top.key = top.key, None
            return place
        top.index += 1
        return top.place.members.get(str(top.index - 1), _NOWHERE)
