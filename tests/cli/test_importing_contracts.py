"""A service that pulls a contract of common types and publishes one that imports it."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.domain.contract import digest_of, digest_of_files
from tests.cli.support import Run, commit, git, write

COMMON = """\
[service]
name = "common"
team = "team-platform"
domain = "platform"

[[provides]]
contract = "common-protos"
kind = "protobuf"
path = "proto"
version = "1.2.0"
"""
SHOP = """\
[service]
name = "shop"
team = "team-shop"
domain = "shop"

[[provides]]
contract = "shop-grpc"
kind = "protobuf"
path = "proto"
version = "1.0.0"
imports = ["common-protos@1.2.0"]
"""
MONEY = 'syntax = "proto3";\npackage common.v1;\nmessage Money {\n  int64 cents = 1;\n}\n'
CART = """\
syntax = "proto3";
package shop.v1;
import "common/v1/money.proto";
message Cart {
  common.v1.Money total = 1;
  string coupon = 2;
}
"""


@pytest.fixture
def shop(server: str, interlock: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of a service that has not yet pulled what it imports; the current folder."""
    common = tmp_path / "common"
    write(common, {"interlock.toml": COMMON, "proto/common/v1/money.proto": MONEY})
    published = interlock("publish", common, "--service-version", "c1", "--branch", "main")
    assert published.exit_code == 0, published.output
    folder = tmp_path / "shop"
    write(folder, {"interlock.toml": SHOP, "proto/shop/v1/cart.proto": CART})
    monkeypatch.chdir(folder)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    return folder


def test_pull_then_publish_then_pull_elsewhere(interlock: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The contract is refused until its import is pulled; whoever pulls it gets all that it is compiled from."""
    commit(shop, "Before")
    refused = interlock("publish")
    assert refused.exit_code == 2
    assert "interlock.lock: common-protos@1.2.0 is imported and was not pulled" in refused.stderr
    assert "interlock pull common-protos@1.2.0" in refused.stderr
    assert interlock("pull", "common-protos@1.2.0").exit_code == 0
    commit(shop, "Pull what is imported")
    published = interlock("publish")
    assert published.exit_code == 0, published.output
    consumer = tmp_path / "consumer"
    consumer.mkdir()
    monkeypatch.chdir(consumer)
    pulled = interlock("pull", "shop-grpc@1.0.0")
    assert pulled.stdout == "shop-grpc 1.0.0 (2 files) is in contracts/shop-grpc.\n", pulled.output
    folder = consumer / "contracts/shop-grpc"
    assert (folder / "imports/common-protos@1.2.0/common/v1/money.proto").read_text() == MONEY
    made = interlock("generate", "shop-grpc", "--generator", "protoc-python")
    assert made.exit_code == 0, made.output
    generated = consumer / "generated/shop-grpc/protoc-python"
    assert [path.name for path in generated.rglob("*.py")] == ["cart_pb2.py"]
    assert interlock("verify-lock", "--regenerate").exit_code == 0
    same = interlock("diff", folder, folder)
    assert same.exit_code == 0, same.output


def test_a_check_against_a_commit_reads_the_lock_of_the_commit(interlock: Run, shop: Path) -> None:
    """Each side is compiled with what it had pulled."""
    interlock("pull", "common-protos@1.2.0")
    commit(shop, "First")
    cart = shop / "proto/shop/v1/cart.proto"
    cart.write_text(CART.replace("  string coupon = 2;\n", ""))
    checked = interlock("check", "--against", "HEAD")
    assert checked.exit_code == 1, checked.output
    assert "shop.v1.Cart.coupon" in checked.stdout
    assert "common.v1" not in checked.stdout


def test_another_major_line_of_an_import_is_told(interlock: Run, shop: Path, tmp_path: Path) -> None:
    """By both checks, the one against a commit and the one against the registry."""
    interlock("pull", "common-protos@1.2.0")
    commit(shop, "First")
    assert interlock("publish").exit_code == 0
    common = tmp_path / "common"
    write(
        common, {"interlock.toml": COMMON.replace("1.2.0", "2.0.0"), "proto/common/v1/money.proto": MONEY.replace("cents", "units")}
    )
    assert interlock("publish", common, "--service-version", "c2", "--branch", "main").exit_code == 0
    assert interlock("pull", "common-protos@2.0.0").exit_code == 0
    (shop / "interlock.toml").write_text(SHOP.replace("@1.2.0", "@2.0.0"))
    for arguments in (("check",), ("check", "--against", "HEAD")):
        checked = interlock(*arguments)
        assert "shop-grpc: imports common-protos@2.0.0 instead of 1.2.0" in checked.output, checked.output


def test_a_finding_in_an_imported_file_is_shown(interlock: Run, shop: Path) -> None:
    """At its place in the revision, which is no file of the tree."""
    interlock("pull", "common-protos@1.2.0")
    (shop / "interlock.toml").write_text(f'{SHOP}\n[policy.protobuf]\nuse = ["FILE"]\n')
    commit(shop, "First")
    folder, lock = shop / "contracts/common-protos", shop / "interlock.lock"
    text = MONEY.replace("  int64 cents = 1;\n", "")
    write(folder, {"common/v1/money.proto": text})
    old, new = (digest_of(data.encode()) for data in (MONEY, text))
    revisions = [digest_of_files({"common/v1/money.proto": digest}) for digest in (old, new)]
    lock.write_text(lock.read_text().replace(old, new).replace(*revisions))
    checked = interlock("check", "--against", "HEAD")
    assert checked.exit_code == 1, checked.output
    assert "proto/imports/common-protos@1.2.0/common/v1/money.proto:3:1" in checked.stdout
    for style in ("github", "sarif", "json"):
        assert interlock("check", "--against", "HEAD", "--format", style).exit_code == 1


def test_an_edited_import_is_refused_before_anything_is_sent(interlock: Run, shop: Path) -> None:
    """The file is named, and the command that restores it."""
    interlock("pull", "common-protos@1.2.0")
    money = shop / "contracts/common-protos/common/v1/money.proto"
    money.write_text(MONEY.replace("cents", "euros"))
    commit(shop, "Edit")
    refused = interlock("publish")
    assert refused.exit_code == 2
    assert "contracts/common-protos/common/v1/money.proto of the imported common-protos@1.2.0 is changed" in refused.stderr
    assert "interlock pull --force" in refused.stderr


def test_a_lie_in_the_lock_is_found_out_by_the_registry(interlock: Run, shop: Path) -> None:
    """A lock that agrees with the tree and not with the release passes here and is refused there."""
    interlock("pull", "common-protos@1.2.0")
    lock = shop / "interlock.lock"
    lock.write_text(lock.read_text().replace('"1.2.0"', '"1.3.0"'))
    manifest = shop / "interlock.toml"
    manifest.write_text(SHOP.replace("@1.2.0", "@1.3.0"))
    commit(shop, "Lie")
    refused = interlock("publish")
    assert refused.exit_code == 2, refused.output
    assert "There is no release of common-protos '1.3.0'" in refused.stderr
