"""Contracts are written by strangers: their text is text on every page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from registry.domain.contract import Source
from registry.domain.errors import Unauthenticated
from registry.domain.semver import Version
from registry.storage.database import Database
from tests.services.support import Registry, a_version, an_event
from tests.web.conftest import pages_of
from tests.web.html import read_page
from web.route import error_page

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture
def browser(sqlite_database: Database) -> TestClient:
    """Somebody who looks at a catalog in which every text that can be chosen is an attack."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": ATTACK,
        "type": "object",
        "properties": {ATTACK: {"description": ATTACK, "const": ATTACK, "deprecated": True, "x-sunset": ATTACK}},
    }
    files = {"event.json": json.dumps(schema).encode(), f"{ATTACK}.json": b"{}"}
    first = replace(
        an_event(version="1.0.0"),
        source=Source(files, "event.json"),
        description=ATTACK,
        channel=ATTACK,
        entity=ATTACK,
        examples=(f"{ATTACK}.json",),
    )
    lean = Source({"event.json": json.dumps({**schema, "properties": {}}).encode()}, "event.json")
    registry = Registry(sqlite_database)
    registry.publish(a_version(first, version=ATTACK, entities=(ATTACK,), team=ATTACK))
    registry.publish(a_version(replace(first, source=lean, version=Version(2, 0, 0), examples=()), version="v2", team=ATTACK))
    return TestClient(pages_of(sqlite_database))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/events",
        "/events/OrderPlaced",
        "/events/OrderPlaced?version=1.0.0",
        "/contracts",
        "/contracts/OrderPlaced",
        "/contracts/OrderPlaced/1.0.0",
        "/contracts/OrderPlaced/diff",
        "/contracts/OrderPlaced/1.0.0/files/event.json",
        "/services",
        "/services/orders",
        "/decisions?service=orders",
        "/search?q=script",
        "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/events/%22%3E%3Cscript%3E",
    ],
)
def test_text_stays_text(browser: TestClient, address: str) -> None:
    """No text of a contract, a service or an address becomes markup, an attribute or a template."""
    page = read_page(browser.get(address).text)
    assert "<script>" in page.text
    assert "script" not in page.tags
    assert "onerror" not in page.attributes
    assert page.faults == []


def test_a_browser_is_asked_for_a_token() -> None:
    """A page that needs a token makes the browser ask for one."""
    answer = error_page(Unauthenticated("This registry needs a token."))
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")
