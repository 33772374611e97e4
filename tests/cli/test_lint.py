"""`interlock lint`, and the style rules that a policy brings into `interlock check`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.cli.support import PROTO, Run, write

MANIFEST = """\
[service]
name = "shop"
team = "team-shop"
domain = "shop"

[[provides]]
contract = "shop-grpc"
kind = "protobuf"
path = "proto"
version = "1.0.0"
"""
RAISED = MANIFEST + '\n[policy]\nraise = ["buf-lint:FIELD_LOWER_SNAKE_CASE"]\n'
CLEAN = 'syntax = "proto3";\npackage shop.v1;\nmessage Cart {\n  string id = 1;\n}\n'
UNTIDY = CLEAN.replace("}", "  string BadName = 2;\n}")
STYLE = "buf-lint:FIELD_LOWER_SNAKE_CASE"


def _write(here: Path, manifest: str, text: str) -> None:
    write(here, {"interlock.toml": manifest, "proto/shop/v1/cart.proto": text})


def test_a_finding_is_shown_with_rule_and_place_and_blocks_nothing(interlock: Run, here: Path) -> None:
    """Style is risky: exit code 0."""
    _write(here, MANIFEST, UNTIDY)
    result = interlock("lint")
    assert result.exit_code == 0, result.output
    assert f"risky  {STYLE}  proto/shop/v1/cart.proto:5:10" in result.stdout
    assert "verdict: yes, 1 risky in 1 contract" in result.stdout


def test_a_policy_or_strict_lets_it_block(interlock: Run, here: Path) -> None:
    """Either names what shall block; exit code 1."""
    _write(here, MANIFEST, UNTIDY)
    assert interlock("lint", "--strict").exit_code == 1
    _write(here, RAISED, UNTIDY)
    result = interlock("lint")
    assert result.exit_code == 1
    assert f"breaking  {STYLE}" in result.stdout
    assert "docs/lint.md" in result.stdout.splitlines()[-1]


def test_a_buf_yaml_in_the_contracts_folder_chooses(interlock: Run, here: Path) -> None:
    """No configuration of our own."""
    _write(here, MANIFEST, UNTIDY)
    write(here, {"proto/buf.yaml": "version: v2\nlint: {use: [BASIC], except: [FIELD_LOWER_SNAKE_CASE]}\n"})
    assert "no finding in 1 contract" in interlock("lint").stdout


def test_a_contract_without_a_manifest_is_linted_as_it_is(interlock: Run, here: Path) -> None:
    """A folder or a file alone, in every format of reports."""
    write(here, {"orders.proto": PROTO, "proto/shop/v1/cart.proto": UNTIDY})
    rows = json.loads(interlock("lint", "proto", "--format", "json").stdout)["changes"]
    assert [(row["rule"], row["new"]["file"], row["new"]["end_column"]) for row in rows] == [
        (STYLE, "proto/shop/v1/cart.proto", 17)
    ]
    assert "buf-lint:PACKAGE_DIRECTORY_MATCH  orders.proto:" in interlock("lint", "orders.proto").stdout


def test_kinds_without_style_rules_have_no_findings(interlock: Run, here: Path) -> None:
    """A JSON Schema is not linted."""
    write(here, {"placed.json": '{"type": "object"}'})
    assert "no finding" in interlock("lint", "placed.json").stdout


def test_what_does_not_compile_is_bad_input(interlock: Run, here: Path) -> None:
    """At its place, with exit code 2."""
    _write(here, MANIFEST, CLEAN.replace("string id", "Missing id"))
    result = interlock("lint")
    assert result.exit_code == 2
    assert "proto/shop/v1/cart.proto:4:3" in result.stderr


def test_a_style_rule_that_is_none_is_refused(interlock: Run, here: Path) -> None:
    """A policy that would do nothing says so."""
    _write(here, MANIFEST + '\n[policy]\nraise = ["buf-lint:FIELD_SNAKE"]\n', CLEAN)
    result = interlock("lint")
    assert result.exit_code == 2
    assert "buf-lint:FIELD_SNAKE" in result.stderr


def test_check_asks_the_style_rules_that_the_policy_names_of_what_is_new(interlock: Run, here: Path) -> None:
    """An old offence blocks no change; a new one does."""
    _write(here, RAISED, UNTIDY)
    for command in (("init", "-q"), ("add", "."), ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x")):
        subprocess.run(["git", *command], cwd=here, check=True)
    _write(here, RAISED, UNTIDY.replace("}", "  string note = 3;\n}"))
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 0, result.output
    _write(here, RAISED, UNTIDY.replace("}", "  string Note = 3;\n}"))
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 1, result.output
    assert f"breaking  {STYLE}  proto/shop/v1/cart.proto:6:10" in result.stdout
