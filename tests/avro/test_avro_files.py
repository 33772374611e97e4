"""From files to contracts: what a manifest and the command line find."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.working_tree import WorkingTree
from registry.domain.contract import ContractKind
from registry.domain.errors import BadManifest
from registry.engines.documents.limits import Limits
from registry.services.manifests import read_manifest
from registry.services.trees import source_at
from tests.cli.support import Run, write

LINE = {"type": "record", "name": "Line", "namespace": "shop", "fields": [{"name": "sku", "type": "shop.Sku"}]}
SKU = {"type": "fixed", "name": "Sku", "namespace": "shop", "size": 8}
ORDER = {
    "type": "record",
    "name": "Order",
    "namespace": "shop",
    "fields": [{"name": "lines", "type": {"type": "array", "items": "Line"}}],
}
OTHER = {"type": "record", "name": "Other", "namespace": "shop", "fields": []}


def text(value: Any) -> str:
    return json.dumps(value, indent=2)


def collected(folder: Path, entry: str) -> set[str]:
    limits = Limits()
    return set(source_at(WorkingTree(folder, limits), entry, ContractKind.AVRO, limits).files)


def test_the_files_that_declare_what_is_used_come_along(tmp_path: Path) -> None:
    """And what those use; others stay where they are, whatever is wrong with them."""
    files = {"order.avsc": text(ORDER), "common/line.avsc": text(LINE), "common/sku.avsc": text(SKU)}
    write(tmp_path, files | {"other.avsc": text(OTHER), "broken.avsc": "{"})
    assert collected(tmp_path, "order.avsc") == {"order.avsc", "common/line.avsc", "common/sku.avsc"}
    assert collected(tmp_path, "other.avsc") == {"other.avsc"}


def test_a_break_is_told_in_the_file_that_it_is_in(interlock: Run, here: Path) -> None:
    """With its line and column, and the record that shows it."""
    files = {"order.avsc": text(ORDER), "line.avsc": text(LINE), "sku.avsc": text(SKU)}
    write(here, {f"old/{name}": content for name, content in files.items()})
    write(here, {f"new/{name}": content for name, content in files.items()} | {"new/sku.avsc": text(SKU | {"size": 12})})
    result = interlock("diff", "old/order.avsc", "new/order.avsc")
    assert result.exit_code == 1, result.output
    assert "breaking  fixed-size-changed  new/sku.avsc:1:1" in result.stdout
    assert "reaches   order $.lines[].sku" in result.stdout
    assert "witness   shop.Order as bytes" in result.stdout


def test_a_folder_starts_at_the_file_that_no_other_uses(interlock: Run, here: Path) -> None:
    """Where there is one."""
    files = {"order.avsc": text(ORDER), "line.avsc": text(LINE), "sku.avsc": text(SKU)}
    write(here, {f"{side}/{name}": content for side in ("old", "new") for name, content in files.items()})
    assert interlock("diff", "old", "new").exit_code == 0
    write(here, {"new/other.avsc": text(OTHER)})
    result = interlock("diff", "old", "new")
    assert result.exit_code == 2
    assert "does not say where its contract starts" in result.stderr


def test_the_mode_of_a_schema_alone_is_full(interlock: Run, here: Path) -> None:
    """Who writes and who reads is not said."""
    write(here, {"old.avsc": '"int"', "new.avsc": '"long"'})
    codes = [interlock("diff", "old.avsc", "new.avsc", *more).exit_code for more in ((), ("--mode", "backward"))]
    assert codes == [1, 0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"type": "record", "name": "R", "fields": [{"name": "a", "type": "Money"}]}', "Nothing declares the type"),
        ('{"type": "record", "name": "R"}', "fields is an array"),
        ('{"type": "fixed", "name": "1st", "size": 1}', "is no name"),
        ("[" * 10_000 + "]" * 10_000, "deeper than"),
        ("", "empty"),
    ],
)
def test_what_is_no_schema_is_exit_2_with_its_place(interlock: Run, here: Path, content: str, words: str) -> None:
    """And never a traceback."""
    write(here, {"old.avsc": '"int"', "new.avsc": content})
    result = interlock("diff", "old.avsc", "new.avsc")
    assert result.exit_code == 2
    assert words in result.stderr
    assert "new.avsc:1:" in result.stderr
    assert "Traceback" not in result.output


MANIFEST = """
[service]
name = "orders"
team = "team-ordering"
domain = "ordering"

[[events]]
name = "OrderPlaced"
{kind}
path = "order.avsc"
channel = "orders"
"""


@pytest.mark.parametrize(("line", "kind"), [("", ContractKind.JSONSCHEMA), ('kind = "avro"', ContractKind.AVRO)])
def test_an_event_says_its_kind(line: str, kind: ContractKind) -> None:
    """JSON Schema where it says nothing."""
    (provided,) = read_manifest("interlock.toml", MANIFEST.format(kind=line).encode()).provides
    assert (provided.kind, provided.is_event) == (kind, True)


def test_an_event_of_another_kind_is_refused() -> None:
    """An API is no event."""
    with pytest.raises(BadManifest, match="jsonschema or avro"):
        read_manifest("interlock.toml", MANIFEST.format(kind='kind = "openapi"').encode())
