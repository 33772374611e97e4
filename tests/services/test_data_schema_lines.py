"""Publishing an event whose envelope names a major line."""

from __future__ import annotations

from typing import Any

import pytest

from registry.domain.errors import BadLine
from registry.domain.location import Location
from registry.engines.documents.limits import Limits
from registry.services.soundness import check_provided
from tests.services.support import Registry, a_version, an_event, an_event_schema


def envelope(address: str) -> dict[str, Any]:
    texts = {name: {"type": "string"} for name in ("id", "source", "type", "specversion")}
    return an_event_schema(**texts, dataschema={"const": address})


@pytest.mark.parametrize(("address", "version"), [("/order.v1.json", "2.0.0"), ("/v2/order.json", "1.4.0")])
def test_a_data_schema_of_another_line_is_refused_at_its_place(address: str, version: str) -> None:
    """An address that names a line goes with the releases of that line and with no other."""
    with pytest.raises(BadLine) as refusal:
        check_provided(an_event(envelope(address), version), Limits())
    assert refusal.value.place == Location("event.schema.json", "/properties/dataschema/const")


@pytest.mark.parametrize(
    ("address", "version"), [("/order.v2.json", "2.1.0"), ("/order.json", "2.0.0"), ("/order.v1.json", "0.3.0"), ("/v1", None)]
)
def test_a_data_schema_of_its_own_line_or_of_none_is_sound(address: str, version: str | None) -> None:
    """Nothing is said of an address without a line, of a version that promises nothing yet, and of one still to be proposed."""
    assert check_provided(an_event(envelope(address), version), Limits()) == ()


def test_a_new_line_needs_a_data_schema_of_its_own(registry: Registry) -> None:
    """The address of a standing line is not taken by another, and every release of a line keeps it."""
    registry.publish(a_version(an_event(envelope("/order.json"), "1.0.0"), version="one"))
    registry.publish(a_version(an_event({**envelope("/order.json"), "title": "Order"}, "1.0.1"), version="two"))
    with pytest.raises(BadLine) as refusal:
        registry.publish(a_version(an_event({**envelope("/order.json"), "title": "New"}, "2.0.0"), version="three"))
    assert refusal.value.place == Location("event.schema.json", "/properties/dataschema/const")
    registry.publish(a_version(an_event({**envelope("/other.json"), "title": "New"}, "2.0.0"), version="four"))
