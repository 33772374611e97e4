"""Laws of comparing and resolving, over schemas and changes that nobody thought of."""

from __future__ import annotations

from typing import Any

from fastavro.utils import generate_one
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from registry.domain.change import NoWitness, WireWitness
from registry.domain.contract import Mode
from registry.domain.verdict import Direction, Severity
from registry.engines.avro.building import schema_of
from registry.engines.avro.comparison import compare
from registry.engines.avro.resolution import incompatibilities
from tests.avro.support import LANGUAGE, MODES, changed, refused, schemas, through

some = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Any, Any]:
    """A schema and a changed one."""
    old = draw(schemas())
    return old, draw(changed(old))


@some
@given(schemas())
def test_nothing_changed_is_nothing_found(value: Any) -> None:
    """A schema compared with itself has no changes, and reads itself."""
    assert compare(schema_of(value), schema_of(value), subject="Event", mode=Mode.FULL).changes == ()
    assert incompatibilities(schema_of(value), schema_of(value)) == ()


@some
@given(pairs(), st.sampled_from([Direction.BACKWARD, Direction.FORWARD]))
def test_a_language_rule_breaks_exactly_where_resolution_refuses(pair: tuple[Any, Any], direction: Direction) -> None:
    """The rules say what resolution refuses, and call nothing else breaking."""
    old, new = map(schema_of, pair)
    reader, writer = (new, old) if direction is Direction.BACKWARD else (old, new)
    found = compare(old, new, subject="Event", mode=MODES[direction])
    assert refused(found) == bool(incompatibilities(reader, writer))


@some
@given(pairs())
def test_going_back_is_the_other_direction(pair: tuple[Any, Any]) -> None:
    """What a change breaks backward, undoing it breaks forward."""
    old, new = map(schema_of, pair)
    forth, back = (compare(*sides, subject="Event", mode=Mode.FULL) for sides in ((old, new), (new, old)))

    def broken(found: Any, direction: Direction) -> bool:
        return any(
            change.rule in LANGUAGE and change.severity is Severity.BREAKING and change.direction in (direction, Direction.BOTH)
            for change in found.changes
        )

    assert broken(forth, Direction.BACKWARD) == broken(back, Direction.FORWARD)


@some
@given(pairs())
def test_a_witness_is_as_bytes_what_it_says(pair: tuple[Any, Any]) -> None:
    """Whatever breaks has a record that fastavro wrote and then refused or read otherwise, or says why there is none."""
    old, new = map(schema_of, pair)
    for change in compare(old, new, subject="Event", mode=Mode.FULL).changes:
        assert isinstance(change.witness, WireWitness | NoWitness)
        if isinstance(change.witness, WireWitness):
            bytes.fromhex(change.witness.hex)
            assert change.witness.read != change.witness.written


@some
@given(pairs())
def test_what_resolution_allows_fastavro_reads(pair: tuple[Any, Any]) -> None:
    """A second implementation reads what it wrote with a schema that resolves; but for bytes that are no text, which is told."""
    old, new = pair
    if incompatibilities(schema_of(new), schema_of(old)):
        return
    try:
        record: Any = generate_one(old)
    except (RecursionError, IndexError):
        assume(False)
    try:
        through(old, new, record)
    except UnicodeDecodeError:
        found = compare(schema_of(old), schema_of(new), subject="Event", mode=Mode.BACKWARD)
        assert "string-bytes-changed" in {change.rule for change in found.changes}
