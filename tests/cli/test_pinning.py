"""Contracts in a consumer's tree: pulled from a real registry, generated from with the real generators, verified."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.connection import Connection
from cli.failure import CommandFailed
from cli.pinning.pulling import Puller
from registry.domain.semver import Version
from tests.cli.support import Run, write


@pytest.fixture
def consumer(server: str, interlock: Run, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty tree of a consumer of the published contracts of `orders`; the current folder."""
    assert interlock("publish").exit_code == 0
    folder = tmp_path / "consumer"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_pulled_contract_is_what_was_published(interlock: Run, consumer: Path, repository: Path) -> None:
    """Byte for byte, in a folder of its own, with name, version and digest in the lock."""
    result = interlock("pull", "orders-grpc@1.0.0")
    assert result.stdout == "orders-grpc 1.0.0 (1 file) is in contracts/orders-grpc.\n", result.output
    assert bytes_below(consumer / "contracts/orders-grpc") == bytes_below(repository / "proto")
    lock = (consumer / "interlock.lock").read_text()
    assert 'name = "orders-grpc"\nversion = "1.0.0"\nkind = "protobuf"\ndigest = "' in lock
    assert interlock("verify-lock").exit_code == 0


@pytest.mark.parametrize(
    ("contract", "generator", "file"),
    [
        ("orders-grpc", "protoc-python", "orders/v1/order_pb2.py"),
        ("orders-grpc", "grpc-python", "orders/v1/order_pb2_grpc.py"),
        ("orders-grpc", "protoc-java", "orders/v1/OrderOuterClass.java"),
        ("orders-api", "models", "models.py"),
        ("OrderPlaced", "models", "models.py"),
    ],
)
def test_two_runs_of_a_generator_give_identical_bytes(
    interlock: Run, consumer: Path, contract: str, generator: str, file: str
) -> None:
    """In another folder, at another time, and as `verify-lock --regenerate` sees it."""
    assert interlock("pull", f"{contract}@1.0.0").exit_code == 0
    first = interlock("generate", contract, "--generator", generator)
    assert first.exit_code == 0, first.output
    assert interlock("generate", contract, "--generator", generator, "--into", "elsewhere").exit_code == 0
    made = bytes_below(consumer / "generated" / contract / generator)
    assert file in made
    assert made == bytes_below(consumer / "elsewhere")
    verified = interlock("verify-lock", "--regenerate")
    assert (verified.exit_code, verified.stdout) == (0, "1 contract and 2 generated: tree, lock and registry agree.\n")


def test_an_edited_file_is_named(interlock: Run, consumer: Path) -> None:
    """Changed, added and missing files fail the verification; pulling again with --force mends the tree."""
    interlock("pull", "orders-grpc@1.0.0")
    proto = consumer / "contracts/orders-grpc/orders/v1/order.proto"
    proto.write_text(proto.read_text() + "// mine\n")
    write(consumer / "contracts/orders-grpc", {"other.proto": 'syntax = "proto3";'})
    verified = interlock("verify-lock")
    assert verified.exit_code == 1
    assert "tree  orders-grpc 1.0.0: contracts/orders-grpc/orders/v1/order.proto is changed." in verified.stdout
    assert "tree  orders-grpc 1.0.0: contracts/orders-grpc/other.proto is added." in verified.stdout
    assert interlock("pull").exit_code == 1
    assert "// mine" in proto.read_text()
    assert interlock("pull", "--force").exit_code == 0
    assert interlock("verify-lock").exit_code == 0
    proto.unlink()
    assert "order.proto is missing." in interlock("verify-lock").stdout
    assert interlock("pull").exit_code == 0
    assert proto.exists()


def test_a_lock_that_was_edited_by_hand_is_refused(interlock: Run, consumer: Path) -> None:
    """At the entry: a digest that is not that of the files, a folder that leads out, a number that is none."""
    interlock("pull", "orders-grpc@1.0.0")
    lock = consumer / "interlock.lock"
    written = lock.read_text()
    digest = written.partition('digest = "')[2][:64]
    for old, new, place in [
        (digest, "0" * 64, "/contract/0/digest"),
        ("contracts/orders-grpc", "../orders", "/contract/0/folder"),
        ('version = "1.0.0"', 'version = "one"', "/contract/0/version"),
        ("format = 1", "format = 2", "/format"),
        ("format = 1", "format = 1\nsurprise = 2", "/surprise"),
        ("format = 1", "format = [", ""),
    ]:
        lock.write_text(written.replace(old, new))
        result = interlock("verify-lock")
        assert result.exit_code == 2, result.output
        assert f"interlock.lock#{place}" in result.stderr or not place
        assert interlock("pull", "orders-api@1.0.0").exit_code == 2


def test_a_lock_that_says_another_release_is_found_out_by_the_registry(interlock: Run, consumer: Path) -> None:
    """A consistent lie passes offline; online, the registry knows better."""
    interlock("pull", "orders-grpc@1.0.0")
    lock = consumer / "interlock.lock"
    lock.write_text(lock.read_text().replace('"1.0.0"', '"1.1.0"'))
    assert interlock("verify-lock", "--offline").exit_code == 0
    verified = interlock("verify-lock")
    assert verified.exit_code == 1
    assert verified.stdout.startswith("registry  orders-grpc 1.1.0: The registry has no such release")


def test_a_yanked_release_is_pulled_with_a_warning_and_refused_when_strict(interlock: Run, consumer: Path) -> None:
    """verify-lock says the same."""
    interlock("yank", "orders-api", "1.0.0", "--reason", "Wrong")
    refused = interlock("pull", "orders-api@1.0.0", "--strict")
    assert refused.exit_code == 1
    assert not (consumer / "interlock.lock").exists()
    pulled = interlock("pull", "orders-api@1.0.0")
    assert pulled.exit_code == 0
    assert "warning: orders-api 1.0.0 " in pulled.stderr
    assert interlock("verify-lock").exit_code == 0
    assert interlock("verify-lock", "--strict").exit_code == 1


def test_a_release_past_its_sunset_is_pulled_with_a_warning_and_refused_when_strict(
    interlock: Run, consumer: Path, server: str
) -> None:
    """Until that moment there is nothing to say."""
    interlock("deprecate", "orders-api", "1.0.0", "--reason", "Use v2", "--sunset", "2099-01-01")
    puller = Puller(Connection(server, "", 60), consumer / "interlock.lock", datetime(2098, 12, 31, tzinfo=UTC))
    later = replace(puller, now=datetime(2099, 1, 1, tzinfo=UTC))
    with pytest.raises(CommandFailed, match="past its sunset, 2099-01-01"):
        replace(later, strict=True).pull("orders-api", Version(1, 0, 0), None)
    assert not puller.lock_path.exists()
    assert puller.pull("orders-api", Version(1, 0, 0), None).concern is None
    assert later.pull("orders-api", Version(1, 0, 0), None).concern == "orders-api 1.0.0 is past its sunset, 2099-01-01."


def test_a_generator_that_is_not_installed_is_named_with_its_package(
    interlock: Run, consumer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written; the message says what to install."""
    interlock("pull", "orders-api@1.0.0")
    site_packages = next(path for path in sys.path if (Path(path) / "datamodel_code_generator").is_dir())
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path != site_packages])
    result = interlock("generate", "orders-api", "--generator", "models")
    assert result.exit_code == 2
    assert "error[generator-not-installed]" in result.stderr
    assert "pip install datamodel-code-generator" in result.stderr
    assert not (consumer / "generated").exists()


def test_another_version_of_a_generator_is_taken_only_when_asked(interlock: Run, consumer: Path) -> None:
    """The lock pins what made the code; --update takes what is installed."""
    interlock("pull", "orders-api@1.0.0")
    interlock("generate", "orders-api", "--generator", "models")
    lock = consumer / "interlock.lock"
    version = lock.read_text().partition('generator_version = "')[2].partition('"')[0]
    lock.write_text(lock.read_text().replace(f'generator_version = "{version}"', 'generator_version = "0.1.0"'))
    assert interlock("generate").exit_code == 1
    assert "the lock pins 0.1.0" in interlock("verify-lock", "--regenerate").stdout
    assert interlock("generate", "--update").exit_code == 0
    assert interlock("verify-lock", "--regenerate").exit_code == 0


def test_code_of_another_release_is_found_out(interlock: Run, consumer: Path, repository: Path) -> None:
    """After a new pin, code that was made of the old one is stale until it is generated again."""
    interlock("pull", "orders-api@1.0.0")
    interlock("generate", "orders-api", "--generator", "models")
    lock = consumer / "interlock.lock"
    source = lock.read_text().partition('source = "')[2][:64]
    lock.write_text(lock.read_text().replace(f'source = "{source}"', f'source = "{"0" * 64}"'))
    verified = interlock("verify-lock")
    assert verified.exit_code == 1
    assert "lock  models of orders-api: Generated from 000000000000" in verified.stdout


def test_a_folder_has_one_owner(interlock: Run, consumer: Path) -> None:
    """Neither a contract nor code goes into a folder that is another's, that is nested with one, or that leads out."""
    interlock("pull", "orders-api@1.0.0")
    for folder in ("contracts/orders-api", "contracts", "contracts/orders-api/below", "../out", "/tmp"):
        assert interlock("pull", "orders-grpc@1.0.0", "--into", folder).exit_code == 2
        assert interlock("generate", "orders-api", "--generator", "models", "--into", folder).exit_code == 2
    write(consumer, {"mine/notes.txt": "keep me"})
    assert interlock("pull", "orders-grpc@1.0.0", "--into", "mine").exit_code == 1
    assert interlock("generate", "orders-api", "--generator", "models", "--into", "mine").exit_code == 2
    assert (consumer / "mine/notes.txt").read_text() == "keep me"


@pytest.mark.parametrize(
    "arguments",
    [
        ("pull", "orders-api"),
        ("pull", "orders-api@latest"),
        ("pull", "no-such@1.0.0"),
        ("pull", "orders-api@9.9.9"),
        ("pull", "--into", "x"),
        ("generate", "orders-api"),
        ("generate", "orders-api", "--generator", "no-such"),
        ("generate", "orders-grpc", "--generator", "models"),
        ("generate", "--generator", "models"),
        ("verify-lock", "--lock", "no-such.lock"),
    ],
)
def test_what_cannot_be_done_is_exit_2_with_a_next_step(interlock: Run, consumer: Path, arguments: tuple[str, ...]) -> None:
    """A mistyped pin, a contract that is not there or not pulled, a generator that does not exist."""
    interlock("pull", "orders-api@1.0.0")
    result = interlock(*arguments)
    assert result.exit_code == 2, result.output


def test_the_answers_are_json_when_asked(interlock: Run, consumer: Path) -> None:
    """For scripts: what was pulled, what was made, what differs."""
    pulled = json.loads(interlock("pull", "orders-api@1.0.0", "--format", "json").stdout)
    assert [(row["contract"], row["folder"]) for row in pulled] == [("orders-api", "contracts/orders-api")]
    made = json.loads(interlock("generate", "orders-api", "--generator", "models", "--format", "json").stdout)
    assert list(made[0]["files"]) == ["models.py"]
    assert json.loads(interlock("verify-lock", "--format", "json").stdout) == {"agree": True, "deviations": []}
