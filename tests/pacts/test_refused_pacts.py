"""What is not a pact is refused with the place that shows it; what older libraries wrote otherwise is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from registry.domain.errors import BadInput, DuplicateKey, LimitExceeded, Malformed, WrongKind
from registry.domain.location import Location, Position
from registry.engines.documents.limits import Limits
from registry.engines.pacts.pact import OtherExchange, ProviderState
from registry.engines.pacts.parsing import parse
from registry.engines.pacts.usage import usage
from tests.pacts.support import event, http, http_use, pact_of

WHOLE = {"consumer": {"name": "storefront"}, "provider": {"name": "cart"}}

REFUSED: dict[str, tuple[Any, str, str]] = {
    "a list": ([], "", "must be an object"),
    "another contract": ({"openapi": "3.1.0"}, "", "'consumer' is missing"),
    "no provider": ({"consumer": {"name": "a"}}, "", "'provider' is missing"),
    "a name of spaces": (WHOLE | {"provider": {"name": " "}}, "/provider/name", "must not be empty"),
    "a name that is a number": (WHOLE | {"consumer": {"name": 1}}, "/consumer/name", "must be a string"),
    "a later version": (
        WHOLE | {"metadata": {"pactSpecification": {"version": "5.0"}}},
        "/metadata/pactSpecification/version",
        "1 to 4",
    ),
    "interactions by name": (WHOLE | {"interactions": {}}, "/interactions", "must be a list"),
    "an interaction that is text": (WHOLE | {"interactions": ["a"]}, "/interactions/0", "must be an object"),
    "no request": (WHOLE | {"interactions": [{"response": {}}]}, "/interactions/0", "'request' is missing"),
    "no path": (
        WHOLE | {"interactions": [{"request": {"method": "GET"}, "response": {}}]},
        "/interactions/0/request",
        "'path' is missing",
    ),
    "a status in words": (
        WHOLE | {"interactions": [http(response={"status": "ok"})]},
        "/interactions/0/response/status",
        "HTTP status",
    ),
    "a header that is an object": (
        WHOLE | {"interactions": [http({"headers": {"a": {}}})]},
        "/interactions/0/request/headers/a",
        "must be a string",
    ),
    "rules that are a list": (
        WHOLE | {"interactions": [http({"matchingRules": []})]},
        "/interactions/0/request/matchingRules",
        "must be an object",
    ),
    "an expression that is none": (
        WHOLE | {"interactions": [http({"matchingRules": {"$..a": {"match": "type"}}})]},
        "/interactions/0/request/matchingRules/$..a",
        "path expression",
    ),
    "a category's expression that is none": (
        WHOLE | {"interactions": [http({"matchingRules": {"body": {"a[": {"matchers": []}}}})]},
        "/interactions/0/request/matchingRules/body/a[",
        "path expression",
    ),
    "not base64": (
        WHOLE | {"interactions": [event("?", encoded=True) | {"contents": {"content": "?", "encoded": True}}]},
        "/interactions/0/contents/content",
        "must be base64",
    ),
    "not JSON in base64": (
        WHOLE
        | {"interactions": [event("") | {"contents": {"content": "ew==", "contentType": "application/json", "encoded": "base64"}}]},
        "/interactions/0/contents/content",
        "must be JSON in base64",
    ),
}


@pytest.mark.parametrize(("document", "pointer", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(document: Any, pointer: str, said: str) -> None:
    """The error names the pointer, and its line and column."""
    with pytest.raises(WrongKind) as caught:
        parse("pact.json", json.dumps(document, indent=2).encode())
    assert said in caught.value.message
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.path) == ("pact.json", pointer)
    assert caught.value.place.position is not None


def test_the_place_is_in_the_file() -> None:
    """The line and column are those of the member that is wrong."""
    with pytest.raises(WrongKind) as caught:
        parse("pact.json", b'{"consumer": {"name": "a"},\n "provider": {\n  "name": 3}}')
    assert caught.value.place == Location("pact.json", "/provider/name", Position(3, 3))


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", Malformed), (b"{", Malformed), (b'{"a": 1, "a": 2}', DuplicateKey), (b"[" * 100_000, LimitExceeded)],
)
def test_bad_documents(data: bytes, error: type[BadInput]) -> None:
    """What no document may be, no pact may be."""
    with pytest.raises(error):
        parse("pact.json", data)


def test_limits_are_the_callers() -> None:
    """The limits given are those that hold."""
    with pytest.raises(LimitExceeded):
        parse("pact.json", json.dumps(WHOLE).encode(), Limits(bytes=10))


def test_an_unknown_type_of_interaction() -> None:
    """An interaction of a type that is not known uses nothing, and does not keep the others from being read."""
    pact = pact_of({"type": "Async/Messages"}, http(type="Synchronous/HTTP"), version="4.0")
    assert pact.interactions[0].exchange == OtherExchange("Async/Messages")
    assert len(usage(pact)) == 1


@pytest.mark.parametrize(
    ("metadata", "version"),
    [
        (None, (3, 0)),
        ({}, (3, 0)),
        ({"pactSpecification": {"version": "1.1.0"}}, (1, 1)),
        ({"pactSpecification": {"version": 2}}, (2, 0)),
        ({"pact-specification": {"version": "2.0"}}, (2, 0)),
        ({"pactSpecificationVersion": "2.0.0"}, (2, 0)),
        ({"pactSpecification": {"version": "V4"}}, (4, 0)),
    ],
)
def test_versions(metadata: Any, version: tuple[int, int]) -> None:
    """Each way in which libraries wrote the version is understood; without one it is 3."""
    assert pact_of(http(), metadata=metadata).specification == version


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({}, ()),
        ({"providerState": "a cart"}, (ProviderState("a cart", {}),)),
        ({"provider_state": "a cart"}, (ProviderState("a cart", {}),)),
        ({"providerStates": "a cart"}, (ProviderState("a cart", {}),)),
        (
            {"providerStates": [{"name": "a", "params": {"n": 1}}, {"name": "b"}]},
            (ProviderState("a", {"n": 1}), ProviderState("b", {})),
        ),
    ],
)
def test_states(states: dict[str, Any], expected: tuple[ProviderState, ...]) -> None:
    """States are read from each member in which libraries wrote them."""
    assert pact_of(http(**states)).interactions[0].states == expected


@pytest.mark.parametrize(
    "query", ["b=2&a=1&b=%33&c", {"b": ["2", "3"], "a": "1", "c": [None]}, {"b": [2, 3], "a": 1, "c": []}, "?b=2&a=1&b=3&c="]
)
def test_queries(query: Any) -> None:
    """A query is read from text and from lists of values."""
    assert http_use(http({"query": query})).query == ("b", "a", "c")
