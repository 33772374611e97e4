"""What may be released within a major line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from registry.domain.contract import Mode, OnUnknown
from registry.domain.errors import NumberTooSmall, ReleaseRefused
from registry.domain.publication import ConsumedContract
from registry.domain.semver import Version
from registry.domain.verdict import Severity
from tests.services.support import NOW, Registry, a_version, a_waiver, an_api, an_event, an_event_schema

TOTAL = {"total": {"type": "integer"}}
OLD_TOTAL = {"total": {"type": "integer", "deprecated": True, "x-sunset": "2026-12-31"}}
CODE = {"code": {"type": "string"}}
LOOKAHEAD = {"code": {"type": "string", "pattern": "^(?!x).*$"}}
"""A pattern that no linear-time engine runs, so nobody proves what it refuses."""


def test_a_break_is_refused_with_its_findings(registry: Registry) -> None:
    """The error carries what breaks, where, and the document that shows it; the number stays free."""
    registry.release(an_event(an_event_schema(**TOTAL)))
    narrower = an_event_schema(total={"type": "integer", "maximum": 10})
    with pytest.raises(ReleaseRefused) as caught:
        registry.release(an_event(narrower, "1.1.0"))
    (change,) = [change for change in caught.value.comparison.changes if change.blocks]
    assert change.elements == ("OrderPlaced $.total",)
    assert change.new is not None
    assert change.new.position is not None
    assert registry.count("releases") == 1


def test_a_new_major_stands_beside_the_old_one(registry: Registry) -> None:
    """What breaks 1.x is released as 2.0.0, and 1.x goes on."""
    registry.release(an_event(an_event_schema(**TOTAL)))
    receipt = registry.release(an_event(an_event_schema(total={"type": "string"}), "2.0.0"))
    assert receipt.version == Version(2, 0, 0)
    assert any(change.severity is Severity.BREAKING for change in receipt.comparison.changes)
    assert registry.release(an_event(an_event_schema(**TOTAL, note={"type": "string"}), "1.1.0")).created


def test_a_major_is_never_proposed(registry: Registry) -> None:
    """A break without a declared number is refused: a new line is the owner's decision."""
    registry.release(an_event(an_event_schema(**TOTAL), None))
    with pytest.raises(ReleaseRefused):
        registry.release(an_event(an_event_schema(total={"type": "string"}), None))


def test_a_number_too_small_is_refused_with_the_right_one(registry: Registry) -> None:
    """An addition needs a minor."""
    registry.release(an_event())
    with pytest.raises(NumberTooSmall) as caught:
        registry.release(an_event(an_event_schema(**TOTAL), "1.0.1"))
    assert caught.value.needed == "1.1.0"


def test_a_promise_is_kept_until_its_sunset(registry: Registry) -> None:
    """A property goes in three steps: deprecated with a date, the date passes, removed. Not before."""
    registry.release(an_event(an_event_schema(**TOTAL)))
    registry.release(an_event(an_event_schema(**OLD_TOTAL), "1.1.0"))
    without = an_event(an_event_schema(), "1.2.0")
    with pytest.raises(ReleaseRefused) as caught:
        registry.release(without)
    assert any(change.removes_promise for change in caught.value.comparison.changes)
    assert registry.at(NOW + timedelta(days=60)).release(without).created


def test_a_promise_is_kept_while_production_reads_it(registry: Registry) -> None:
    """After the sunset, a deployed consumer that declares the property still keeps it."""
    registry.release(an_event(an_event_schema(**TOTAL)))
    registry.release(an_event(an_event_schema(**OLD_TOTAL), "1.1.0"))
    reads = ConsumedContract("OrderPlaced", Version(1, 0, 0), uses=("OrderPlaced $.total",))
    registry.publish(a_version(service="billing", version="b1", consumes=(reads,)))

    def deploy(store: Any) -> None:
        production = store.environments.add("production", production=True, description="", now=NOW)
        billing = store.services.version(store.services.by_name("billing"), "b1")
        store.environments.deploy(production, billing, "", "ana", NOW)

    registry.database.write(deploy)
    with pytest.raises(ReleaseRefused) as caught:
        registry.at(NOW + timedelta(days=60)).release(an_event(an_event_schema(), "1.2.0"))
    (change,) = [change for change in caught.value.comparison.changes if change.blocks]
    assert [(use.service, use.environments) for use in change.consumers] == [("billing", ("production",))]


def test_a_waiver_lets_a_break_through_and_is_the_baseline_then(registry: Registry) -> None:
    """The waived release records its waiver; what comes after is compared with it and not blocked, transitively either."""
    registry.release(an_event(an_event_schema(**TOTAL)))
    narrower = an_event(an_event_schema(total={"type": "integer", "maximum": 10}), "1.1.0")
    with pytest.raises(ReleaseRefused) as caught:
        registry.release(narrower)
    rules = {change.rule for change in caught.value.comparison.changes if change.blocks}
    waivers = tuple(("OrderPlaced", a_waiver(rule, "OrderPlaced $.total")) for rule in sorted(rules))
    receipt = registry.publish(a_version(narrower, version="waived"), waivers=waivers).service_versions[0].releases[0]
    assert {change.rule for change in receipt.comparison.changes if change.waived_by} == rules
    later = an_event_schema(total={"type": "integer", "maximum": 10}, note={"type": "string"})
    assert registry.at(NOW + timedelta(days=365)).release(an_event(later, "1.2.0")).created


def test_an_expired_waiver_covers_nothing(registry: Registry) -> None:
    """Leave ends with its date."""
    registry.release(an_event(an_event_schema(**TOTAL)))
    narrower = an_event(an_event_schema(total={"type": "integer", "maximum": 10}), "1.1.0")
    with pytest.raises(ReleaseRefused) as caught:
        registry.release(narrower)
    rule = next(change.rule for change in caught.value.comparison.changes if change.blocks)
    registry.publish(a_version(service="orders", version="x"), waivers=(("OrderPlaced", a_waiver(rule)),))
    with pytest.raises(ReleaseRefused):
        registry.at(NOW + timedelta(days=31)).release(narrower)
    assert registry.release(narrower).created


def test_unknown_blocks_unless_the_contract_warns(registry: Registry) -> None:
    """What cannot be decided is not let through in silence; the owner may say that a warning is enough."""
    before, after = an_event_schema(**CODE), an_event_schema(**LOOKAHEAD)
    registry.release(an_event(before, mode=Mode.BACKWARD))
    with pytest.raises(ReleaseRefused) as caught:
        registry.release(an_event(after, "1.1.0", mode=Mode.BACKWARD))
    assert not any(change.blocks for change in caught.value.comparison.changes)
    (question,) = caught.value.comparison.undecided
    assert question.elements == ("OrderPlaced $.code",)
    assert registry.release(an_event(after, "1.1.0", mode=Mode.BACKWARD, on_unknown=OnUnknown.WARN)).created


def test_an_unknown_is_accepted_by_name(registry: Registry) -> None:
    """A waiver that names the question's rule and element lets it through, with its reason."""
    registry.release(an_event(an_event_schema(**CODE), mode=Mode.BACKWARD))
    after = an_event(an_event_schema(**LOOKAHEAD), "1.1.0", mode=Mode.BACKWARD)
    with pytest.raises(ReleaseRefused) as caught:
        registry.release(after)
    (question,) = caught.value.comparison.undecided
    waiver = ("OrderPlaced", a_waiver(question.rule, question.elements[0]))
    (release,) = registry.publish(a_version(after, version="accepted"), waivers=(waiver,)).service_versions[0].releases
    assert release.comparison.undecided[0].waived_by is not None


@pytest.mark.parametrize("version", ["0.2.0", "1.1.0-rc.1"])
def test_what_is_not_promised_yet_is_classified_not_gated(registry: Registry, version: str) -> None:
    """0.x and pre-releases take any change, and record it."""
    first = "0.1.0" if version.startswith("0") else "1.0.0"
    registry.release(an_event(an_event_schema(**TOTAL), first))
    receipt = registry.release(an_event(an_event_schema(total={"type": "string"}), version))
    assert any(change.severity is Severity.BREAKING for change in receipt.comparison.changes)


def test_a_release_fits_both_its_neighbours(registry: Registry) -> None:
    """A number between two others is checked against the one above as well."""
    wide = an_event_schema(**TOTAL)
    registry.release(an_event(an_event_schema(), "1.0.0"))
    registry.release(an_event(wide, "1.4.0"))
    between = an_event_schema(total={"type": "integer"}, note={"type": "string"})
    with pytest.raises(ReleaseRefused) as caught:
        registry.release(an_event(between, "1.2.0"))
    assert caught.value.baseline == "OrderPlaced 1.4.0"


def test_transitive_modes_look_past_the_neighbour(registry: Registry) -> None:
    """Two steps, each harmless to its neighbour, together change a type: only the transitive mode sees it."""
    steps: list[dict[str, Any]] = [an_event_schema(**TOTAL), an_event_schema(), an_event_schema(total={"type": "string"})]
    for mode, refused in ((Mode.BACKWARD, False), (Mode.BACKWARD_TRANSITIVE, True)):
        name = f"Event{mode.value.title().replace('_', '')}"
        registry.release(an_event(steps[0], "1.0.0", name=name, mode=mode))
        registry.release(an_event(steps[1], "1.1.0", name=name, mode=mode))
        if refused:
            with pytest.raises(ReleaseRefused):
                registry.release(an_event(steps[2], "1.2.0", name=name, mode=mode))
        else:
            assert registry.release(an_event(steps[2], "1.2.0", name=name, mode=mode)).created


def test_a_rest_contract_is_gated_too(registry: Registry) -> None:
    """Removing an operation within a major line is refused."""
    both = {"openapi": "3.1.0", "info": {"title": "Orders", "version": "x"}, "paths": {"/a": _get(), "/b": _get()}}
    registry.release(an_api(both))
    with pytest.raises(ReleaseRefused) as caught:
        registry.release(an_api({**both, "paths": {"/a": _get()}}, "1.1.0"))
    assert caught.value.comparison.changes[0].elements == ("GET /b",)


def _get() -> dict[str, Any]:
    return {"get": {"responses": {"200": {"description": "fine"}}}}
