"""Comparisons as JSON and back: the one form that commands print, endpoints return, pages read and releases keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.domain.change import (
    Change,
    Comparison,
    ConsumerUse,
    DocumentWitness,
    HttpWitness,
    NoWitness,
    Undecided,
    Waiver,
    WireWitness,
    Witness,
)
from registry.domain.location import Location, Position
from registry.domain.verdict import Direction, Severity

JsonObject = dict[str, Any]


def to_json(comparison: Comparison) -> JsonObject:
    """`{"verdict", "changes": [...], "undecided": [...]}` as docs/comparison.schema.json describes it."""
    return {
        "verdict": str(comparison.verdict),
        "changes": [_change_to_json(change) for change in comparison.changes],
        "undecided": [_undecided_to_json(question) for question in comparison.undecided],
    }


def from_json(data: Mapping[str, Any]) -> Comparison:
    """The comparison that `to_json` wrote; the verdict follows from the rows."""
    return Comparison(
        changes=tuple(_change_from_json(row) for row in data["changes"]),
        undecided=tuple(_undecided_from_json(row) for row in data["undecided"]),
    )


def _change_to_json(change: Change) -> JsonObject:
    return {
        "rule": change.rule,
        "severity": str(change.severity),
        "direction": str(change.direction),
        "old": _location_to_json(change.old),
        "new": _location_to_json(change.new),
        "message": change.message,
        "elements": list(change.elements),
        "witness": _witness_to_json(change.witness),
        "consumers": [_consumer_to_json(consumer) for consumer in change.consumers],
        "removes_promise": change.removes_promise,
        "waived_by": _waiver_to_json(change.waived_by),
        "severity_reason": change.severity_reason,
        "aliases": list(change.aliases),
    }


def _change_from_json(row: Mapping[str, Any]) -> Change:
    return Change(
        rule=row["rule"],
        severity=Severity(row["severity"]),
        direction=Direction(row["direction"]),
        old=_location_from_json(row["old"]),
        new=_location_from_json(row["new"]),
        message=row["message"],
        elements=tuple(row["elements"]),
        witness=_witness_from_json(row["witness"]),
        consumers=tuple(_consumer_from_json(consumer) for consumer in row["consumers"]),
        removes_promise=row["removes_promise"],
        waived_by=_waiver_from_json(row["waived_by"]),
        severity_reason=row.get("severity_reason", ""),
        aliases=tuple(row.get("aliases", ())),
    )


def _undecided_to_json(question: Undecided) -> JsonObject:
    return {
        "rule": question.rule,
        "direction": str(question.direction),
        "construct": question.construct,
        "old": _location_to_json(question.old),
        "new": _location_to_json(question.new),
        "message": question.message,
        "elements": list(question.elements),
        "waived_by": _waiver_to_json(question.waived_by),
    }


def _undecided_from_json(row: Mapping[str, Any]) -> Undecided:
    return Undecided(
        rule=row["rule"],
        direction=Direction(row["direction"]),
        construct=row["construct"],
        old=_location_from_json(row["old"]),
        new=_location_from_json(row["new"]),
        message=row["message"],
        elements=tuple(row["elements"]),
        waived_by=_waiver_from_json(row["waived_by"]),
    )


def _location_to_json(location: Location | None) -> JsonObject | None:
    if location is None:
        return None
    position, end = location.position, location.end
    return {
        "file": location.file,
        "path": location.path,
        "line": position.line if position else None,
        "column": position.column if position else None,
        "end_line": end.line if end else None,
        "end_column": end.column if end else None,
    }


def _location_from_json(data: Mapping[str, Any] | None) -> Location | None:
    if data is None:
        return None
    position = None if data["line"] is None else Position(data["line"], data["column"])
    # What was kept before ends were known has none.
    end = None if data.get("end_line") is None else Position(data["end_line"], data["end_column"])
    return Location(data["file"], data["path"], position, end)


def _witness_to_json(witness: Witness) -> JsonObject:
    match witness:
        case DocumentWitness():
            return {
                "type": "document",
                "document": witness.document,
                "accepted_by": witness.accepted_by,
                "refused_by": witness.refused_by,
            }
        case HttpWitness():
            return {
                "type": "http",
                "method": witness.method,
                "target": witness.target,
                "headers": dict(witness.headers),
                "body": witness.body,
                "status": witness.status,
            }
        case WireWitness():
            return {
                "type": "wire",
                "message": witness.message,
                "hex": witness.hex,
                "written": witness.written,
                "read": witness.read,
            }
        case NoWitness():
            return {"type": "none", "reason": witness.reason}


def _witness_from_json(data: Mapping[str, Any]) -> Witness:
    facts = {name: value for name, value in data.items() if name != "type"}
    return _WITNESSES[data["type"]](**facts)


_WITNESSES: Mapping[str, type[DocumentWitness | HttpWitness | WireWitness | NoWitness]] = {
    "document": DocumentWitness,
    "http": HttpWitness,
    "wire": WireWitness,
    "none": NoWitness,
}


def _consumer_to_json(consumer: ConsumerUse) -> JsonObject:
    return {
        "service": consumer.service,
        "version": consumer.version,
        "environments": list(consumer.environments),
        "elements": list(consumer.elements),
        "source": consumer.source,
    }


def _consumer_from_json(data: Mapping[str, Any]) -> ConsumerUse:
    return ConsumerUse(
        service=data["service"],
        version=data["version"],
        environments=tuple(data["environments"]),
        elements=tuple(data["elements"]),
        source=data["source"],
    )


def _waiver_to_json(waiver: Waiver | None) -> JsonObject | None:
    if waiver is None:
        return None
    return {
        "rule": waiver.rule,
        "element": waiver.element,
        "reason": waiver.reason,
        "actor": waiver.actor,
        "expires": waiver.expires,
    }


def _waiver_from_json(data: Mapping[str, Any] | None) -> Waiver | None:
    return None if data is None else Waiver(**data)
