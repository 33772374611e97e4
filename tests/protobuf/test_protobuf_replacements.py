"""Types that were renamed, moved or exchanged, and are compared with what took their place."""

from __future__ import annotations

import pytest

from registry.domain.change import WireWitness
from registry.domain.policy import Allowance, ProtobufPolicy
from registry.domain.verdict import Severity, Verdict
from registry.engines.protobuf.selection import Category
from tests.protobuf.support import between, only

FOLLOWED = frozenset({Allowance.FOLLOWED_RENAMES})
OLD = """message Item { string sku = 1; int32 count = 2; }
message Cart { repeated Item items = 1; map<string, Item> by_sku = 2; }
service Carts { rpc Add(Item) returns (Cart); }
"""
RENAMED = OLD.replace("Item", "Line")


def rules(old: str, new: str, *use: str, allow: frozenset[Allowance] = FOLLOWED) -> set[str]:
    """What is found, additions left out."""
    found = between(old, new, policy=ProtobufPolicy(use=use, allow=allow)).changes
    return {change.rule for change in found if not change.rule.endswith("-added")}


@pytest.mark.parametrize("category", Category)
def test_a_renamed_message_passes_where_that_is_allowed(category: Category) -> None:
    """Fields, maps and methods that carry it are no findings; in every category."""
    policy = ProtobufPolicy(use=(category.value,))
    assert between(OLD, RENAMED, policy=policy).verdict is Verdict.NO
    assert rules(OLD, RENAMED, category.value) == {"type-replaced"}


def test_a_rename_is_risky_and_names_both() -> None:
    """Generated source has another name for it, which the owner allowed."""
    change = only(between(OLD, RENAMED, policy=ProtobufPolicy(allow=FOLLOWED)), "type-replaced")
    assert change.severity is Severity.RISKY
    assert change.elements[:2] == ("example.Item", "example.Line")
    assert "was renamed to example.Line: breaks generated source" in change.message


def test_what_changed_besides_is_found_in_the_new_message() -> None:
    """The two are compared by every rule that is asked: here the name of a field, which the wire does not know."""
    new = RENAMED.replace("string sku = 1", "string code = 1")
    assert rules(OLD, new, "FILE") == {"type-replaced", "field-renamed", "field-json-name-changed"}
    assert rules(OLD, new, "WIRE") == {"type-replaced"}


@pytest.mark.parametrize(
    "line",
    [
        "int32 sku = 1; int32 count = 2;",
        "string sku = 1;",
        "repeated string sku = 1; int32 count = 2;",
        "oneof one { string sku = 1; int32 count = 2; }",
    ],
    ids=["another type", "a field less", "another cardinality", "a oneof"],
)
def test_a_message_that_reads_other_bytes_did_not_take_its_place(line: str) -> None:
    """What the rules of the category WIRE find makes it another message: the change of type is the finding."""
    found = rules(OLD, RENAMED.replace("string sku = 1; int32 count = 2;", line), "FILE")
    assert {"field-type-changed", "method-request-type-changed", "message-removed"} <= found
    assert "type-replaced" not in found


def test_a_field_that_is_reserved_does_no_harm() -> None:
    """A deletion with its number reserved is none to the category WIRE, and one to the category FILE."""
    new = RENAMED.replace("int32 count = 2;", "reserved 2;")
    assert rules(OLD, new, "WIRE") == {"type-replaced"}
    assert rules(OLD, new, "FILE") == {"type-replaced", "field-removed"}


def test_bytes_of_a_renamed_message_are_read_under_its_new_name() -> None:
    """The witness of a break inside it is written as the one message and read as the other."""
    new = RENAMED.replace("int32 count = 2", "reserved 2")
    change = only(between(OLD, new, policy=ProtobufPolicy(allow=FOLLOWED)), "field-removed")
    assert isinstance(change.witness, WireWitness)
    assert change.witness.message == "example.Item"


def test_types_that_contain_themselves_are_followed() -> None:
    """The search assumes what it looks at, so that a tree of nodes ends."""
    old = (
        "message Node { repeated Node children = 1; Leaf leaf = 2; } message Leaf { Node up = 1; } message Root { Node node = 1; }"
    )
    assert rules(old, old.replace("Node", "Branch"), "FILE") == {"type-replaced"}


def test_what_counts_on_a_break_breaks() -> None:
    """A chain of renamed messages stands only as a whole: its last link reads other bytes."""
    old = "message A { B b = 1; } message B { C c = 1; } message C { string id = 1; } message Root { A a = 1; }"
    new = old
    for name in "ABC":
        new = new.replace(f"{name} ", f"{name}2 ")
    assert rules(old, new, "WIRE") == {"type-replaced"}
    assert rules(old, new.replace("string id", "int32 id"), "WIRE") == {"field-type-changed-on-wire"}


def test_nested_types_go_with_their_message() -> None:
    """An enum inside of a renamed message has another full name and is the same, and is not told apart."""
    old = "message Item { enum Unit { UNIT_UNSPECIFIED = 0; } Unit unit = 1; message Note { } } message Cart { Item item = 1; }"
    changes = between(old, old.replace("Item", "Line"), policy=ProtobufPolicy(use=("FILE",), allow=FOLLOWED)).changes
    assert [change.elements[0] for change in changes if not change.rule.endswith("-added")] == ["example.Item"]


def test_a_message_moves_to_another_file() -> None:
    """Under its own name: in the category FILE a deletion, unless moves are followed."""
    old = "// file: a.proto\nmessage Item { }\nmessage Cart { Item item = 1; }\n// file: b.proto\nmessage Other { }\n"
    new = old.replace("message Item { }\n", 'import "b.proto";\n') + "message Item { }\n"
    assert rules(old, new, "FILE", allow=frozenset()) == {"message-removed"}
    assert rules(old, new, "FILE") == {"type-replaced"}


def test_a_message_moves_to_another_package() -> None:
    """Its full name changes with the package of its file."""
    cart = '// file: a.proto\nsyntax = "proto3"; package shop; import "b.proto"; message Cart {{ {0}.Item item = 1; }}\n'
    item = '// file: b.proto\nsyntax = "proto3"; package {0}; message Item {{ }}\n'
    old, new = ((cart + item).format(package) for package in ("here", "there"))
    assert {"field-type-changed-on-wire", "file-package-changed"} == rules(old, new, "WIRE", allow=frozenset())
    assert {"type-replaced", "file-package-changed"} == rules(old, new, "WIRE")


def test_a_type_may_be_exchanged_for_another_that_stays() -> None:
    """Both messages were there before; the field's new one reads what the old one wrote."""
    old = "message A { string id = 1; } message B { string id = 1; } message Cart { A a = 1; }"
    assert rules(old, old.replace("A a = 1", "B a = 1"), "FILE") == {"type-replaced"}
