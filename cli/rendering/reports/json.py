"""A report as JSON; `interlock schema` prints its JSON Schema."""

from __future__ import annotations

from cli.rendering.machine import as_json
from registry.services.checking.report import CheckReport, to_json


def render(report: CheckReport) -> str:
    """One JSON object."""
    return as_json(to_json(report))
