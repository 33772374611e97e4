"""Lists that are longer than a page."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from registry.storage.database import Database
from tests.services.support import Registry, a_version, an_event
from tests.web.conftest import pages_of
from tests.web.html import read_page
from web.paging import ROWS

EVENTS = ROWS * 2 + 1


@pytest.mark.parametrize("address", ["/events", "/contracts"])
def test_following_next_shows_everything_once(sqlite_database: Database, address: str) -> None:
    """From page to page every event is listed exactly once, and no page is longer than the others."""
    registry = Registry(sqlite_database)
    registry.publish(a_version(*(an_event(name=f"Event{number:03}") for number in range(EVENTS))))
    browser = TestClient(pages_of(sqlite_database))
    listed: list[str] = []
    lengths: list[int] = []
    following = [address]
    while following:
        page = read_page(browser.get(following[0]).text)
        names = [link.removeprefix("/events/") for link in page.links if link.startswith("/events/")]
        listed, lengths = listed + names, [*lengths, len(names)]
        following = [link for link in page.links if link.startswith(f"{address}?after=")]
    assert listed == [f"Event{number:03}" for number in range(EVENTS)]
    assert lengths == [ROWS, ROWS, 1]
