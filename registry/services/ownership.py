"""Who owns what, and under which name: transfers and renames are acts of the owning team, and audited."""

from __future__ import annotations

from datetime import datetime

from registry.domain.access import Actor
from registry.domain.errors import StateConflict
from registry.domain.records import ContractRecord, ServiceRecord
from registry.services.permissions import require_team
from registry.storage.store import Store


def transfer_contract(store: Store, name: str, *, team: str, service: str | None, actor: Actor, now: datetime) -> ContractRecord:
    """Give a contract to another team, and to one of its services when named.

    Raises Forbidden, NotFound, or StateConflict when the service belongs to a third team.
    """
    contract = store.contracts.lock(name)
    require_team(actor, contract.team)
    taker = None if service is None else store.services.by_name(service)
    if taker is not None and taker.team != team:
        raise StateConflict(f"The service {taker.name} belongs to {taker.team}, not to {team}.", "Name a service of the new owner.")
    store.contracts.transfer(contract, team, None if taker is None else taker.id)
    store.audit.add(
        at=now,
        actor=actor.name,
        action="contract.transfer",
        subject=f"contract:{contract.name}",
        detail={"from": contract.team, "to": team, "service": service},
    )
    return store.contracts.by_name(name)


def rename_contract(store: Store, name: str, new_name: str, *, actor: Actor, now: datetime) -> ContractRecord:
    """Give a contract another name; the old one goes on leading to it. Raises Forbidden, NotFound or StateConflict."""
    contract = store.contracts.lock(name)
    require_team(actor, contract.team)
    store.contracts.rename(contract, new_name)
    store.audit.add(
        at=now,
        actor=actor.name,
        action="contract.rename",
        subject=f"contract:{new_name}",
        detail={"from": contract.name},
    )
    return store.contracts.by_name(new_name)


def transfer_service(store: Store, name: str, *, team: str, actor: Actor, now: datetime) -> ServiceRecord:
    """Give a service to another team, with its entities and the contracts that it owns: nothing of it stays with the old team.

    Raises Forbidden or NotFound.
    """
    service = store.services.lock(name)
    require_team(actor, service.team)
    store.services.transfer(service, team)
    owned = store.contracts.lock_of_service(service)
    for contract in owned:
        store.contracts.transfer(contract, team, service.id)
    store.audit.add(
        at=now,
        actor=actor.name,
        action="service.transfer",
        subject=f"service:{service.name}",
        detail={"from": service.team, "to": team, "contracts": [contract.name for contract in owned]},
    )
    return store.services.by_name(name)
