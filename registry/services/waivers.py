"""Waivers: leave for a named finding, given by the owning team, with a reason and an expiry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from registry.domain.access import Actor
from registry.domain.change import Waiver
from registry.domain.errors import BadRequest
from registry.domain.moments import moment_of
from registry.services.permissions import require_team
from registry.services.rule_catalogue import ids_in_findings, rules
from registry.storage.store import Store


def add_waiver(store: Store, contract_name: str, waiver: Waiver, *, actor: Actor, now: datetime) -> Waiver:
    """Keep a waiver under the name of whoever gives it.

    Raises NotFound, Forbidden, or BadRequest when no finding about such a contract has that rule, the reason is empty, or the
    expiry is not a moment to come.
    """
    contract = store.contracts.by_name(contract_name)
    require_team(actor, contract.team)
    if not any(waiver.rule in ids_in_findings(rule, contract.kind) for rule in rules()):
        raise BadRequest(
            f"No finding about a contract of kind {contract.kind} is called {waiver.rule!r}; `interlock rules` lists them."
        )
    if not waiver.reason.strip():
        raise BadRequest(f"The waiver of {waiver.rule} needs a reason.")
    expires = _moment(waiver.expires)
    if expires <= now:
        raise BadRequest(f"The waiver of {waiver.rule} expires at {waiver.expires}, which is past.")
    kept = replace(waiver, actor=actor.name, expires=expires.isoformat())
    store.contracts.add_waiver(contract, kept, now)
    store.audit.add(
        at=now,
        actor=actor.name,
        action="waiver.add",
        subject=f"contract:{contract.name}",
        detail={"rule": kept.rule, "element": kept.element, "expires": kept.expires},
    )
    return kept


def _moment(text: str) -> datetime:
    try:
        return moment_of(text)
    except ValueError:
        raise BadRequest(f"{text!r} is no date or date-time.") from None
