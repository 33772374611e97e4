"""Contracts that are compiled with the released files of other contracts."""

from __future__ import annotations

import pytest

from registry.domain.contract import Mode, Source
from registry.domain.errors import BadReference, LimitExceeded, Malformed
from registry.domain.imports import Import, import_root, imported_contracts
from registry.domain.policy import ProtobufPolicy
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.contract import parse
from registry.engines.protobuf.inventory import elements
from registry.engines.protobuf.limits import CompileLimits
from registry.engines.protobuf.lint import lint
from tests.protobuf.support import AS_OF

MONEY = 'syntax = "proto3";\npackage common.v1;\nmessage Money {\n  int64 cents = 1;\n  string currency = 2;\n}\n'
ORDER = """\
syntax = "proto3";
package orders.v1;
import "common/v1/money.proto";
message Order {
  common.v1.Money total = 1;
}
"""
PINNED = "imports/common-protos@1.2.0/common/v1/money.proto"


def _with(files: dict[str, str], order: str = ORDER) -> Source:
    return Source({path: text.encode() for path, text in {"orders/v1/order.proto": order, **files}.items()}, "")


def _rules(old: Source, new: Source) -> list[tuple[str, str]]:
    found = compare(parse(old), parse(new), mode=Mode.BACKWARD, as_of=AS_OF).changes
    return [(change.rule, change.elements[0]) for change in found]


def test_imported_files_are_compiled_and_are_not_the_contracts_own() -> None:
    """The field has its type; what the contract offers is what its own files declare."""
    compiled = parse(_with({PINNED: MONEY}))
    assert compiled.own == {"orders/v1/order.proto"}
    assert elements(compiled) == {"orders.v1.Order", "orders.v1.Order.total"}
    assert "common.v1.Money" in compiled.everything.messages


def test_a_file_that_nothing_imports_is_left_out() -> None:
    """Of a large contract of common types only what is used counts."""
    unused = "imports/common-protos@1.2.0/common/v1/unused.proto"
    compiled = parse(_with({PINNED: MONEY, unused: 'syntax = "proto3"; package common.v1; message Unused {}'}))
    assert "common.v1.Unused" not in compiled.everything.messages


def test_what_changed_in_an_imported_file_is_judged_in_its_own_contract() -> None:
    """Another release of it is no finding; another type of the field still is."""
    old = _with({PINNED: MONEY})
    moved = _with({PINNED.replace("1.2.0", "1.3.0"): MONEY.replace("string currency", "string code")})
    assert _rules(old, moved) == []
    retyped = _with({PINNED: MONEY}, ORDER.replace("common.v1.Money total", "string total").replace("import", "// import"))
    assert ("field-type-changed", "orders.v1.Order.total") in _rules(old, retyped)


def test_rules_that_were_chosen_judge_imports_too() -> None:
    """As buf's do, at the place where the file stands in either revision."""
    old = parse(_with({PINNED: MONEY}))
    new = parse(_with({PINNED.replace("1.2.0", "2.0.0"): MONEY.replace("  string currency = 2;\n", "")}))
    found = compare(old, new, mode=Mode.BACKWARD, as_of=AS_OF, policy=ProtobufPolicy(use=("FILE",))).changes
    assert [(change.rule, str(change.old)) for change in found] == [("field-removed", f"{PINNED}:5:3")]


def test_an_imported_contract_brings_its_own_imports_and_its_own_roots() -> None:
    """Its `buf.yaml` says where its modules stand, and the folder below it holds what it imports itself."""
    root = "imports/common-protos@1.2.0"
    money = MONEY.replace("package common.v1;", 'package common.v1;\nimport "units/unit.proto";').replace(
        "string currency", "units.Unit currency"
    )
    files = {
        f"{root}/buf.yaml": "version: v2\nmodules:\n  - path: proto\n",
        f"{root}/proto/common/v1/money.proto": money,
        f"{root}/imports/units@1.0.0/units/unit.proto": 'syntax = "proto3"; package units; message Unit {}',
    }
    assert {"units.Unit", "common.v1.Money"} <= parse(_with(files)).everything.messages.keys()


def test_what_comes_on_two_ways_has_to_be_the_same() -> None:
    """Two contracts may bring one release of a third; they may not bring two of different bytes."""
    other = "imports/billing@1.0.0/imports/common-protos@1.1.0/common/v1/money.proto"
    bill = {"imports/billing@1.0.0/billing/bill.proto": 'syntax = "proto3"; package billing; message Bill {}'}
    assert parse(_with({PINNED: MONEY, other: MONEY, **bill})).own
    with pytest.raises(BadReference, match=r"both imported as common/v1/money\.proto, and differ"):
        parse(_with({PINNED: MONEY, other: MONEY.replace("currency", "code"), **bill}))


def test_an_own_file_and_an_imported_one_cannot_have_one_name() -> None:
    """Also with the same bytes: whose it is decides what is compared."""
    with pytest.raises(BadReference, match=r"common/v1/money\.proto") as refusal:
        parse(_with({PINNED: MONEY, "common/v1/money.proto": MONEY}))
    assert refusal.value.location
    assert refusal.value.location.file == "common/v1/money.proto"


def test_the_folder_of_another_name_is_the_contracts_own() -> None:
    """Only `imports/NAME@VERSION/` is reserved; a contract that has always had a folder `imports` keeps it."""
    text = 'syntax = "proto3"; package mine; message Mine {}'
    assert elements(parse(Source({"imports/mine.proto": text.encode()}, ""))) == {"mine.Mine"}
    assert import_root("imports/mine@one/x.proto") == ""
    assert import_root("imports/a@1.0.0") == ""
    assert import_root("imports/a@1.0.0/imports/b@2.0.0/x.proto") == "imports/a@1.0.0/imports/b@2.0.0"
    assert imported_contracts(["x.proto", "imports/a@1.0.0/imports/b@2.0.0/x.proto"]) == {
        Import("a", Import.parse("a@1.0.0").version): ("imports/b@2.0.0/x.proto",)  # type: ignore[union-attr]
    }


@pytest.mark.parametrize("text", ["a", "a@", "@1.0.0", "a@1", "a@1.0.0+build", "a/b@1.0.0", "a@1.0.0@2.0.0"])
def test_a_pin_is_a_name_and_a_whole_version(text: str) -> None:
    """Spelt in one way, so that one release has one folder."""
    assert Import.parse(text) is None


def test_a_fault_in_an_imported_file_is_named_where_it_stands() -> None:
    """In the revision, and not by the name that it is imported by."""
    with pytest.raises(Malformed) as refusal:
        parse(_with({PINNED: MONEY.replace("int64 cents", "Cents cents")}))
    assert refusal.value.location
    assert refusal.value.location.file == PINNED


def test_limits_count_imported_files() -> None:
    """Whoever imports a large contract has a large contract."""
    with pytest.raises(LimitExceeded, match=r"2 \.proto files; 1 are allowed"):
        parse(_with({PINNED: MONEY}), CompileLimits(files=1))


def test_imports_nested_a_thousand_times_are_answered_at_once() -> None:
    """The way down is walked without recursion."""
    deep = "imports/a@1.0.0/" * 1_000
    with pytest.raises(BadReference, match="descriptor set"):
        parse(_with({f"{deep}x.txt": "", PINNED: MONEY}))


@pytest.mark.parametrize("configuration", ["", "version: v1\n", "version: v2\nmodules:\n  - path: proto\n"])
def test_style_is_asked_of_own_files_only(configuration: str) -> None:
    """buf finds what is imported, and what it says about it is left out."""
    root = "proto/" if "modules" in configuration else ""
    files = {
        f"{root}orders/v1/order.proto": ORDER.replace("total", "orderTotal"),
        PINNED: MONEY.replace("cents", "centsOfIt"),
        **({"buf.yaml": configuration} if configuration else {}),
    }
    found = lint(Source({path: text.encode() for path, text in files.items()}, ""))
    named = [change.new.file for change in found if change.rule == "buf-lint:FIELD_LOWER_SNAKE_CASE" and change.new]
    assert named == [f"{root}orders/v1/order.proto"]
