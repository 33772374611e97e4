"""YAML 1.2 text into values of the JSON data model: string keys, exact integers, aliases counted before they are used."""

from __future__ import annotations

from dataclasses import dataclass, field

from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

from registry.domain.change import Json
from registry.domain.errors import DuplicateKey, LimitExceeded, Malformed, NotText
from registry.engines.documents.limits import Limits
from registry.engines.documents.text import excerpt
from registry.engines.documents.yaml_events import NodeEvent, node_events, place_of
from registry.engines.documents.yaml_scalars import check_tag, scalar_value

_STARTS = (MappingStartEvent, SequenceStartEvent)


def read_yaml(name: str, text: str, limits: Limits) -> Json:
    """The value of a YAML text.

    A key is its text, whatever a plain value of that text would be (`200:` is "200"). The merge key `<<` is refused when plain:
    YAML 1.2 gives it no meaning and many readers do. Raises Malformed, DuplicateKey, NotText, NotANumber or LimitExceeded.
    """
    builder = _Builder(name, limits)
    for event in node_events(name, text):
        builder.take(event)
    return builder.document[0]


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    value: list[Json] | dict[str, Json]
    anchor: str | None
    nodes_before: int
    key: str | None = None
    levels: int = 1
    """How deep it nests, itself included."""


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A finished node that aliases may repeat, and what each repetition costs."""

    value: Json
    nodes: int
    levels: int


@dataclass(slots=True)
class _Builder:
    """Puts values together, event by event, on a stack of its own: nesting never costs interpreter frames."""

    name: str
    limits: Limits
    document: list[Json] = field(default_factory=list["Json"])
    stack: list[_Open] = field(default_factory=list["_Open"])
    anchors: dict[str, _Anchored] = field(default_factory=dict[str, "_Anchored"])
    nodes: int = 0

    def take(self, event: NodeEvent) -> None:
        """One more event."""
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, _STARTS):
            self._start(event)
        elif isinstance(event, AliasEvent):
            self._alias(event)
        else:
            self._end()

    def _scalar(self, event: ScalarEvent) -> None:
        if "\0" in event.value:
            raise NotText("An escape stands for a NUL character.", place_of(self.name, event))
        top = self.stack[-1] if self.stack else None
        if top is not None and top.key is None and isinstance(top.value, dict):
            top.key = self._key(event, top.value)
        else:
            self._count(event, 1)
            self._attach(scalar_value(self.name, event), 0)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(scalar_value(self.name, event), 1, 0)

    def _key(self, event: ScalarEvent, mapping: dict[str, Json]) -> str:
        check_tag(self.name, event)
        key = event.value
        if key in mapping:
            raise DuplicateKey(f"The key {excerpt(key)} stands twice in one mapping.", place_of(self.name, event))
        if event.implicit[0] and key in ("<<", ""):
            problem = "Merge keys (<<) are not part of YAML 1.2: write the members out." if key else "A key has no name."
            raise Malformed(problem, place_of(self.name, event))
        return key

    def _start(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        self._refuse_as_key(event)
        check_tag(self.name, event)
        self._check_depth(event, 1)
        if event.anchor is not None:
            self.anchors.pop(event.anchor, None)
        value: list[Json] | dict[str, Json] = {} if isinstance(event, MappingStartEvent) else []
        self.stack.append(_Open(value, event.anchor, self.nodes))
        self._count(event, 1)

    def _end(self) -> None:
        done = self.stack.pop()
        if done.anchor is not None:
            self.anchors[done.anchor] = _Anchored(done.value, self.nodes - done.nodes_before, done.levels)
        self._attach(done.value, done.levels)

    def _alias(self, event: AliasEvent) -> None:
        self._refuse_as_key(event)
        anchor = event.anchor or ""
        anchored = self.anchors.get(anchor)
        if anchored is None:
            problem = f"No finished node before this alias has the anchor {excerpt(anchor)}."
            raise Malformed(problem, place_of(self.name, event))
        self._count(event, anchored.nodes)
        self._check_depth(event, anchored.levels)
        self._attach(anchored.value, anchored.levels)

    def _attach(self, value: Json, levels: int) -> None:
        if not self.stack:
            self.document.append(value)
            return
        top = self.stack[-1]
        top.levels = max(top.levels, levels + 1)
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is not None:
            top.value[top.key] = value
            top.key = None

    def _refuse_as_key(self, event: NodeEvent) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and top.key is None and isinstance(top.value, dict):
            raise Malformed("A key must be a plain or quoted string.", place_of(self.name, event))

    def _count(self, event: NodeEvent, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > self.limits.nodes:
            problem = f"The document holds more than {self.limits.nodes} values, aliases included."
            raise LimitExceeded(problem, place_of(self.name, event))

    def _check_depth(self, event: NodeEvent, levels: int) -> None:
        if len(self.stack) + levels > self.limits.depth:
            raise LimitExceeded(f"The document nests deeper than {self.limits.depth} levels.", place_of(self.name, event))
