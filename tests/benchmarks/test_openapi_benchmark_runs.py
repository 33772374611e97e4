"""The benchmark of OpenAPI still measures what it says; how long anything takes is not its business here."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from tests.benchmarks.openapi import commands, costs, entries, growth, phases
from tests.benchmarks.plot import Line, plotted


def document(maximum: int) -> str:
    """A contract of two paths, which name the same schema."""
    schema = {"type": "object", "properties": {"n": {"type": "integer", "maximum": maximum}}}
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cart"}}}}
    operation = {"post": {"requestBody": body, "responses": {"204": {"description": "done"}}}}
    paths = {"/carts": operation, "/orders": operation}
    value = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": paths,
        "components": {"schemas": {"Cart": schema}},
    }
    return json.dumps(value)


def test_a_tiny_pair_is_measured(tmp_path: Path) -> None:
    """Every tool that is there runs and lists something, and every phase is named."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(document(10))
    new.write_text(document(5))
    assert costs(old, new, runs=1).keys() == commands(old, new).keys()
    assert all(entries(command) > 0 for command in commands(old, new).values())
    assert list(phases(old, new)) == ["read both", "compare", "find lines and columns"]


def test_slices_reach_no_more_pairs_than_the_whole() -> None:
    """Half of the paths name the same schema: the whole looks at one more reference, and at nothing behind it again."""
    old, new = document(10).encode(), document(5).encode()
    counts = [pairs for pairs, _ in growth(old, new, ("a.json", "b.json"), shares=(0, 50, 100))]
    assert counts[0] == 0
    assert counts[2] == counts[1] + 1 > 1


def test_the_plot_is_an_image() -> None:
    """Well-formed, with a mark for each point."""
    image = ElementTree.fromstring(plotted([Line("a & b", [(10, 0.1), (100, 1.0)])], "pairs", "seconds"))
    assert len(image.findall("{http://www.w3.org/2000/svg}circle")) == 2
