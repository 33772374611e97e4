"""A message that is a CloudEvent is known by its type and schema, in both content modes."""

from __future__ import annotations

from typing import Any

import pytest

from registry.engines.pacts.usage import MessageUse, usage
from tests.pacts.support import event, message_use, pact_of

SCHEMA = "urn:orders:order-placed:1"
STRUCTURED = "application/cloudevents+json"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (event({"specversion": "1.0", "type": "OrderPlaced", "dataschema": SCHEMA}), ("OrderPlaced", SCHEMA, True)),
        (event({"type": "OrderPlaced", "data": {}}, STRUCTURED), ("OrderPlaced", "", True)),
        (event({"type": "OrderPlaced", "data": {}}), ("", "", False)),
        (event({"specversion": "1.0"}), ("", "", False)),
        (event({"a": 1}, metadata={"ce-type": "OrderPlaced", "ce-dataschema": SCHEMA}), ("OrderPlaced", SCHEMA, False)),
        (event({"a": 1}, metadata={"ce_type": "OrderPlaced"}), ("OrderPlaced", "", False)),
        (event({"a": 1}, metadata={"cloudEvents:type": "OrderPlaced"}), ("OrderPlaced", "", False)),
        (event({"a": 1}, metadata={"specversion": "1.0", "type": "OrderPlaced"}), ("OrderPlaced", "", False)),
        (event({"a": 1}, metadata={"type": "OrderPlaced"}), ("", "", False)),
        (event([1], metadata={"ce-type": 3}), ("", "", False)),
    ],
)
def test_recognised(message: dict[str, Any], expected: tuple[str, str, bool]) -> None:
    """The envelope is the contents, or the metadata with the prefix of some binding; anything else is no CloudEvent."""
    use = message_use(message)
    assert (use.event_type, use.dataschema, use.enveloped) == expected


def test_version_3_says_the_content_type_in_the_metadata() -> None:
    """Contents without a record of their own have the content type that the metadata says."""
    message = {"description": "m", "contents": {"type": "OrderPlaced"}, "metaData": {"contentType": STRUCTURED}}
    (use,) = usage(pact_of(version="3.0.0", messages=[message]))
    assert isinstance(use, MessageUse)
    assert use.event_type == "OrderPlaced"
