"""The events in Avro: their examples can be written with their schemas, and read with what consumers read of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import fastavro
import pytest

from contracts.checkout.tests.documents import manifest, read, services, short

EVENTS = [
    pytest.param(folder, entry, id=f"{short(folder)} {entry['name']}")
    for folder in services()
    for entry in manifest(folder).get("events", [])
    if entry.get("kind") == "avro"
]
READERS = [
    pytest.param(folder, entry, id=f"{short(folder)} {entry['contract']}")
    for folder in services()
    for entry in manifest(folder).get("consumes", [])
    if entry.get("reader", "").endswith(".avsc")
]


@pytest.mark.parametrize(("folder", "entry"), EVENTS)
def test_an_example_is_written_and_read_back(folder: Path, entry: dict[str, Any]) -> None:
    """An event in Avro has examples, and each is a record of its schema."""
    assert entry["examples"]
    for example in entry["examples"]:
        record = in_bytes(read(folder / example))
        assert through(record, read(folder / entry["path"])) | {"changedAt": 0, "id": ""} == record | {"changedAt": 0, "id": ""}


@pytest.mark.parametrize(("folder", "entry"), READERS)
def test_a_reader_reads_every_record(folder: Path, entry: dict[str, Any]) -> None:
    """A consumer's own reader schema resolves with the producer's, and leaves the fields that it declares."""
    reader = read(folder / entry["reader"])
    for producer in services():
        for event in manifest(producer).get("events", []):
            if event["name"] == entry["contract"]:
                record = in_bytes(read(producer / event["examples"][0]))
                found = through(record, read(producer / event["path"]), reader)
                assert found == {field["name"]: record[field["name"]] for field in reader["fields"]}


def in_bytes(record: dict[str, Any]) -> dict[str, Any]:
    """A record as fastavro writes it: JSON has the checksum's bytes as text."""
    return record | {"checksum": record["checksum"].encode("latin-1")}


def through(record: dict[str, Any], writer: Any, reader: Any = None) -> dict[str, Any]:
    """What a reader finds of a record."""
    data = BytesIO()
    fastavro.schemaless_writer(data, writer, record)
    data.seek(0)
    found = fastavro.schemaless_reader(data, writer, reader)
    assert isinstance(found, dict)
    return found
