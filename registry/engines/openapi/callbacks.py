"""How many operations callbacks come to, counted before anybody reads them one by one.

An operation has callbacks, whose operations have callbacks: twenty definitions that each refer twice to the next are a million
operations, and a chain of a thousand is as many levels.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from registry.domain.errors import LimitExceeded
from registry.domain.location import Location
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.node import Node
from registry.engines.openapi.reader import methods_of

_MOST_LEVELS = 20
_MOST_OPERATIONS = 100_000


def check_callbacks(contract: ApiContract) -> None:
    """Raise LimitExceeded for callbacks that nest or multiply beyond what is read. Every reference leads somewhere by now."""
    counter = _Counter(contract)
    for key in ("paths", "webhooks"):
        for _, item in contract.root.within(key):
            counter.add(item)


@dataclass(frozen=True, slots=True)
class _Size:
    operations: int = 0
    levels: int = 0


@dataclass(slots=True)
class _Counter:
    contract: ApiContract
    operations: int = 0
    known: dict[Location, _Size] = field(default_factory=dict[Location, _Size])

    def add(self, item: Node) -> None:
        """Count the operations below a path item or webhook."""
        self.operations += self._of_item(item, 0).operations
        if self.operations > _MOST_OPERATIONS:
            raise LimitExceeded(f"With their callbacks, there are more than {_MOST_OPERATIONS} operations.", item.location)

    def _of_item(self, item: Node, level: int) -> _Size:
        operations = levels = 0
        for layer in (item,) if item.reference is None else (item, self.contract.resolve(item)):
            for _, operation in methods_of(layer):
                operations += 1
                for _, mention in operation.within("callbacks"):
                    inner = self._of_callback(self.contract.resolve(mention), level + 1)
                    operations, levels = operations + inner.operations, max(levels, inner.levels + 1)
        return _Size(operations, levels)

    def _of_callback(self, callback: Node, level: int) -> _Size:
        """The size of a callback's definition, found once; inside of itself it counts nothing, and is not read again either."""
        size = self.known.get(callback.location)
        if level + (size.levels if size else 0) > _MOST_LEVELS:
            raise LimitExceeded(f"Callbacks nest deeper than {_MOST_LEVELS} levels.", callback.location)
        if size is None:
            self.known[callback.location] = _Size()
            inner = [self._of_item(item, level) for name, item in callback.members() if not name.startswith("x-")]
            size = _Size(sum(each.operations for each in inner), max((each.levels for each in inner), default=0))
            self.known[callback.location] = size
        return size
