"""Who breaks."""

from __future__ import annotations

import pytest

from registry.domain.change import Change, Comparison
from registry.domain.verdict import Direction, Severity
from registry.engines.governance.consumers import KnownConsumer, join


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
    joined = join(after_sunset("GET /a response 200 $.total"), consumers)
    assert joined.changes[0].severity is severity


def test_a_break_names_the_used_parts() -> None:
    """The row says which of the consumer's elements the change reaches, not all that it uses."""
    consumer = a_consumer("GET /a response 200 $.total.amount", "GET /a response 200 $.id")
    (change,) = join(after_sunset("GET /a response 200 $.total"), [consumer]).changes
    assert [use.elements for use in change.consumers] == [("GET /a response 200 $.total.amount",)]


def test_a_consumer_that_uses_something_else_is_not_named() -> None:
    """Nobody is called because of a change that does not concern them; names that merely begin alike are different things."""
    (change,) = join(after_sunset("GET /a response 200 $.total"), [a_consumer("GET /a response 200 $.totals")]).changes
    assert change.consumers == ()
