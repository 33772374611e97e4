"""Pages: following `next` shows every row once, in order, however small the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.http.registry_under_test import Caller, RegistryUnderTest, encoded, event, pact, publication, schema, service_version


@pytest.fixture
def full(any_registry: RegistryUnderTest) -> Caller:
    """An administrator of a registry with five of everything."""
    admin = any_registry.admin()
    for number in range(5):
        provided = [event(f"Event{number}", schema(id="string")), event("Counted", schema(id="string"), f"1.{number}.0")]
        pacts = [{"name": "p.json", "content": encoded(pact("orders", f"provider{number}"))}]
        version = service_version("orders", "ordering", f"a{number}", provides=provided, pacts=pacts)
        other = service_version(f"service{number}", "ordering", "b1")
        answer = admin.post("/publications", publication(version, other))
        assert answer.status == 201, answer.body
    return admin


LISTS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "/contracts": ("after", lambda row: row["name"]),
    "/contracts/Counted/releases": ("before", lambda row: row["ordinal"]),
    "/contracts/Counted/changelog": ("before", lambda row: row["version"]),
    "/services": ("after", lambda row: row["name"]),
    "/services/orders/versions": ("before", lambda row: row["version"]),
    "/pacts": ("before", lambda row: row["provider"]),
    "/audit": ("before", lambda row: row["id"]),
}


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("path", LISTS)
def test_following_next_shows_every_row_once(path: str, size: int, full: Caller) -> None:
    """The pages, put together, are the list that one large page shows."""
    cursor, key = LISTS[path]
    whole = full.get(f"{path}?limit=200").body
    assert whole["next"] is None
    assert len(whole["items"]) >= 1
    seen: list[Any] = []
    query = f"?limit={size}"
    for _ in range(len(whole["items"]) + 1):
        page = full.get(path + query).body
        assert len(page["items"]) <= size
        seen.extend(key(row) for row in page["items"])
        if page["next"] is None:
            break
        query = f"?limit={size}&{cursor}={page['next']}"
    assert seen == [key(row) for row in whole["items"]]


def test_names_ascend_and_history_descends(full: Caller) -> None:
    """Things with names are listed by name, things that happened newest first."""
    names = [row["name"] for row in full.get("/contracts").body["items"]]
    assert names == ["Counted", "Event0", "Event1", "Event2", "Event3", "Event4"]
    versions = [row["version"] for row in full.get("/services/orders/versions").body["items"]]
    assert versions == ["a4", "a3", "a2", "a1", "a0"]


def test_filters_hold_on_every_page(full: Caller) -> None:
    """Service, kind and events narrow the list together."""
    assert full.get("/contracts?events=false").body["items"] == []
    assert full.get("/contracts?kind=openapi").body["items"] == []
    assert len(full.get("/contracts?service=orders&kind=jsonschema&events=true").body["items"]) == 6
    assert [row["consumer"] for row in full.get("/pacts?provider=provider3").body["items"]] == ["orders"]
