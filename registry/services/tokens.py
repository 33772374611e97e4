"""Access tokens: made from 256 random bits, shown once, kept as keyed hashes, bounded by scope and time.

A token reads `ilk_` + 64 hexadecimal digits of randomness + 8 of a CRC-32 over them. The prefix lets scanners find leaked tokens;
the checksum tells a mistyped token from a foreign one without a look into the database. What is stored is HMAC-SHA256 under the
server's key, so that a stolen database neither holds tokens nor lets anybody make one. A slow password hash would add nothing to
256 random bits.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from registry.domain.access import Actor, Permission, Scope
from registry.domain.errors import BadRequest, Unauthenticated
from registry.domain.records import TokenRecord
from registry.services.permissions import require_admin
from registry.storage.store import Store
from registry.storage.tokens import NewToken

DEFAULT_LIFETIME = timedelta(days=90)
LONGEST_LIFETIME = timedelta(days=366)

_PREFIX = "ilk_"
_TOKEN = re.compile(r"ilk_([0-9a-f]{64})([0-9a-f]{8})")
_SCOPE = re.compile(r"read|admin|publish(?::(?:service|team):.+)?|deploy(?::.+)?")


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """A token that somebody asks for."""

    name: str
    scopes: frozenset[Scope]
    lifetime: timedelta = DEFAULT_LIFETIME


def create_token(
    store: Store, request: TokenRequest, *, key: bytes, randomness: Callable[[int], bytes], actor: Actor, now: datetime
) -> tuple[TokenRecord, str]:
    """Make a token; the second value is its secret, which nobody can show again. `randomness` gives that many random bytes.

    Raises Forbidden, BadRequest for no scope or an impossible lifetime, StateConflict for a name that is taken.
    """
    require_admin(actor)
    if not request.scopes:
        raise BadRequest("A token needs at least one scope.")
    if not timedelta() < request.lifetime <= LONGEST_LIFETIME:
        raise BadRequest(f"A token lives from one moment to {LONGEST_LIFETIME.days} days.")
    secret = _secret(randomness(32))
    record = store.tokens.add(
        NewToken(
            name=request.name,
            keyed_hash=_keyed_hash(key, secret),
            scopes=request.scopes,
            created_at=now,
            created_by=actor.name,
            expires_at=now + request.lifetime,
        )
    )
    detail = {"scopes": sorted(str(scope) for scope in record.scopes), "expires_at": record.expires_at.isoformat()}
    store.audit.add(at=now, actor=actor.name, action="token.create", subject=f"token:{record.name}", detail=detail)
    return record, secret


def revoke_token(store: Store, name: str, *, actor: Actor, now: datetime) -> TokenRecord:
    """End a token at once; one that is revoked already stays as it is. Raises Forbidden or NotFound."""
    require_admin(actor)
    record, ended = store.tokens.revoke(name, now)
    if ended:
        store.audit.add(at=now, actor=actor.name, action="token.revoke", subject=f"token:{record.name}")
    return record


def list_tokens(store: Store, *, actor: Actor) -> tuple[TokenRecord, ...]:
    """All tokens without their secrets, by name. Raises Forbidden."""
    require_admin(actor)
    return store.tokens.all()


def authenticate(store: Store, header: str, *, key: bytes, now: datetime) -> Actor:
    """Whose token an Authorization header carries.

    Raises Unauthenticated that says whether the token is mistyped, foreign, revoked or expired: only its holder learns that.
    """
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("The Authorization header carries no bearer token.")
    secret = secret.strip()
    if not _is_well_formed(secret):
        raise Unauthenticated("This is no token of an Interlock registry, or it was mistyped.")
    record = store.tokens.by_hash(_keyed_hash(key, secret))
    if record is None:
        raise Unauthenticated("This token was not issued by this registry.")
    if record.revoked_at is not None:
        raise Unauthenticated(f"The token {record.name} was revoked at {record.revoked_at.isoformat()}.")
    if record.expires_at <= now:
        raise Unauthenticated(f"The token {record.name} expired at {record.expires_at.isoformat()}.")
    return Actor(record.name, record.scopes, record.expires_at)


def parse_scope(text: str) -> Scope:
    """The scope that `text` spells: `read`, `publish[:service:NAME|:team:NAME]`, `deploy[:ENVIRONMENT]`, `admin`.

    Raises BadRequest.
    """
    if not _SCOPE.fullmatch(text):
        raise BadRequest(
            f"{text!r} is no scope: read, publish, publish:service:NAME, publish:team:NAME, deploy, deploy:ENVIRONMENT or admin."
        )
    permission, _, target = text.partition(":")
    return Scope(Permission(permission), target)


def _secret(random: bytes) -> str:
    digits = random.hex()
    return f"{_PREFIX}{digits}{_checksum(digits)}"


def _is_well_formed(secret: str) -> bool:
    match = _TOKEN.fullmatch(secret)
    return match is not None and _checksum(match[1]) == match[2]


def _checksum(digits: str) -> str:
    return f"{zlib.crc32(digits.encode()):08x}"


def _keyed_hash(key: bytes, secret: str) -> str:
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()
