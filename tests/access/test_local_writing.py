"""Writing without a token: only at the machine of an embedded registry, and never on behalf of a web page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.http.access import is_loopback
from registry.main import Settings
from tests.http.registry_under_test import API, CLOSED, EMBEDDED, OPEN, RegistryUnderTest

ENVIRONMENT = {"name": "production", "production": True}


def write(registry: RegistryUnderTest, *, host: str = "127.0.0.1", address: str = "http://127.0.0.1:8600", **headers: str) -> int:
    """The status of a write without a token."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return registry.client(host=host, address=address).post(f"{API}/environments", json=ENVIRONMENT, headers=sent).status_code


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1"])
@pytest.mark.parametrize("address", ["http://127.0.0.1:8600", "http://localhost:8600", "http://[::1]:8600"])
def test_the_machine_itself_writes(registry: RegistryUnderTest, host: str, address: str) -> None:
    """A program on the same machine needs no token, and its acts are those of `local`."""
    assert write(registry.opened(EMBEDDED), host=host, address=address) == 201
    with registry.database.read() as store:
        assert [row.actor for row in store.audit.newest()] == ["local"]


@pytest.mark.parametrize("host", ["10.0.0.7", "192.0.2.1", "2001:db8::1", "example.org", ""])
def test_other_machines_do_not(registry: RegistryUnderTest, host: str) -> None:
    """A client of any other address needs a token."""
    assert write(registry.opened(EMBEDDED), host=host) == 401


@pytest.mark.parametrize("header", ["forwarded", "x_forwarded_for", "x_forwarded_host", "x_forwarded_proto", "via"])
def test_a_proxy_is_not_the_machine_itself(registry: RegistryUnderTest, header: str) -> None:
    """Behind a proxy on this machine everybody would look local, so a trace of one asks for a token."""
    assert write(registry.opened(EMBEDDED), **{header: "127.0.0.1"}) == 401


@pytest.mark.parametrize("address", ["http://evil.example:8600", "http://127.0.0.1.evil.example", "http://interlock.internal"])
def test_a_rebound_name_is_not_the_machine_itself(registry: RegistryUnderTest, address: str) -> None:
    """A site that points its own name at 127.0.0.1 (DNS rebinding) cannot write."""
    assert write(registry.opened(EMBEDDED), address=address) == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"])
def test_a_web_page_is_not_the_machine_itself(registry: RegistryUnderTest, origin: str) -> None:
    """A page of another origin that posts from a browser on this machine cannot write."""
    assert write(registry.opened(EMBEDDED), origin=origin) == 401


def test_a_form_cannot_post(registry: RegistryUnderTest) -> None:
    """A cross-site form sends no JSON media type without asking first, and nothing else is read."""
    client = registry.opened(EMBEDDED).client()
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = client.post(f"{API}/environments", content=b'{"name":"x"}', headers={"content-type": media_type})
        assert answer.status_code == 415


@pytest.mark.parametrize("policy", [OPEN, CLOSED])
def test_without_the_embedded_default_nobody_writes_without_a_token(registry: RegistryUnderTest, policy: object) -> None:
    """Loopback alone is no reason: on a server, a local client is anybody who has a shell or a tunnel."""
    assert write(registry.opened(policy)) == 401  # type: ignore[arg-type]
    assert registry.rows()["environments"] == 0


@pytest.mark.parametrize(
    ("url", "host", "reads", "writes"),
    [
        ("sqlite:///interlock.db", "127.0.0.1", True, True),
        ("sqlite:///interlock.db", "::1", True, True),
        ("sqlite:///interlock.db", "localhost", True, True),
        ("sqlite:///interlock.db", "0.0.0.0", True, False),
        ("sqlite:///interlock.db", "192.0.2.1", True, False),
        ("postgresql+psycopg://db/interlock", "127.0.0.1", False, False),
    ],
)
def test_the_policy_follows_from_database_and_address(url: str, host: str, reads: bool, writes: bool) -> None:
    """Local writing needs the embedded database and a loopback address; anonymous reading is on for the embedded default."""
    access = Settings(database_url=url, host=host).access
    assert (access.anonymous_reads, access.local_writes) == (reads, writes)


@pytest.mark.parametrize("reads", [True, False])
def test_anonymous_reading_is_a_setting(reads: bool) -> None:
    """What the operator says of anonymous reading counts more than the default."""
    for url in ("sqlite:///interlock.db", "postgresql+psycopg://db/interlock"):
        assert replace(Settings(database_url=url), anonymous_reads=reads).access.anonymous_reads is reads


@pytest.mark.parametrize("host", ["127.0.0.1", "127.255.255.254", "::1", "localhost"])
def test_loopback_addresses(host: str) -> None:
    """127.0.0.0/8, ::1 and localhost are this machine."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "::ffff:10.0.0.1", "localhost.example", "127.0.0.1.nip.example"])
def test_no_loopback_addresses(host: str) -> None:
    """Nothing that merely looks like it is."""
    assert not is_loopback(host)
