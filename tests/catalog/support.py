"""What the laws of the catalog are stated with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import event

from registry.domain.publication import ConsumedContract
from registry.domain.semver import Version
from registry.storage.database import Database
from registry.storage.store import Store
from tests.services.support import NOW, Registry

Result = TypeVar("Result")


def reading(registry: Registry, look: Callable[[Store], Result]) -> Result:
    """What one look into the registry sees."""
    with registry.database.read() as store:
        return look(store)


def deploy(registry: Registry, service: str, version: str) -> None:
    """Let a version run in production."""

    def work(store: Store) -> None:
        found = store.services.version(store.services.by_name(service), version)
        store.environments.deploy(store.environments.by_name("production"), found, "", "ana", NOW)

    registry.database.write(work)


def pinned(contract: str = "OrderPlaced", *uses: str, version: str = "1.0.0") -> ConsumedContract:
    """The use of a released contract."""
    return ConsumedContract(contract, Version.parse(version), uses=uses)


def a_message_pact(consumer: str, provider: str, event_type: str) -> dict[str, Any]:
    """A pact over one CloudEvent of a type, with an order id in its data."""
    contents = {"specversion": "1.0", "id": "1", "source": "/shop", "type": event_type, "data": {"orderId": "7"}}
    return {
        "consumer": {"name": consumer},
        "provider": {"name": provider},
        "interactions": [
            {
                "type": "Asynchronous/Messages",
                "description": "an order was placed",
                "contents": {"content": contents, "contentType": "application/json", "encoded": False},
            }
        ],
        "metadata": {"pactSpecification": {"version": "4.0"}},
    }


@contextmanager
def counted_statements(database: Database) -> Iterator[list[str]]:
    """The SQL statements that run inside of the block."""
    seen: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", keep)
