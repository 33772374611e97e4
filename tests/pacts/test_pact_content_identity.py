"""The identity of a pact changes with what can change its verification, and with nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.engines.pacts.contents import content_identity
from tests.pacts.support import event, http, pact_of

Change = Callable[[dict[str, Any]], None]


def full() -> dict[str, Any]:
    return http(
        {
            "headers": {"Accept": ["application/json"]},
            "query": {"expand": ["prices"]},
            "body": {"content": {"pending": 1, "key": None}, "contentType": "application/json", "encoded": False},
            "matchingRules": {"body": {"$.pending": {"combine": "AND", "matchers": [{"match": "integer"}]}}},
            "generators": {"body": {"$.key": {"type": "Uuid"}}},
        },
        {"headers": {"ETag": ["a"]}, "body": {"content": [1, 2], "contentType": "application/json", "encoded": False}},
        type="Synchronous/HTTP",
        providerStates=[{"name": "a cart", "params": {"id": 1}}, {"name": "stock"}],
    )


def identity_after(change: Change) -> str:
    interaction = full()
    change(interaction)
    return content_identity(pact_of(interaction, version="4.0"))


IDENTITY = content_identity(pact_of(full(), version="4.0"))

COUNTS: dict[str, Change] = {
    "description": lambda item: item.update(description="another cart"),
    "method": lambda item: item["request"].update(method="HEAD"),
    "path": lambda item: item["request"].update(path="/carts/2"),
    "query": lambda item: item["request"]["query"].update(expand=["stock"]),
    "header": lambda item: item["request"].update(headers={}),
    "body": lambda item: item["request"]["body"]["content"].update(pending=2),
    "a member that is only a name elsewhere": lambda item: item["request"]["body"]["content"].pop("pending"),
    "null in a body": lambda item: item["request"]["body"]["content"].pop("key"),
    "whole number or fraction": lambda item: item["request"]["body"]["content"].update(pending=1.0),
    "content type": lambda item: item["request"]["body"].update(contentType="text/json"),
    "matching rule": lambda item: item["request"]["matchingRules"]["body"]["$.pending"].update(combine="OR"),
    "no matching rules": lambda item: item["request"].pop("matchingRules"),
    "generator": lambda item: item["request"]["generators"]["body"].update({"$.key": {"type": "RandomInt"}}),
    "status": lambda item: item["response"].update(status=201),
    "response header": lambda item: item["response"]["headers"].update(ETag=["b"]),
    "response body": lambda item: item["response"]["body"].update(content=[2, 1]),
    "state": lambda item: item["providerStates"][1].update(name="no stock"),
    "parameter of a state": lambda item: item["providerStates"][0]["params"].update(id=2),
    "order of states": lambda item: item["providerStates"].reverse(),
    "no states": lambda item: item.pop("providerStates"),
    "plug-in": lambda item: item.update(pluginConfiguration={"protobuf": {"service": "Cart/Get"}}),
    "transport": lambda item: item.update(transport="https"),
    "something new": lambda item: item.update(retries=3),
}

HAS_NO_EFFECT: dict[str, Change] = {
    "pending": lambda item: item.update(pending=True),
    "comments": lambda item: item.update(comments={"text": ["why"], "testname": "test_cart"}),
    "id": lambda item: item.update(_id="4f1c"),
    "key": lambda item: item.update(key="4f1c"),
    "links": lambda item: item.update(_links={"self": {"href": "/"}}),
    "markup": lambda item: item.update(interactionMarkup={"markup": "# Cart", "markupType": "COMMON_MARK"}),
    "no rules for the response": lambda item: item["response"].update(matchingRules={}),
    "no generators for the response": lambda item: item["response"].update(generators=None),
    "order of members": lambda item: item.update(request=dict(reversed(item["request"].items()))),
}


@pytest.mark.parametrize("change", COUNTS.values(), ids=COUNTS.keys())
def test_counts(change: Change) -> None:
    """What the verifier sends, expects or prepares is part of the identity."""
    assert identity_after(change) != IDENTITY


@pytest.mark.parametrize("change", HAS_NO_EFFECT.values(), ids=HAS_NO_EFFECT.keys())
def test_has_no_effect(change: Change) -> None:
    """What only people and tools read is not."""
    assert identity_after(change) == IDENTITY


def test_around_the_interactions() -> None:
    """Metadata, links and times of the file do not count; the two names and the specification's version do."""
    metadata = {"pactSpecification": {"version": "4.0"}, "pactRust": {"models": "9.9.9"}}
    around = {"metadata": metadata, "_links": {"self": {"href": "/"}}, "createdAt": "2026-11-01T00:00:00Z"}
    assert content_identity(pact_of(full(), **around)) == IDENTITY
    assert content_identity(pact_of(full(), version="3.0.0")) != IDENTITY
    assert content_identity(pact_of(full(), version="4.0", provider={"name": "orders"})) != IDENTITY
    assert content_identity(pact_of(full(), version="4.0", consumer={"name": "app"})) != IDENTITY


STATUSES = st.lists(st.integers(200, 210), min_size=1, max_size=5)


@given(STATUSES, st.randoms(use_true_random=False))
def test_order(statuses: list[int], random: Any) -> None:
    """Interactions are a set: neither their order nor saying one twice counts."""
    interactions = [http(response={"status": status}) for status in statuses]
    shuffled = copy.deepcopy(interactions) + interactions[:1]
    random.shuffle(shuffled)
    assert content_identity(pact_of(*interactions)) == content_identity(pact_of(*shuffled))


@given(STATUSES, STATUSES)
def test_different_sets(one: list[int], other: list[int]) -> None:
    """Pacts with different interactions are different."""
    identities = [
        content_identity(pact_of(*(http(response={"status": status}) for status in statuses))) for statuses in (one, other)
    ]
    assert (identities[0] == identities[1]) == (set(one) == set(other))


def test_bodies_of_messages_count_whole() -> None:
    """A member of a message is content, even when it is called like something that does not count."""
    version_3 = [
        pact_of(version="3.0.0", messages=[{"description": "m", "contents": contents}]) for contents in ({"key": 1}, {"key": 2})
    ]
    version_4 = [pact_of(event({"pending": pending}), version="4.0") for pending in (True, False)]
    for one, other in (version_3, version_4):
        assert content_identity(one) != content_identity(other)
