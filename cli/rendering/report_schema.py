"""The JSON Schema of reports, written by hand and shipped with the package."""

from __future__ import annotations

from importlib.resources import files


def report_schema() -> str:
    """The text of the schema, without a final line end; docs/comparison.schema.json is a copy of it."""
    return (files("cli.rendering") / "comparison.schema.json").read_text("utf-8").rstrip("\n")
