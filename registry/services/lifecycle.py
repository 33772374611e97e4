"""What happens to releases after they were made, and the one way in which bytes are forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from registry.domain.access import Actor
from registry.domain.errors import BadRequest, StateConflict
from registry.domain.records import ReleaseState, ReleaseStateRecord
from registry.domain.semver import Version
from registry.services.permissions import require_admin, require_team
from registry.storage.store import Store


@dataclass(frozen=True, slots=True)
class StateChange:
    """What is to happen to a release. Only a deprecation has a sunset: the moment until which the release is served."""

    state: ReleaseState
    reason: str
    sunset: datetime | None = None


def change_state(
    store: Store, contract_name: str, version: Version, change: StateChange, *, actor: Actor, now: datetime
) -> ReleaseStateRecord:
    """Append what happens to a release; the release itself stays as it was made.

    Raises Forbidden, NotFound, BadRequest for a missing reason or a sunset that makes no sense, StateConflict when it was yanked.
    """
    contract = store.contracts.lock(contract_name)
    require_team(actor, contract.team)
    _check(change, now)
    release = store.releases.by_version(contract, version)
    states = store.releases.states(release)
    if states and states[-1].state is ReleaseState.YANKED:
        raise StateConflict(f"{contract.name} {version} was yanked; that is final.", "Publish the content under a new number.")
    record = ReleaseStateRecord(release.id, change.state, change.reason, change.sunset, now, actor.name)
    store.releases.add_state(record)
    store.audit.add(
        at=now,
        actor=actor.name,
        action=f"release.{change.state}",
        subject=f"contract:{contract.name}@{version}",
        detail={"reason": change.reason, "sunset": change.sunset.isoformat() if change.sunset else None},
    )
    return record


def purge_blob(store: Store, digest: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """Forget the bytes of a blob for good and keep its digest: for legal deletion, and nothing else.

    Raises Forbidden, NotFound, BadRequest for a missing reason, StateConflict when they are gone already.
    """
    require_admin(actor)
    if not reason.strip():
        raise BadRequest("A purge needs a reason.")
    store.revisions.purge(digest, now)
    store.audit.add(at=now, actor=actor.name, action="blob.purge", subject=f"blob:{digest}", detail={"reason": reason})


def _check(change: StateChange, now: datetime) -> None:
    if not change.reason.strip():
        raise BadRequest("Tell the consumers a reason.")
    if change.state is ReleaseState.ACTIVE:
        raise BadRequest("A release is active from the start; it can be deprecated, superseded or yanked.")
    if change.sunset is not None and change.state is not ReleaseState.DEPRECATED:
        raise BadRequest("Only a deprecation has a sunset.")
    if change.sunset is not None and change.sunset <= now:
        raise BadRequest(f"The sunset {change.sunset.isoformat()} is past.")
