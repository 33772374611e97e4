"""What an actor may do: scopes against the thing at hand. Deny by default."""

from __future__ import annotations

from registry.domain.access import Actor, Permission, Scope
from registry.domain.errors import Forbidden
from registry.domain.records import ContractRecord


def require_publish(actor: Actor, service: str, team: str) -> None:
    """Raise Forbidden unless the actor may publish for the service, or for its team."""
    allowed = {
        Scope(Permission.PUBLISH),
        Scope(Permission.PUBLISH, f"service:{service}"),
        Scope(Permission.PUBLISH, f"team:{team}"),
    }
    _require(actor, allowed, f"publish for the service {service}", f"publish:service:{service} or publish:team:{team}")


def require_release(actor: Actor, contract: ContractRecord) -> None:
    """Raise Forbidden unless the actor may claim numbers of the contract: for the service that owns it, or for its team.

    That a service says which team it belongs to is no proof: a token for one service releases no contract of another.
    """
    if contract.service is None:
        require_team(actor, contract.team)
    else:
        require_publish(actor, contract.service, contract.team)


def require_team(actor: Actor, team: str) -> None:
    """Raise Forbidden unless the actor may decide for the team."""
    allowed = {Scope(Permission.PUBLISH), Scope(Permission.PUBLISH, f"team:{team}")}
    _require(actor, allowed, f"decide for the team {team}", f"publish:team:{team}")


def require_deploy(actor: Actor, environment: str) -> None:
    """Raise Forbidden unless the actor may record what runs in the environment."""
    allowed = {Scope(Permission.DEPLOY), Scope(Permission.DEPLOY, environment)}
    _require(actor, allowed, f"record deployments in {environment}", f"deploy:{environment}")


def require_admin(actor: Actor) -> None:
    """Raise Forbidden unless the actor administers the registry."""
    _require(actor, set(), "administer the registry", "admin")


def require_read(actor: Actor) -> None:
    """Raise Forbidden unless the actor may read; every scope includes reading."""
    if not actor.scopes:
        raise Forbidden(f"{actor.name} may not read the registry.", "read")


def _require(actor: Actor, allowed: set[Scope], what: str, needed: str) -> None:
    if Scope(Permission.ADMIN) in actor.scopes or actor.scopes & allowed:
        return
    raise Forbidden(f"{actor.name} may not {what}.", needed)
