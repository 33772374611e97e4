"""Finding contracts and services by a word."""

from __future__ import annotations

from dataclasses import dataclass

from registry.domain.records import ContractRecord, ServiceRecord
from registry.storage.store import Store


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, each list by name."""

    contracts: tuple[ContractRecord, ...] = ()
    services: tuple[ServiceRecord, ...] = ()


def search(store: Store, query: str) -> Found:
    """Contracts and services that hold every word of the query, in any case, in a name, owner, entity, domain or description."""
    words = query.casefold().split()
    if not words:
        return Found()
    return Found(
        contracts=tuple(row for row in store.catalog.contracts() if _holds(words, row.name, row.team, row.entity, row.description)),
        services=tuple(row for row in store.services.all() if _holds(words, row.name, row.team, row.domain, row.description)),
    )


def _holds(words: list[str], *texts: str | None) -> bool:
    text = " ".join(filter(None, texts)).casefold()
    return all(word in text for word in words)
