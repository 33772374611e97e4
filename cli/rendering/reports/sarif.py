"""A report as SARIF 2.1.0 (OASIS): what code scanning services and editors read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from cli.rendering.rows import Row, rows
from registry.domain.location import Location
from registry.services.checking.report import CheckReport

JsonObject = dict[str, Any]

_LEVELS = {"breaking": "warning", "unknown": "warning", "risky": "warning", "safe": "note"}


def render(report: CheckReport) -> str:
    """One run, with the rules that were seen and a result a finding; waived findings are suppressed."""
    found = list(rows(report))
    names = sorted({row.finding.rule for row in found})
    run = {
        "tool": {"driver": {"name": "interlock", "rules": [{"id": name} for name in names]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, names.index(row.finding.rule)) for row in found],
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


def _result(row: Row, index: int) -> JsonObject:
    result: JsonObject = {
        "ruleId": row.finding.rule,
        "ruleIndex": index,
        "level": "error" if row.blocks else _LEVELS[row.weight],
        "message": {"text": f"{row.check.contract}: {row.words}"},
        "locations": [_location(row.place)] if row.place else [],
        "properties": {"severity": row.weight, "contract": row.check.contract, "against": row.check.against},
    }
    if row.finding.waived_by:
        result["suppressions"] = [{"kind": "external", "justification": row.finding.waived_by.reason}]
    return result


def _location(place: Location) -> JsonObject:
    physical: JsonObject = {"artifactLocation": {"uri": quote(place.file)}}
    if place.position is not None:
        physical["region"] = {"startLine": place.position.line, "startColumn": place.position.column}
    if place.end is not None:
        physical["region"] |= {"endLine": place.end.line, "endColumn": place.end.column}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": place.path}]}
