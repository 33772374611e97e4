"""Two releases compared: the same findings and consumers that the gate saw, and the files line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from registry.domain.contract import Source
from registry.domain.errors import BadVersion, NotFound
from registry.domain.verdict import Verdict
from registry.services.catalog.differences import difference, file_differences
from registry.services.catalog.values import Difference
from tests.catalog.support import deploy, pinned, reading
from tests.services.support import NOW, Registry, a_version, a_waiver, an_event, an_event_schema


def compared(registry: Registry, old: str | None = None, new: str | None = None) -> Difference:
    return reading(registry, lambda store: difference(store, "OrderPlaced", old, new, now=registry.now, limits=registry.limits))


@pytest.fixture
def two_releases(registry: Registry) -> Registry:
    """OrderPlaced 1.0.0, and 2.0.0 without the note that Cart reads."""
    registry.release(an_event(an_event_schema(note={"type": "string"}), "1.0.0"))
    registry.publish(a_version(service="cart", version="c1", consumes=(pinned("OrderPlaced", "OrderPlaced $.note"),)))
    deploy(registry, "cart", "c1")
    registry.release(an_event(an_event_schema(), "2.0.0"))
    return registry


def test_the_newest_two_are_the_default(two_releases: Registry) -> None:
    """Without numbers the newest release is compared with the one before it; with one number, that with the one before it."""
    found = compared(two_releases)
    assert (str(found.old.version), str(found.new.version)) == ("1.0.0", "2.0.0")
    assert (str(compared(two_releases, new="1.0.0").old.version)) == "1.0.0"


def test_findings_name_who_breaks(two_releases: Registry) -> None:
    """A removed field names the consumer that reads it, its version and its environments."""
    found = compared(two_releases)
    assert found.comparison.verdict is Verdict.NO
    (change,) = [change for change in found.comparison.changes if change.rule == "property-removed"]
    (consumer,) = change.consumers
    assert (consumer.service, consumer.version, consumer.environments) == ("cart", "c1", ("production",))
    assert consumer.elements == ("OrderPlaced $.note",)


def test_any_order_will_do(two_releases: Registry) -> None:
    """The other way round the same field was added, and nobody breaks."""
    found = compared(two_releases, "2.0.0", "1.0.0")
    assert [change.rule for change in found.comparison.changes] == ["property-added"]
    assert found.comparison.verdict is Verdict.YES


def test_a_release_equals_itself(two_releases: Registry) -> None:
    """A release compared with itself shows no finding and no file."""
    found = compared(two_releases, "1.0.0", "1.0.0")
    assert (found.comparison.changes, found.files) == ((), ())


def test_the_findings_are_those_of_the_gate(registry: Registry) -> None:
    """What the page of two neighbours shows is what was kept in the change log when the number was claimed."""
    registry.publish(a_version(service="billing", version="b0"))
    registry.release(an_event(an_event_schema(note={"type": "string"}), "1.0.0"))
    registry.publish(a_version(service="cart", version="c1", consumes=(pinned("OrderPlaced", "OrderPlaced $.note"),)))
    waiver = ("OrderPlaced", a_waiver("property-removed"))
    registry.publish(a_version(an_event(an_event_schema(), "1.1.0"), version="v9"), waivers=(waiver,))
    found = compared(registry, "1.0.0", "1.1.0")
    kept = found.new.comparison
    assert [replace(change, waived_by=None) for change in kept.changes] == list(found.comparison.changes)


def test_sunsets_pass(registry: Registry) -> None:
    """Whether a removal breaks is judged on the day of the question, not on that of the release."""
    going = {"type": "string", "deprecated": True, "x-sunset": "2026-12-31"}
    registry.release(an_event(an_event_schema(note=going), "1.0.0"))
    registry.release(an_event(an_event_schema(), "2.0.0"))
    assert compared(registry).comparison.verdict is Verdict.NO
    assert compared(registry.at(NOW + timedelta(days=60))).comparison.verdict is Verdict.YES


def test_unknown_releases_are_named(two_releases: Registry) -> None:
    """A number that was never claimed is not found, a word is no number, and a contract without releases has nothing to compare."""
    with pytest.raises(NotFound):
        compared(two_releases, "1.0.0", "7.0.0")
    with pytest.raises(BadVersion):
        compared(two_releases, "first", "2.0.0")
    two_releases.publish(a_version(an_event(name="Draft"), branch="draft", version="d1"))
    with pytest.raises(NotFound):
        reading(two_releases, lambda store: difference(store, "Draft", None, None, now=NOW, limits=two_releases.limits))


def test_files_are_compared_line_by_line() -> None:
    """A changed file shows its lines, an equal one does not appear, a new one is all added and a lost one all removed."""
    old = Source({"a.json": b"1\n2\n", "b.json": b"same", "c.json": b"gone"}, "a.json")
    new = Source({"a.json": b"1\n3\n", "b.json": b"same", "d.json": b"come"}, "a.json")
    found = {file.path: file.lines for file in file_differences(old, new)}
    assert found == {
        "a.json": ("--- a.json", "+++ a.json", "@@ -1,2 +1,2 @@", " 1", "-2", "+3"),
        "c.json": ("--- c.json", "+++ nothing", "@@ -1 +0,0 @@", "-gone"),
        "d.json": ("--- nothing", "+++ d.json", "@@ -0,0 +1 @@", "+come"),
    }


def test_a_renamed_entry_is_one_file() -> None:
    """When the root document has another name, the two names are compared as one file."""
    (file,) = file_differences(Source({"v1.json": b"1\n"}, "v1.json"), Source({"v2.json": b"2\n"}, "v2.json"))
    assert file.lines[:2] == ("--- v1.json", "+++ v2.json")


def test_long_files_are_not_compared() -> None:
    """Above 5,000 lines a file is said to be too long: comparing lines can take minutes."""
    long = "\n".join(str(number % 150) for number in range(20_000)).encode()
    (file,) = file_differences(Source({"a": long}, "a"), Source({"a": long[::-1]}, "a"))
    assert (file.too_long, file.lines) == (True, ())
