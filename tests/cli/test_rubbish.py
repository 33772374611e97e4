"""Bad input: exit 2, the place, what to do, and no traceback; whatever the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import EXAMPLE, MANIFEST, OPENAPI, PROTO, SCHEMA, Run, git, write

_DEEP_JSON = '{"openapi": "3.1.0", "x": ' + "[" * 100_000 + "]" * 100_000 + "}"
_ALIAS_BOMB = "openapi: 3.1.0\nx-0: &x0 [a, a, a, a, a, a, a, a, a]\n" + "".join(
    f"x-{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
_DEEP_OPTION = f"{PROTO}option (x) = {'{a: ' * 1000}1{'}' * 1000};\n"


@pytest.mark.parametrize(
    ("name", "content", "code", "place"),
    [
        ("a.yaml", b"openapi: 3.1.0\ninfo: {title: \xff}\n", "not-text", "a.yaml:2:15"),
        ("a.json", '{"openapi": "3.1.0",\n "info": }', "malformed", "a.json:2:10"),
        ("a.yaml", "openapi: [3.1.0\n", "malformed", "a.yaml:"),
        ("a.yaml", "", "malformed", "a.yaml:1:1"),
        ("a.json", _DEEP_JSON, "limit-exceeded", "a.json:1:"),
        ("a.yaml", _ALIAS_BOMB, "limit-exceeded", "a.yaml:"),
        ("a.json", '{"openapi": "3.1.0",\n "openapi": "3.1.0"}', "duplicate-key", "a.json:2:2"),
        ("a.json", '{"openapi": "3.1.0", "x": NaN}', "not-a-number", "a.json:1:27"),
        ("a.json", '{"openapi": "3.1.0", "x": "\\ud800"}', "not-text", "a.json:1:"),
        ("a.yaml", "- just\n- a list\n", "wrong-kind", "a.yaml"),
        ("a.yaml", "asyncapi: 3.0.0\n", "wrong-kind", "a.yaml"),
        ("a.yaml", OPENAPI.replace("{type: integer}", "{$ref: '../outside.yaml'}"), "bad-reference", "a.yaml:"),
        ("a.yaml", OPENAPI.replace("{type: integer}", "{$ref: 'https://example.org/x.yaml'}"), "bad-reference", "a.yaml:"),
        ("a.proto", "syntax = 'proto3';\nmessage Order { string id = ; }\n", "malformed", "a.proto:2:"),
        ("a.proto", 'syntax = "proto3";\nimport "nowhere.proto";\n', "bad-reference", "a.proto:2:"),
        ("a.proto", 'syntax = "proto3";\nimport "../outside.proto";\n', "bad-reference", "a.proto:2:"),
        ("a.proto", _DEEP_OPTION, "limit-exceeded", "a.proto"),
    ],
)
def test_a_contract_that_cannot_be_read_is_exit_2_with_its_place(
    interlock: Run, here: Path, name: str, content: str | bytes, code: str, place: str
) -> None:
    """`interlock diff` names the class of the fault and where it is, and ends with what to do."""
    write(here, {f"bad/{name}": content, "good.yaml": OPENAPI, "good.proto": PROTO})
    result = interlock("diff", "good.proto" if name.endswith(".proto") else "good.yaml", f"bad/{name}")
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    first, last = result.stderr.splitlines()[0], result.stderr.splitlines()[-1]
    assert first.startswith(f"error[{code}]: bad/{place}"), first
    assert last.startswith("next: ")


def test_a_reference_to_itself_is_answered(interlock: Run, here: Path) -> None:
    """A schema that is nothing but itself describes nothing: exit 2 with its place, not a hang."""
    write(here, {"old.json": '{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}', "new.json": SCHEMA})
    result = interlock("diff", "old.json", "new.json")
    assert result.exit_code in {2, 3}, result.output


def test_a_file_over_the_limit_is_refused_before_it_is_read(interlock: Run, here: Path) -> None:
    """The limit is 16 MiB by default, and a setting."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI})
    with (here / "large.yaml").open("wb") as large:
        large.truncate(16 * 1024 * 1024 + 1)
    assert "error[limit-exceeded]: large.yaml: " in interlock("diff", "old.yaml", "large.yaml").stderr
    small = interlock("diff", "old.yaml", "new.yaml", environment={"INTERLOCK_MAX_FILE_BYTES": "100"})
    assert small.exit_code == 2
    assert "at most 100 are read" in small.stderr


@pytest.mark.parametrize(
    ("files", "code", "place"),
    [
        ({"interlock.toml": MANIFEST.replace("openapi/orders.yaml", "openapi/none.yaml")}, "bad-manifest", "interlock.toml"),
        ({"interlock.toml": MANIFEST.replace("openapi/orders.yaml", "../orders.yaml")}, "bad-manifest", "interlock.toml"),
        (
            {"interlock.toml": MANIFEST.replace('version = "1.0.0"', 'version = "one"', 1)},
            "bad-version",
            "interlock.toml#/provides/0/version",
        ),
        ({"interlock.toml": MANIFEST.replace("kind =", "sort =", 1)}, "bad-manifest", "interlock.toml#/provides/0/kind"),
        ({"interlock.toml": "[service\n"}, "malformed", "interlock.toml:1:"),
        ({"interlock.toml": b"\xff"}, "not-text", "interlock.toml"),
        ({"openapi/orders.yaml": "openapi: [\n"}, "malformed", "openapi/orders.yaml:"),
        ({"openapi/orders.yaml": SCHEMA}, "wrong-kind", "openapi/orders.yaml"),
        ({"proto/orders/v1/order.proto": "nonsense"}, "malformed", "proto/orders/v1/order.proto:1:"),
    ],
)
def test_a_service_that_cannot_be_read_is_exit_2_with_its_place(
    interlock: Run, repository: Path, files: dict[str, str | bytes], code: str, place: str
) -> None:
    """`interlock check` names files from the current folder, not from the contract's."""
    write(repository, files)
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 2, result.output
    assert result.stderr.splitlines()[0].startswith(f"error[{code}]: {place}"), result.stderr
    assert result.stderr.splitlines()[-1].startswith("next: ")


def test_a_link_that_leaves_the_folder_is_not_followed(interlock: Run, repository: Path, tmp_path: Path) -> None:
    """What lies outside of the tree is never read into a report."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n")
    (repository / "openapi/orders.yaml").unlink()
    (repository / "openapi/orders.yaml").symlink_to(secret)
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 2
    assert "error[bad-reference]: openapi/orders.yaml" in result.stderr
    assert "hunter2" not in result.output


def test_control_characters_of_a_document_do_not_reach_the_terminal(interlock: Run, here: Path) -> None:
    """A property called after an escape sequence is shown, not obeyed."""
    evil = OPENAPI.replace("total: {type: integer}", '"to\\e[2Jtal": {type: integer}')
    write(here, {"old.yaml": evil.replace("required: [id, total]", "required: [id]"), "new.yaml": OPENAPI})
    result = interlock("diff", "old.yaml", "new.yaml")
    assert result.exit_code == 1, result.output
    assert "\x1b[2J" not in result.output
    assert "\\x1b[2J" in result.stdout


@pytest.mark.parametrize("option", [("--kind", "wsdl"), ("--mode", "sideways"), ("--as-of", "tomorrow"), ("--format", "xml")])
def test_a_wrong_option_value_is_exit_2_and_named(interlock: Run, here: Path, option: tuple[str, str]) -> None:
    """Click checks options before a command runs."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI})
    result = interlock("diff", "old.yaml", "new.yaml", *option)
    assert result.exit_code == 2
    assert option[0] in result.stderr


def test_an_unknown_command_is_exit_2(interlock: Run) -> None:
    """The message points to the help."""
    result = interlock("chekc")
    assert result.exit_code == 2
    assert "No such command 'chekc'" in result.stderr


def test_results_of_another_shape_are_exit_2_with_the_place(interlock: Run, here: Path) -> None:
    """`record-verification` says where the results are wrong before anything is sent."""
    write(here, {"results.json": json.dumps([{"pact": "a.json", "success": True}, {"pact": "b.json", "success": "yes"}], indent=1)})
    result = interlock("record-verification", "--provider", "orders", "--version", "1", "--results", "results.json")
    assert result.exit_code == 2
    assert result.stderr.startswith("error[bad-request]: results.json:6:")
    assert "success" in result.stderr


def test_a_pact_that_is_missing_is_exit_2(interlock: Run, here: Path) -> None:
    """The message says which option moves the start of the paths."""
    write(here, {"results.json": json.dumps([{"pact": "pacts/none.json", "success": True}])})
    result = interlock("record-verification", "--provider", "orders", "--version", "1", "--results", "results.json")
    assert result.exit_code == 2
    assert "--pacts-root" in result.stderr


def test_a_repository_of_somebody_else_is_said(interlock: Run, service: Path) -> None:
    """Where git itself refuses to work, its words are shown."""
    git(service, "init", "--quiet")
    write(service, {".git/config": "[core\n", "events/order-placed.example.json": EXAMPLE})
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 2
    assert result.stderr.startswith("error[git]: ")
