"""What happens to releases: appended, never overwritten, and final when yanked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.http.registry_under_test import Caller, RegistryUnderTest, event, publication, schema, service_version

STATES = "/contracts/OrderPlaced/releases/1.0.0/states"


@pytest.fixture
def admin(any_registry: RegistryUnderTest) -> Caller:
    """An administrator of a registry with one release."""
    admin = any_registry.admin()
    version = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", schema(id="string"))])
    assert admin.post("/publications", publication(version)).status == 201
    return admin


def states(admin: Caller) -> list[str]:
    """What happened to the release, oldest first."""
    return [row["state"] for row in admin.get("/contracts/OrderPlaced/releases/1.0.0").body["states"]]


def test_states_are_appended(admin: Caller) -> None:
    """A deprecation with a sunset and a yank later stand one after the other; the list shows the newest."""
    sunset = "2027-06-30T00:00:00Z"
    deprecated = admin.post(STATES, {"state": "deprecated", "reason": "use 2.0.0", "sunset": sunset})
    assert (deprecated.status, deprecated.body["sunset"], deprecated.body["actor"]) == (201, sunset, "root")
    assert admin.post(STATES, {"state": "yanked", "reason": "leaks card numbers"}).status == 201
    assert states(admin) == ["deprecated", "yanked"]
    assert [row["state"] for row in admin.get("/contracts/OrderPlaced/releases").body["items"]] == ["yanked"]


def test_a_yank_is_final(admin: Caller) -> None:
    """Consumers who acted on it must not be surprised again."""
    admin.post(STATES, {"state": "yanked", "reason": "wrong"})
    answer = admin.post(STATES, {"state": "deprecated", "reason": "on second thoughts"})
    assert (answer.status, answer.body["code"]) == (409, "state-conflict")
    assert states(admin) == ["yanked"]


REFUSED: dict[str, dict[str, Any]] = {
    "no reason": {"state": "yanked", "reason": " "},
    "a state that is none": {"state": "deleted", "reason": "x"},
    "back to life": {"state": "active", "reason": "x"},
    "a yank with a sunset": {"state": "yanked", "reason": "x", "sunset": "2027-06-30T00:00:00Z"},
    "a sunset that is past": {"state": "deprecated", "reason": "x", "sunset": "2026-11-22T09:30:00Z"},
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_makes_no_sense_is_refused(kind: str, admin: Caller) -> None:
    """Nothing is appended that a reader could not act on."""
    assert admin.post(STATES, REFUSED[kind]).status == 400
    assert states(admin) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/contracts/Nothing/releases/1.0.0/states", 404),
        ("/contracts/OrderPlaced/releases/9.0.0/states", 404),
        ("/contracts/OrderPlaced/releases/one/states", 400),
    ],
)
def test_only_what_was_released_has_states(path: str, status: int, admin: Caller) -> None:
    """An unknown contract or number is named; what is no number is bad input."""
    assert admin.post(path, {"state": "yanked", "reason": "x"}).status == status
