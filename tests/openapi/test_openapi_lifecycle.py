"""Laws of deprecation, sunset and stability: for operations, parameters, headers and properties alike, judged at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from registry.domain.change import Change
from registry.domain.contract import Mode
from registry.domain.verdict import Severity, Verdict
from registry.engines.governance.consumers import Audience, KnownConsumer, join
from registry.engines.openapi import elements
from registry.engines.openapi.examples import example_contract
from tests.openapi.support import NOW, differences, found

OPERATION = "GET /carts: {{}}\nDELETE /carts: {{{}}}"
PARAMETER = "GET /carts: {{parameters: [{{name: limit, in: query, schema: {{type: integer}}, {}}}]}}"
HEADER = "GET /carts: {{responses: {{'200': {{description: OK, headers: {{ETag: {{schema: {{type: string}}, {}}}}}}}}}}}"
PROPERTY = (
    "GET /carts: {{responses: {{'200': {{description: OK, content: {{application/json: {{schema: "
    "{{type: object, properties: {{total: {{type: number, {}}}}}}}}}}}}}}}}}"
)
THINGS = {"operation": OPERATION, "parameter": PARAMETER, "header": HEADER, "property": PROPERTY}
GONE = {
    "operation": "GET /carts: {}",
    "parameter": "GET /carts: {}",
    "header": "GET /carts: {}",
    "property": PROPERTY.format("").replace("total: {type: number, }", ""),
}
ELEMENTS = {
    "operation": "DELETE /carts",
    "parameter": "GET /carts request query limit",
    "header": "GET /carts response 200 header ETag",
    "property": "GET /carts response 200 $.total",
}

things = pytest.mark.parametrize("thing", THINGS)


def sentence_of(thing: str, rule: str) -> str:
    """The id of a rule about a thing: rules about properties carry the role of their schema."""
    return f"response-{rule}" if thing == "property" else rule


def changes(thing: str, old: str, new: str, **options) -> dict[str, Change]:
    comparison = differences(THINGS[thing].format(old), THINGS[thing].format(new), **options)
    return {change.rule.removeprefix("response-"): change for change in comparison.changes}


DATED = "deprecated: true, x-sunset: '2031-01-31'"


@things
@pytest.mark.parametrize("mode", [Mode.BACKWARD, Mode.FULL])
def test_a_sunset_moved_earlier_breaks(thing, mode):
    """Who planned by the date that was promised is let down, whatever it stood on."""
    found = changes(thing, DATED, "deprecated: true, x-sunset: '2030-01-31'", mode=mode)
    assert found["sunset-moved-earlier"].severity is Severity.BREAKING


@things
def test_a_sunset_moved_later_is_safe(thing):
    """More time harms nobody; the end of a day and midnight of the next are the same moment."""
    found = changes(thing, DATED, "deprecated: true, x-sunset: '2031-02-01T00:00:01Z'")
    assert found["sunset-moved-later"].severity is Severity.SAFE
    assert not changes(thing, DATED, "deprecated: true, x-sunset: '2031-02-01T00:00:00Z'")


@things
def test_a_sunset_taken_back_breaks(thing):
    """A date is a promise that the thing works until then."""
    found = changes(thing, DATED, "deprecated: true")
    assert found.keys() & {"sunset-removed", "sunset-deleted"}
    assert all(change.severity is Severity.BREAKING for change in found.values())


@things
def test_a_sunset_that_cannot_be_read_breaks(thing):
    """It promises nothing, and no removal could be judged by it."""
    found = changes(thing, DATED, "deprecated: true, x-sunset: next spring")
    assert found.keys() & {"sunset-became-unreadable", "sunset-unparsable"}
    assert all(change.severity is Severity.BREAKING for change in found.values())


@things
def test_a_stability_level_that_sinks_breaks(thing):
    """Whoever built on what was stable is no longer protected; the way up is safe."""
    rule = "property-stability" if thing == "property" else "stability"
    assert changes(thing, "", "x-stability-level: alpha")[f"{rule}-decreased"].severity is Severity.BREAKING
    assert changes(thing, "x-stability-level: alpha", "")[f"{rule}-increased"].severity is Severity.SAFE
    assert changes(thing, "", "x-stability-level: odd")[f"{rule}-became-unreadable"].severity is Severity.BREAKING


def removal(thing: str, said: str, as_of: datetime = NOW) -> Change:
    (change,) = differences(THINGS[thing].format(said), GONE[thing], as_of=as_of).changes
    return change


@things
def test_removal_breaks_until_the_sunset_has_passed(thing):
    """A full-date lasts until 24:00 UTC: a second before, the removal breaks; then it is risky, and a promise removed."""
    said = "deprecated: true, x-sunset: '2026-11-21'"
    end = datetime(2026, 11, 22, tzinfo=UTC)
    assert removal(thing, said, end - timedelta(seconds=1)).severity is Severity.BREAKING
    after = removal(thing, said, end)
    assert (after.severity, after.removes_promise) == (Severity.RISKY, True)


def judged(thing: str, consumer: KnownConsumer) -> Severity:
    old = THINGS[thing].format("deprecated: true, x-sunset: '2026-01-31'")
    audience = Audience((consumer,), elements(example_contract(old)))
    (change,) = join(differences(old, GONE[thing]), audience).changes
    return change.severity


@things
def test_after_the_sunset_usage_decides(thing):
    """Used by a deployed consumer, the removal breaks; with every use known and none touching it, it is safe; else risky."""
    used, other = frozenset({ELEMENTS[thing]}), frozenset({"GET /carts response 404"})
    assert judged(thing, KnownConsumer("shop", "1", ("production",), used, "pact")) is Severity.BREAKING
    assert judged(thing, KnownConsumer("shop", "1", (), used, "pact")) is Severity.RISKY
    assert judged(thing, KnownConsumer("shop", "1", ("production",), other, "pact")) is Severity.SAFE
    assert judged(thing, KnownConsumer("shop", "1", ("production",), None, "pinned")) is Severity.RISKY


@things
@pytest.mark.parametrize(("level", "severity"), [("draft", Severity.SAFE), ("alpha", Severity.RISKY), ("beta", Severity.BREAKING)])
def test_what_is_draft_or_alpha_may_go(thing, level, severity):
    """It promised nothing, so neither a missing sunset nor a consumer that uses it makes the removal break."""
    said = f"x-stability-level: {level}"
    if thing in ("parameter", "header"):  # an optional one that goes is risky at worst
        severity = max(severity, Severity.RISKY, key=lambda one: one.rank)
    assert removal(thing, said).severity is severity
    used = KnownConsumer("shop", "1", ("production",), frozenset({ELEMENTS[thing]}), "pact")
    old = THINGS[thing].format(said)
    joined = join(differences(old, GONE[thing]), Audience((used,), elements(example_contract(old))))
    assert (joined.verdict is Verdict.NO) == (level == "beta")


def test_an_alpha_parameter_that_becomes_required_breaks():
    """Clients of a stable operation that never sent it are refused: only what hurts its users alone is let through."""
    change = found(
        PARAMETER.format("x-stability-level: alpha"),
        PARAMETER.format("x-stability-level: alpha, required: true"),
        "request-parameter-became-required",
    )
    assert change.severity is Severity.BREAKING


def test_a_draft_webhook_may_go():
    """Webhooks have levels as operations of paths have."""
    old = "webhooks: {paid: {post: {x-stability-level: draft}}, sent: {post: {}}}"
    assert found(old, "webhooks: {sent: {post: {}}}", "webhook-removed").severity is Severity.SAFE


NOTICE = [("stable", 90), ("beta", 30)]


@things
@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("deprecated: true", "notice-too-short"),
        ("deprecated: true, x-sunset: '2027-02-18'", "notice-too-short"),
        ("deprecated: true, x-sunset: '2027-02-19'", None),
        ("deprecated: true, x-sunset: '2027-02-20T00:00:00Z'", None),
    ],
)
def test_deprecation_gives_the_notice_that_the_owner_asks_for(thing, said, rule):
    """Ninety days from the 22nd of November end with the 19th of February; without a policy any date will do."""
    found = changes(thing, "", said, notice=NOTICE)
    broken = {name for name, change in found.items() if change.severity is Severity.BREAKING}
    assert broken == ({rule} if rule else set())
    assert all(change.severity is not Severity.BREAKING for change in changes(thing, "", said).values())


@things
def test_notice_depends_on_the_stability_level(thing):
    """Beta asks for its own number of days, and a level without one for none."""
    dated = "deprecated: true, x-sunset: '2026-12-31'"
    for level, severity in (("stable", Severity.BREAKING), ("beta", None), ("alpha", None)):
        word = f"x-stability-level: {level}"
        change = changes(thing, word, f"{word}, {dated}", notice=NOTICE).get("notice-too-short")
        assert (change.severity if change else None) is severity


@things
def test_notice_is_asked_when_the_date_is_set(thing):
    """A date that was announced in time comes nearer by itself; one that is set only later counts from then."""
    near = "deprecated: true, x-sunset: '2026-11-30'"
    assert not changes(thing, near, near, notice=NOTICE)
    assert changes(thing, "deprecated: true", near, notice=NOTICE)["notice-too-short"].severity is Severity.BREAKING


@things
def test_a_short_notice_is_a_promise_broken_by_who_announces(thing):
    """So it is not raised again against releases from before the announcement, nor against what is deployed."""
    change = changes(thing, "", "deprecated: true, x-sunset: '2026-12-31'", notice=NOTICE)["notice-too-short"]
    assert change.removes_promise


def test_a_parameter_is_no_firmer_than_its_operation():
    """What a beta operation takes needs the notice of beta."""
    old = PARAMETER.format("").replace("GET /carts: {", "GET /carts: {x-stability-level: beta, ")
    new = old.replace("integer}, ", "integer}, deprecated: true, x-sunset: '2026-12-31'")
    assert not [change for change in differences(old, new, notice=NOTICE).changes if change.rule == "notice-too-short"]
