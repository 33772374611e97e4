"""Who breaks."""

from __future__ import annotations

import pytest

from registry.domain.change import Change, Comparison
from registry.domain.verdict import Direction, Severity
from registry.engines.governance.consumers import Audience, KnownConsumer, join, reached

KNOWN = frozenset(
    f"GET /a response 200 {path}"
    for path in ("$", "$.id", "$.total", "$.total.amount", "$.totals", "$.lines", "$.prices", "$.prices{}")
) | {"GET /a", "GET /a request query limit", "GET /a response 200"}


def before(*consumers: KnownConsumer) -> Audience:
    """The consumers of a contract whose only operation answers an order."""
    return Audience(consumers, KNOWN)


def after_sunset(*elements: str) -> Comparison:
    """A promise that was removed after its sunset, as the engines see it."""
    return Comparison(
        (Change("property-removed", Severity.RISKY, Direction.FORWARD, None, None, "gone", elements, removes_promise=True),)
    )


def a_consumer(*uses: str, environments: tuple[str, ...] = ("production",), detail: bool = True) -> KnownConsumer:
    return KnownConsumer("cart", "1", environments, frozenset(uses) if detail else None, "pact")


@pytest.mark.parametrize(
    ("consumers", "severity"),
    [
        ([a_consumer("GET /a response 200 $.total")], Severity.BREAKING),
        ([a_consumer("GET /a response 200 $.total.amount")], Severity.BREAKING),
        ([a_consumer("GET /a response 200 $.total", environments=())], Severity.RISKY),
        ([a_consumer("GET /a response 200 $.lines")], Severity.SAFE),
        ([a_consumer(detail=False)], Severity.RISKY),
        ([a_consumer("GET /a response 200 $.lines"), a_consumer(detail=False)], Severity.RISKY),
        ([], Severity.RISKY),
    ],
)
def test_after_its_sunset_usage_decides(consumers: list[KnownConsumer], severity: Severity) -> None:
    """Used in an environment: breaking. Every use known and none touches it: safe. Anything else: risky."""
    joined = join(after_sunset("GET /a response 200 $.total"), before(*consumers))
    assert joined.changes[0].severity is severity


def test_a_break_names_the_used_parts() -> None:
    """The row says which of the consumer's elements the change reaches, not all that it uses."""
    consumer = a_consumer("GET /a response 200 $.total.amount", "GET /a response 200 $.id")
    (change,) = join(after_sunset("GET /a response 200 $.total"), before(consumer)).changes
    assert [use.elements for use in change.consumers] == [("GET /a response 200 $.total.amount",)]


def test_a_consumer_that_uses_something_else_is_not_named() -> None:
    """Nobody is called because of a change that does not concern them; names that merely begin alike are different things."""
    (change,) = join(after_sunset("GET /a response 200 $.total"), before(a_consumer("GET /a response 200 $.totals"))).changes
    assert change.consumers == ()


@pytest.mark.parametrize(
    ("changed", "uses", "found"),
    [
        # The whole reaches its parts.
        ("GET /a", {"GET /a response 200 $.id"}, {"GET /a response 200 $.id"}),
        # A part reaches the whole only where the consumer says no more than the whole.
        ("GET /a response 200 $.total", {"GET /a"}, {"GET /a"}),
        ("GET /a response 200 $.total", {"GET /a", "GET /a response 200 $.id"}, set()),
        # What is new counts as what it was put into.
        ("GET /a response 200 $.added", {"GET /a response 200 $.id"}, {"GET /a response 200 $.id"}),
        ("GET /a response 200 $.total.added", {"GET /a response 200 $.id"}, set()),
        # What a request asks for reaches everybody who sends it.
        ("GET /a request header X-New", {"GET /a response 200 $.id"}, {"GET /a response 200 $.id", "GET /a"}),
        ("GET /a request query limit", {"GET /a response 200 $.id"}, {"GET /a"}),
        # A member of a map is any value of it.
        ("GET /a response 200 $.prices{}", {"GET /a response 200 $.prices.mug"}, {"GET /a response 200 $.prices{}"}),
    ],
)
def test_reach(changed: str, uses: set[str], found: set[str]) -> None:
    """A change reaches parts, sole wholes, neighbours of what is new, senders of a request, and members of maps."""
    assert set(reached([changed], frozenset(uses), before())) == found


def test_a_method_that_carries_a_field_is_not_the_field() -> None:
    """Who says which fields it reads is reached by those alone; who names only the method, by all that it carries."""
    service = Audience((), frozenset({"s.v1.S.Get", "s.v1.A.x", "s.v1.A.y"}), carriers=frozenset({"s.v1.S.Get"}))
    changed = ["s.v1.A.x", "s.v1.S.Get"]
    assert reached(changed, frozenset({"s.v1.S.Get", "s.v1.A.y"}), service) == ()
    assert reached(changed, frozenset({"s.v1.S.Get"}), service) == ("s.v1.S.Get",)
    assert reached(["s.v1.S.Get"], frozenset({"s.v1.S.Get", "s.v1.A.y"}), service) == ("s.v1.S.Get",)
