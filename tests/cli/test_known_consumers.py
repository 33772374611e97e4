"""What a finding says of the consumers that it reaches."""

from __future__ import annotations

from cli.rendering.reports.text import render
from registry.domain.change import Change, Comparison, ConsumerUse
from registry.domain.contract import OnUnknown
from registry.domain.verdict import Direction, Severity
from registry.services.checking.report import CheckReport, ContractCheck, from_json, to_json

CHANGE = Change("field-removed", Severity.BREAKING, Direction.BOTH, None, None, "field 2 was removed", ("shop.v1.Cart.total",))
CART = ConsumerUse("cart", "c1", ("production",), ("shop.v1.Cart.total",), "own descriptors")
NOBODY = "no known consumer uses it"


def _report(change: Change, *, knows_consumers: bool) -> CheckReport:
    check = ContractCheck(
        service="shop",
        contract="shop-grpc",
        version="1.0.0",
        kind="protobuf",
        against="release 1.0.0",
        comparison=Comparison((change,)),
        gates=True,
        on_unknown=OnUnknown.BLOCK,
        knows_consumers=knows_consumers,
    )
    return CheckReport((check,))


def test_a_registry_that_knows_of_no_consumer_says_so() -> None:
    """Nobody named is not the same as nobody asked."""
    assert NOBODY in render(_report(CHANGE, knows_consumers=True))
    assert NOBODY not in render(_report(CHANGE, knows_consumers=False))


def test_the_consumers_that_are_known_are_named() -> None:
    """With the element that they use, where they run, and how that is known."""
    text = render(_report(CHANGE.with_consumers([CART]), knows_consumers=True))
    assert "cart c1 in production: uses shop.v1.Cart.total (own descriptors)" in text
    assert NOBODY not in text


def test_the_report_keeps_it_on_its_way() -> None:
    """From the service to the command line."""
    report = _report(CHANGE, knows_consumers=True)
    assert from_json(to_json(report)) == report
