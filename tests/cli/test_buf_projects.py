"""A project that `buf breaking` checks today, at our command line: its own configuration, its own rule names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import OPENAPI, PROTO, PROTO_WITHOUT_TOTAL, Run, commit, write

FILE, WIRE = (f"version: v2\nbreaking:\n  use:\n    - {name}\n" for name in ("FILE", "WIRE"))
RESERVED = PROTO_WITHOUT_TOTAL.replace("message Order {", 'message Order {\n  reserved 2;\n  reserved "total";')


def rules(interlock: Run, *arguments: str) -> dict[str, list[str]]:
    """The rules of a diff or a check with what buf calls them."""
    report = json.loads(interlock(*arguments, "--format", "json").stdout)
    return {row["rule"]: row["aliases"] for row in report["changes"]}


def test_the_configuration_of_the_commit_judges_the_working_tree(interlock: Run, repository: Path) -> None:
    """A pull request that loosens `buf.yaml` is judged by the old one, and says so; places are those of the tree."""
    write(repository, {"proto/buf.yaml": FILE})
    commit(repository, "buf")
    write(repository, {"proto/buf.yaml": WIRE, "proto/orders/v1/order.proto": RESERVED})
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 1, result.output
    assert "breaking  field-removed (FIELD_NO_DELETE)  proto/orders/v1/order.proto:3:1" in result.stdout
    assert "risky  buf-yaml-loosened  proto/buf.yaml:2:1" in result.stdout


def test_the_configuration_that_was_loosened_counts_from_then_on(interlock: Run, repository: Path) -> None:
    """Once the looser file is the baseline, it judges."""
    write(repository, {"proto/buf.yaml": WIRE})
    commit(repository, "buf")
    write(repository, {"proto/orders/v1/order.proto": RESERVED})
    assert interlock("check", "--against", "HEAD").exit_code == 0


def test_a_workspace_is_compared_at_its_modules(interlock: Run, here: Path) -> None:
    """Folder against folder: imports are relative to the modules, places to the folders."""
    workspace = "version: v2\nmodules:\n  - path: api\n"
    for side, text in (("old", PROTO), ("new", RESERVED)):
        user = 'syntax = "proto3";\npackage orders.v1;\nimport "order.proto";\nmessage User {\n  Order order = 1;\n}\n'
        write(here, {f"{side}/buf.yaml": workspace, f"{side}/api/order.proto": text, f"{side}/api/user.proto": user})
    result = interlock("diff", "old", "new")
    assert "breaking  field-removed (FIELD_NO_DELETE)  new/api/order.proto:3:1" in result.stdout


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--rules", "WIRE"), 0),
        (("--rules", "WIRE", "--rules", "FIELD_NO_DELETE"), 1),
        (("--allow", "reserved-deletions"), 0),
        (("--rules", "FIELD_NO_DELET"), 2),
    ],
)
def test_a_diff_chooses_its_rules(interlock: Run, here: Path, options: tuple[str, ...], code: int) -> None:
    """Categories and rules by buf's names, and what may pass beyond them."""
    write(here, {"old/order.proto": PROTO, "new/order.proto": RESERVED})
    assert interlock("diff", *options, "old", "new").exit_code == code


def test_the_names_of_buf_are_in_json(interlock: Run, here: Path) -> None:
    """A program that knows buf's ids finds them."""
    write(here, {"old/order.proto": PROTO, "new/order.proto": RESERVED})
    assert rules(interlock, "diff", "old", "new") == {"field-removed": ["FIELD_NO_DELETE"]}


def test_rules_of_protobuf_are_not_for_others(interlock: Run, here: Path) -> None:
    """An option that would do nothing is refused."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI})
    result = interlock("diff", "--rules", "WIRE", "old.yaml", "new.yaml")
    assert result.exit_code == 2
    assert "--rules and --allow are about Protobuf contracts." in result.stderr


def test_the_manifest_wins_over_the_file(interlock: Run, repository: Path) -> None:
    """`use` in [policy.protobuf] stands in place of what `buf.yaml` says, and `allow` adds to it."""
    write(repository, {"proto/buf.yaml": FILE})
    manifest = (repository / "interlock.toml").read_text()
    commit(repository, "buf")
    write(repository, {"proto/orders/v1/order.proto": RESERVED})
    for policy, code in (
        ("", 1),
        ('use = ["WIRE"]', 0),
        ('allow = ["reserved-deletions"]', 0),
        ('except = ["FIELD_NO_DELETE"]', 0),
    ):
        write(repository, {"interlock.toml": f"{manifest}\n[policy.protobuf]\n{policy}\n"})
        assert interlock("check", "--against", "HEAD").exit_code == code, policy
