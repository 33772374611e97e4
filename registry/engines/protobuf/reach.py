"""Which methods carry a message, an enum or a field: whoever calls one of them meets its changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.engines.protobuf.elements import Message, Method
from registry.engines.protobuf.index import Index


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """For each message and enum, what mentions it: messages through a field, methods as request or response."""

    index: Index
    messages: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    methods: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def methods_that_carry(self, names: Iterable[str]) -> frozenset[str]:
        """Full names of the methods that reach any of the named elements, in requests or responses, at any depth."""
        waiting = [owner for name in names for owner in self._owners(name)]
        seen: set[str] = set()
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            found |= self.methods.get(name, set())
            waiting.extend(self.messages.get(name, ()))
        return frozenset(found)

    def _owners(self, name: str) -> list[str]:
        """The message or enum itself, or the message of a field or oneof; nothing for a method or service."""
        if name in self.index.messages or name in self.index.enums:
            return [name]
        scope = name.rpartition(".")[0]
        return [scope] if scope in self.index.messages else []


def reach_of(index: Index) -> Reach:
    """Read who mentions whom."""
    reach = Reach(index)
    for message in index.messages.values():
        _add_message(reach, message)
    for service in index.services.values():
        for method in service.methods.values():
            _add_method(reach, method)
    return reach


def _add_message(reach: Reach, message: Message) -> None:
    for name in message.mentions:
        reach.messages.setdefault(name, set()).add(message.full_name)


def _add_method(reach: Reach, method: Method) -> None:
    for used in (method.request, method.response):
        reach.methods.setdefault(used, set()).add(method.full_name)
