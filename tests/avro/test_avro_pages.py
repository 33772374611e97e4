"""The pages of an event in Avro: what it holds, and what changed between two versions of it."""

from __future__ import annotations

from starlette.testclient import TestClient

from registry.domain.contract import Mode
from tests.avro.test_avro_in_the_registry import an_avro_event
from tests.services.support import Registry
from tests.web.conftest import pages_of
from tests.web.html import read_page

STATUS = {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["OPEN", "PAID"]}, "doc": "How far it is."}


def test_pages_show_the_fields_and_the_record_that_proves_a_change(registry: Registry) -> None:
    """An event page lists its fields; the page of a difference shows the bytes, and what both schemas make of them."""
    grown = {**STATUS, "type": {**STATUS["type"], "symbols": ["OPEN", "PAID", "LOST"]}}
    registry.release(an_avro_event(STATUS, mode=Mode.NONE))
    registry.release(an_avro_event(grown, version="1.1.0", mode=Mode.NONE))
    browser = TestClient(pages_of(registry.database))
    shown = read_page(browser.get("/events/OrderPlaced").text)
    assert "status enum Status required How far it is." in shown.text
    assert "one of OPEN, PAID, LOST" in shown.text
    assert not shown.faults
    changed = read_page(browser.get("/contracts/OrderPlaced/diff?from=1.0.0&to=1.1.0").text)
    assert "enum-symbol-added" in changed.text
    assert "Witness: bytes of shop.OrderPlaced" in changed.text
    assert "refused: LOST not found" in changed.text
    assert not changed.faults
