"""`interlock diff`: file against file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import (
    OPENAPI,
    OPENAPI_WITH_SEARCH,
    OPENAPI_WITHOUT_TOTAL,
    PROTO,
    PROTO_WITHOUT_TOTAL,
    SCHEMA,
    SCHEMA_WITH_REQUIRED_TOTAL,
    Run,
    write,
)


@pytest.mark.parametrize(
    ("name", "before", "after", "rule", "place"),
    [
        ("api.yaml", OPENAPI, OPENAPI_WITHOUT_TOTAL, "response-property-removed", "new/api.yaml:"),
        ("order.proto", PROTO, PROTO_WITHOUT_TOTAL, "field-removed (FIELD_NO_DELETE)", "new/order.proto:3:1"),
        ("placed.json", SCHEMA, SCHEMA_WITH_REQUIRED_TOTAL, "property-became-required", "new/placed.json:4:3"),
    ],
)
def test_a_break_of_each_kind_is_exit_1_with_rule_and_place(
    interlock: Run, here: Path, name: str, before: str, after: str, rule: str, place: str
) -> None:
    """The kind is told from the content; a break names its rule and where it is in the new file."""
    write(here, {f"old/{name}": before, f"new/{name}": after})
    result = interlock("diff", f"old/{name}", f"new/{name}")
    assert result.exit_code == 1, result.output
    assert f"breaking  {rule}  {place}" in result.stdout
    assert "verdict: no" in result.stdout.splitlines()[-2]
    assert result.stdout.splitlines()[-1].startswith("next: ")


def test_an_addition_is_exit_0(interlock: Run, here: Path) -> None:
    """A new operation breaks nobody."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI_WITH_SEARCH})
    result = interlock("diff", "old.yaml", "new.yaml")
    assert result.exit_code == 0, result.output
    assert "safe  path-added  new.yaml:" in result.stdout


def test_the_moment_of_the_judgement_is_recorded(interlock: Run, here: Path) -> None:
    """A report can be judged again: it says at which moment sunsets were held against."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI_WITH_SEARCH})
    result = interlock("diff", "old.yaml", "new.yaml", "--as-of", "2027-01-31", "--format", "json")
    assert json.loads(result.stdout)["as_of"] == "2027-01-31T00:00:00+00:00"


def test_folders_of_proto_files_are_one_contract(interlock: Run, here: Path) -> None:
    """Imports between the files of a folder are found, relative to the folder."""
    user = 'syntax = "proto3";\npackage orders.v1;\nimport "orders/v1/order.proto";\nmessage Reply { Order order = 1; }\n'
    write(here, {f"{side}/orders/v1/reply.proto": user for side in ("old", "new")})
    write(here, {"old/orders/v1/order.proto": PROTO, "new/orders/v1/order.proto": PROTO_WITHOUT_TOTAL})
    result = interlock("diff", "old", "new")
    assert result.exit_code == 1
    assert "new/orders/v1/order.proto:3:1" in result.stdout


def test_references_to_files_are_followed_and_placed(interlock: Run, here: Path) -> None:
    """A change in a file that the document references is reported in that file."""
    document = OPENAPI.replace("total: {type: integer}", 'total: {$ref: "money/total.yaml"}')
    write(here, {f"{side}/api.yaml": document for side in ("old", "new")})
    write(here, {"old/money/total.yaml": "type: integer\n", "new/money/total.yaml": "type: string\n"})
    result = interlock("diff", "old/api.yaml", "new/api.yaml")
    assert result.exit_code == 1, result.output
    assert "new/money/total.yaml:1:1" in result.stdout


def test_the_mode_decides_which_direction_counts(interlock: Run, here: Path) -> None:
    """A property that becomes required breaks new readers of old documents, not old readers of new ones."""
    write(here, {"old.json": SCHEMA, "new.json": SCHEMA_WITH_REQUIRED_TOTAL})
    codes = {mode: interlock("diff", "old.json", "new.json", "--mode", mode).exit_code for mode in ("backward", "forward", "none")}
    assert codes == {"backward": 1, "forward": 0, "none": 0}


def test_a_sunset_is_judged_at_the_moment_given(interlock: Run, here: Path) -> None:
    """A deprecated operation may go once its sunset has passed."""
    old = OPENAPI_WITH_SEARCH.replace(
        "      operationId: listOrders\n", "      operationId: listOrders\n      deprecated: true\n      x-sunset: '2027-06-30'\n"
    )
    write(here, {"old.yaml": old, "new.yaml": OPENAPI})
    assert interlock("diff", "old.yaml", "new.yaml", "--as-of", "2027-06-01").exit_code == 1
    assert interlock("diff", "old.yaml", "new.yaml", "--as-of", "2027-07-01").exit_code == 0


def test_json_is_alone_on_stdout_and_words_are_on_stderr(interlock: Run, here: Path) -> None:
    """A pipeline can parse stdout whatever people are told."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI_WITHOUT_TOTAL})
    result = interlock("diff", "old.yaml", "new.yaml", "--format", "json")
    report = json.loads(result.stdout)
    assert report["verdict"] == "no"
    assert report["changes"][0]["rule"] == "response-property-removed"
    assert report["changes"][0]["old"]["file"] == "old.yaml"
    assert "verdict: no" in result.stderr


def test_different_kinds_are_not_compared(interlock: Run, here: Path) -> None:
    """An OpenAPI document and a Protobuf file have nothing to say to each other: exit 2."""
    write(here, {"old.yaml": OPENAPI, "new.proto": PROTO})
    result = interlock("diff", "old.yaml", "new.proto")
    assert result.exit_code == 2
    assert result.stderr.startswith("error[wrong-kind]: new.proto: ")


def test_a_missing_file_is_a_usage_error(interlock: Run, here: Path) -> None:
    """Click checks paths before anything is read."""
    write(here, {"old.yaml": OPENAPI})
    result = interlock("diff", "old.yaml", "nowhere.yaml")
    assert result.exit_code == 2
    assert "nowhere.yaml" in result.stderr
