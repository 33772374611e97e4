"""Style findings: what buf says, where it says it, whatever the contract and its configuration try."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from registry.domain.contract import Source
from registry.domain.errors import BadInput, LimitExceeded, Malformed
from registry.domain.location import Position
from registry.domain.verdict import Severity
from registry.engines.protobuf.compiler import compile as compile_source
from registry.engines.protobuf.limits import ChildLimits
from registry.engines.protobuf.lint import PREFIX, lint
from tests.protobuf.conftest import Buf
from tests.protobuf.support import annotation

UNTIDY = """\
syntax = "proto3";

package shop.cart;

import "google/protobuf/timestamp.proto";

message cart_item {
\tstring BadName = 1; // é
  enum Unit { BOX = 0; }
  oneof Choice { string a = 2; }
}
service Carts { rpc get(cart_item) returns (cart_item); }
"""


def _untidy(configuration: str = "", name: str = "cart.proto") -> Source:
    files = {name: UNTIDY.encode()}
    return Source(files | ({"buf.yaml": configuration.encode()} if configuration else {}), "")


def _rules(source: Source) -> set[str]:
    return {change.rule.removeprefix(PREFIX) for change in lint(source)}


def test_findings_are_those_of_buf_at_its_places(buf: Buf) -> None:
    """Rule, start, end and message, with tabs and accents in the lines."""
    (buf.folder / "new").mkdir()
    (buf.folder / "new" / "cart.proto").write_text(UNTIDY)
    rows = [json.loads(line) for line in buf.run("lint", ".", "--error-format", "json").stdout.splitlines()]
    found = lint(_untidy())
    ours = {(change.rule, str(change.new), change.new.end, change.message) for change in found if change.new is not None}
    theirs = {
        (f"{PREFIX}{rule}", f"{file}:{line}:{column}", Position(end_line, end_column), row["message"])
        for row in rows
        for rule, file, line, column, end_line, end_column in [annotation(row)]
    }
    assert ours == theirs
    assert len(found) == len(rows) > 10


def test_a_finding_is_risky_and_names_its_element() -> None:
    """Nothing of style blocks by itself, and a waiver or a policy can name what it is about."""
    found = {change.rule.removeprefix(PREFIX): change for change in lint(_untidy())}
    assert {change.severity for change in found.values()} == {Severity.RISKY}
    assert found["FIELD_LOWER_SNAKE_CASE"].elements == ("shop.cart.cart_item.BadName",)
    assert found["ENUM_ZERO_VALUE_SUFFIX"].elements == ("shop.cart.cart_item.BOX",)
    assert found["RPC_PASCAL_CASE"].elements == ("shop.cart.Carts.get",)
    assert found["PACKAGE_VERSION_SUFFIX"].elements == ()


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        (
            "version: v2\nlint: {use: [FIELD_LOWER_SNAKE_CASE, MESSAGE_PASCAL_CASE]}",
            {"FIELD_LOWER_SNAKE_CASE", "MESSAGE_PASCAL_CASE"},
        ),
        ("version: v1\nlint: {use: [MINIMAL], except: [PACKAGE_DIRECTORY_MATCH]}", set[str]()),
        ("version: v2\nlint: {use: [MINIMAL], ignore: [cart.proto]}", set[str]()),
        ("version: v2\nlint: {use: [RPC_PASCAL_CASE, COMMENT_RPC], ignore_only: {COMMENT_RPC: [cart.proto]}}", {"RPC_PASCAL_CASE"}),
        ("version: v2\nlint: {use: [SERVICE_SUFFIX], service_suffix: s}", set[str]()),
    ],
)
def test_a_buf_yaml_chooses_the_rules(configuration: str, expected: set[str]) -> None:
    """`use`, `except`, `ignore`, `ignore_only` and the options of rules mean what they mean to buf."""
    assert _rules(_untidy(configuration)) == expected


def test_modules_are_import_roots_and_places_are_named_from_the_folder() -> None:
    """Imports are relative to the module; people open files from the contract's folder."""
    files = {
        "buf.yaml": b"version: v2\nmodules: [{path: proto}]\nlint: {use: [MESSAGE_PASCAL_CASE]}",
        "proto/a/a.proto": b'syntax = "proto3";\npackage a;\nimport "b/b.proto";\nmessage low { b.B b = 1; }',
        "proto/b/b.proto": b'syntax = "proto3";\npackage b;\nmessage B { }',
    }
    (found,) = lint(Source(files, ""))
    assert str(found.new) == "proto/a/a.proto:4:9"
    assert found.elements == ("a.low",)


def test_a_comment_lets_one_finding_pass() -> None:
    """`buf:lint:ignore RULE` in front of a declaration, as buf has it."""
    text = UNTIDY.replace("message cart_item", "// buf:lint:ignore MESSAGE_PASCAL_CASE\nmessage cart_item")
    source = Source({"cart.proto": text.encode(), "buf.yaml": b"version: v2\nlint: {use: [MESSAGE_PASCAL_CASE]}"}, "")
    assert lint(source) == ()


def test_no_plugin_policy_or_dependency_is_run_or_fetched(tmp_path: Path) -> None:
    """What a configuration names beside lint rules is a program or a download: the first is not run, the second not missed."""
    trap, mark = tmp_path / "trap", tmp_path / "ran"
    trap.write_text(f"#!/bin/sh\ntouch {mark}\n")
    trap.chmod(0o755)
    configuration = {
        "version": "v2",
        "modules": [{"path": ".", "lint": {"use": ["MESSAGE_PASCAL_CASE"]}, "name": "buf.build/acme/shop"}],
        "plugins": [{"plugin": str(trap)}],
        "policies": [{"policy": "buf.build/acme/policy"}],
        "deps": ["buf.build/googleapis/googleapis"],
    }
    assert _rules(_untidy(json.dumps(configuration))) == {"MESSAGE_PASCAL_CASE"}
    assert not mark.exists()


@pytest.mark.parametrize(
    "configuration",
    [
        "version: v2\nlint: {use: [NO_SUCH_RULE]}",
        "version: v2\nlint: {uses: [BASIC]}",
        "version: v9",
        "[]",
        "lint: [",
        "version: v2\nlint: {ignore: [/etc]}",
    ],
)
def test_a_configuration_that_buf_refuses_is_bad_input(configuration: str) -> None:
    """At the file, in buf's words or ours."""
    with pytest.raises(BadInput) as caught:
        lint(_untidy(configuration))
    assert caught.value.place is not None
    assert caught.value.place.file == "buf.yaml"


def test_buf_meets_only_what_compiles() -> None:
    """A million braces end buf's parser, a hundred nested option literals end the compiler: neither gets so far."""
    for text in (b"{" * 1_000_000, b'syntax = "proto3";\nmessage A { Missing m = 1; }'):
        start = time.process_time()
        with pytest.raises((LimitExceeded, Malformed)):
            lint(Source({"a.proto": text}, ""))
        assert time.process_time() - start < 5


def test_buf_has_limits_of_its_own() -> None:
    """Memory, time and what it prints."""
    many = "\n".join(f"message m{number} {{ }}" for number in range(2_000))
    source = Source({"a.proto": f'syntax = "proto3";\n{many}'.encode()}, "")
    for limits in (
        ChildLimits(memory_bytes=256 * 1024 * 1024),
        ChildLimits(memory_bytes=4 << 30, wall_seconds=0.01),
        ChildLimits(memory_bytes=4 << 30, output_bytes=64 * 1024),
    ):
        with pytest.raises(LimitExceeded):
            lint(source, lint_limits=limits)


def test_a_descriptor_set_has_style_too() -> None:
    """A contract without sources is linted by what its descriptors say."""
    compiled = compile_source(_untidy())
    source = Source({"api.binpb": compiled.file_set.SerializeToString()}, "")
    assert {"FIELD_LOWER_SNAKE_CASE", "RPC_PASCAL_CASE"} <= _rules(source)
