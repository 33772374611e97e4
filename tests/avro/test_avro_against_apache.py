"""Apache's library for Python as an oracle, where it is installed: `pip install --target DIR avro`, and DIR on PYTHONPATH."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.engines.avro.building import schema_of
from registry.engines.avro.resolution import Reason, incompatibilities
from tests.avro.support import changed, schemas

compatibility = pytest.importorskip("avro.compatibility", reason="Apache's library (avro) is not installed")
make_schema = pytest.importorskip("avro.schema").make_avsc_object

STRICTER = {Reason.DECIMAL_MISMATCH, Reason.NAME_MISMATCH}
"""Decimals are not looked at there, and an alias matches whatever its namespace (docs/avro.md)."""


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Any, Any]:
    """A schema and a changed one."""
    old = draw(schemas())
    return old, draw(changed(old))


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pairs(), st.booleans())
def test_the_verdict_is_apaches_or_stricter_for_a_known_reason(pair: tuple[Any, Any], turned: bool) -> None:
    """What we read it reads, and what we refuse it refuses."""
    reader, writer = reversed(pair) if turned else pair
    found = {fault.reason for fault in incompatibilities(schema_of(reader), schema_of(writer))}
    answer = compatibility.ReaderWriterCompatibilityChecker().get_compatibility(make_schema(reader), make_schema(writer))
    theirs = answer.compatibility is compatibility.SchemaCompatibilityType.compatible
    if theirs:
        assert found <= STRICTER
    else:
        assert found
