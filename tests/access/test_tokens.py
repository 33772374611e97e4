"""Tokens: how they are made, kept and recognised."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from registry.domain.access import Actor, Permission, Scope
from registry.domain.errors import BadRequest, Forbidden, StateConflict, Unauthenticated
from registry.services.tokens import TokenRequest, authenticate, create_token, parse_scope, revoke_token
from registry.storage.database import Database
from tests.http.registry_under_test import KEY, NOW, Caller, RegistryUnderTest

ADMIN = Actor("root", frozenset({Scope(Permission.ADMIN)}))
READ = frozenset({Scope(Permission.READ)})


def make(database: Database, name: str = "ci", lifetime: timedelta = timedelta(days=90), random: bytes = b"r" * 32) -> str:
    """The secret of a new reading token."""
    request = TokenRequest(name, READ, lifetime)
    _, secret = database.write(
        lambda store: create_token(store, request, key=KEY, randomness=lambda _size: random, actor=ADMIN, now=NOW)
    )
    return secret


def whose(database: Database, header: str, *, key: bytes = KEY, later: timedelta = timedelta()) -> Actor:
    """The actor of an Authorization header."""
    with database.read() as store:
        return authenticate(store, header, key=key, now=NOW + later)


def test_a_token_is_its_holder_until_it_expires(database: Database) -> None:
    """A token leads to its name and scopes up to the moment of its expiry, and not at that moment."""
    secret = make(database, lifetime=timedelta(days=1))
    assert whose(database, f"Bearer {secret}", later=timedelta(days=1, seconds=-1)) == Actor("ci", READ, NOW + timedelta(days=1))
    with pytest.raises(Unauthenticated, match="expired"):
        whose(database, f"Bearer {secret}", later=timedelta(days=1))


def test_a_revoked_token_is_refused_at_once(database: Database) -> None:
    """Revoking ends a token now, leaves it in the list, and a second time changes nothing."""
    secret = make(database)
    database.write(lambda store: revoke_token(store, "ci", actor=ADMIN, now=NOW))
    database.write(lambda store: revoke_token(store, "ci", actor=ADMIN, now=NOW + timedelta(hours=1)))
    with pytest.raises(Unauthenticated, match="revoked"):
        whose(database, f"Bearer {secret}")
    with database.read() as store:
        assert [(record.name, record.revoked_at) for record in store.tokens.all()] == [("ci", NOW)]
        assert [row.action for row in store.audit.newest(subject="token:ci")] == ["token.revoke", "token.create"]


def test_a_token_of_another_server_key_is_foreign(database: Database) -> None:
    """Under another key the same secret leads to nobody: a copied database does not carry working tokens elsewhere."""
    secret = make(database)
    with pytest.raises(Unauthenticated, match="not issued by this registry"):
        whose(database, f"Bearer {secret}", key=b"another key")


@pytest.mark.parametrize(
    "damage",
    [
        lambda secret: secret[:-1],
        lambda secret: secret[:-1] + "x",
        lambda secret: secret.upper(),
        lambda secret: "pat_" + secret[4:],
    ],
    ids=["shortened", "changed", "upper case", "other prefix"],
)
def test_a_mistyped_token_is_told_from_a_foreign_one(sqlite_database: Database, damage: object) -> None:
    """The checksum notices damage without a look into the database."""
    assert callable(damage)
    with pytest.raises(Unauthenticated, match="mistyped"):
        whose(sqlite_database, f"Bearer {damage(make(sqlite_database))}")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dTpw", "token ilk_0"])
def test_other_credentials_are_refused(sqlite_database: Database, header: str) -> None:
    """A header that carries no bearer token is refused, not ignored."""
    with pytest.raises(Unauthenticated):
        whose(sqlite_database, header)


def test_no_table_holds_a_secret(sqlite_database: Database) -> None:
    """Neither the token nor its random digits stand anywhere in the database."""
    secret = make(sqlite_database)
    with sqlite_database.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert re.search("ilk_|" + secret[4:68], dump) is None
    assert "token:ci" in dump


def test_a_name_is_used_once(database: Database) -> None:
    """The name of a revoked token stays taken, so that the audit log means one token by it."""
    make(database)
    database.write(lambda store: revoke_token(store, "ci", actor=ADMIN, now=NOW))
    with pytest.raises(StateConflict):
        make(database, random=b"s" * 32)


@pytest.mark.parametrize("lifetime", [timedelta(), timedelta(days=-1), timedelta(days=367)])
def test_every_token_expires(sqlite_database: Database, lifetime: timedelta) -> None:
    """A token lives a while, and never longer than a year."""
    with pytest.raises(BadRequest):
        make(sqlite_database, lifetime=lifetime)


def test_only_administrators_make_and_revoke_tokens(sqlite_database: Database) -> None:
    """Nobody gives himself more than he has: tokens are made and revoked by administrators alone."""
    make(sqlite_database)
    publisher = Actor("ci", frozenset({Scope(Permission.PUBLISH), Scope(Permission.DEPLOY)}))
    request = TokenRequest("mine", frozenset({Scope(Permission.ADMIN)}))
    with pytest.raises(Forbidden):
        sqlite_database.write(lambda store: create_token(store, request, key=KEY, randomness=bytes, actor=publisher, now=NOW))
    with pytest.raises(Forbidden):
        sqlite_database.write(lambda store: revoke_token(store, "ci", actor=publisher, now=NOW))


@pytest.mark.parametrize(
    "spelled", ["read", "admin", "publish", "publish:service:orders", "publish:team:ordering", "deploy", "deploy:production"]
)
def test_scopes_are_spelled_as_they_print(spelled: str) -> None:
    """A scope reads back from what it prints."""
    assert str(parse_scope(spelled)) == spelled


@pytest.mark.parametrize(
    "spelled", ["", "write", "read:orders", "admin:all", "publish:orders", "publish:service:", "deploy:", "READ"]
)
def test_what_is_no_scope_is_refused(spelled: str) -> None:
    """A misspelled scope is an error, never a token that can do nothing or too much."""
    with pytest.raises(BadRequest):
        parse_scope(spelled)


def test_the_secret_is_shown_once(any_registry: RegistryUnderTest) -> None:
    """The answer that makes a token carries its secret, which works; no list does."""
    admin = any_registry.admin()
    made = admin.post("/tokens", {"name": "ci", "scopes": ["publish:team:ordering"], "expires_in_days": 30})
    secret = made.body.pop("secret")
    assert Caller(any_registry, secret).get("/environments").status == 200
    listed = next(row for row in admin.get("/tokens").body["items"] if row["name"] == "ci")
    assert listed == made.body
    assert listed["expires_at"] == "2026-12-22T09:30:00Z"


def test_the_default_lifetime_is_90_days(registry: RegistryUnderTest) -> None:
    """A token that names no lifetime expires all the same."""
    made = registry.admin().post("/tokens", {"name": "ci", "scopes": ["read"]})
    assert made.body["expires_at"] == "2027-02-20T09:30:00Z"


def test_a_refusal_names_the_scope_that_is_needed(registry: RegistryUnderTest) -> None:
    """403 tells which scope would do, so that somebody can be asked for it."""
    reader = Caller(registry, registry.token("reader", *READ))
    answer = reader.post("/environments/production/deployments", {"service": "orders", "version": "a1"})
    assert (answer.status, answer.body["code"]) == (403, "forbidden")
    assert answer.body["facts"] == {"needed_scope": "deploy:production"}


def test_a_401_says_how_to_authenticate(registry: RegistryUnderTest) -> None:
    """The challenge of RFC 9110, section 11.6.1, and the advice of the problem."""
    answer = Caller(registry).get("/contracts")
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert "interlock token create" in answer.body["next_step"]


def test_the_hash_is_unique_in_the_database(database: Database) -> None:
    """One secret cannot lead to two tokens, whatever a service might try."""
    make(database)
    with database.engine.connect() as connection:
        hashes = connection.execute(text("SELECT keyed_hash FROM tokens")).scalars().all()
    assert [len(value) for value in hashes] == [64]
