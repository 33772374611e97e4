"""What the gate says about Protobuf contracts, beyond the rules that it shares with buf."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from registry.domain.change import NoWitness, WireWitness
from registry.domain.contract import Mode
from registry.domain.location import Location, Position
from registry.domain.policy import Allowance, ProtobufPolicy
from registry.domain.verdict import Direction, Severity, Verdict
from registry.engines.governance.consumers import Audience, KnownConsumer, join
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.inventory import elements
from registry.engines.protobuf.selection import Category
from tests.protobuf.support import AS_OF, between, compiled, only

CART = """message Cart {
  string id = 1;
  // Whom the discount is for.
  // Sunset: 2026-10-01
  string coupon = 2 [deprecated = true];
}
message GetCart { string id = 1; }
message Page { repeated Cart carts = 1; }
service Carts {
  rpc Get(GetCart) returns (Cart);
  rpc List(GetCart) returns (Page);
}
"""
COUPON = "  string coupon = 2 [deprecated = true];\n"
RESERVED = '  reserved 2;\n  reserved "coupon";\n'


def test_equal_contracts_do_not_differ() -> None:
    """Nothing changed: no findings, in any mode."""
    for mode in Mode:
        assert between(CART, CART, mode=mode).changes == ()


def test_a_field_may_go_after_its_sunset_when_it_is_reserved() -> None:
    """Deprecated, past its sunset, number and name reserved: it does not block, and as a removed promise its consumers decide."""
    comparison = between(CART, CART.replace(COUPON, RESERVED))
    change = only(comparison, "field-removed")
    assert comparison.verdict is Verdict.YES
    assert (change.severity, change.removes_promise) == (Severity.RISKY, True)
    assert "after its sunset on 2026-10-01" in change.message


@pytest.mark.parametrize(
    ("old", "new", "as_of", "advice"),
    [
        (CART, CART.replace(COUPON, ""), AS_OF, 'write `reserved 2; reserved "coupon";` in its place'),
        (CART, CART.replace(COUPON, "  reserved 2;\n"), AS_OF, 'write `reserved "coupon";` in its place'),
        (CART, CART.replace(COUPON, RESERVED), datetime(2026, 9, 30, tzinfo=UTC), "its sunset is 2026-10-01"),
        (CART.replace("Sunset", "Dawn"), CART.replace(COUPON, RESERVED), AS_OF, "without a `Sunset: YYYY-MM-DD` comment"),
        (CART.replace("2026-10-01", "2026-13-01"), CART.replace(COUPON, RESERVED), AS_OF, "without a `Sunset: YYYY-MM-DD` comment"),
        (CART.replace(" [deprecated = true]", ""), CART.replace(COUPON, RESERVED), AS_OF, "deprecate it with a sunset first"),
    ],
    ids=["not reserved", "name not reserved", "sunset to come", "no sunset", "no such day", "not deprecated"],
)
def test_a_field_may_not_go_otherwise(old: str, new: str, as_of: datetime, advice: str) -> None:
    """Whatever is missing for a deletion is named, and the deletion breaks."""
    comparison = between(old, new, as_of=as_of)
    change = only(comparison, "field-removed")
    assert comparison.verdict is Verdict.NO
    assert change.removes_promise
    assert advice in change.message


def test_the_sunset_day_itself_is_past() -> None:
    """A sunset names the first day without the element."""
    new = CART.replace(COUPON, RESERVED)
    assert between(CART, new, as_of=datetime(2026, 10, 1, tzinfo=UTC)).verdict is Verdict.YES


def test_a_service_s_sunset_covers_its_methods() -> None:
    """What is announced for the whole holds for its parts."""
    announced = "// Sunset: 2026-01-31\nservice Carts {\n  option deprecated = true;\n  rpc Get(GetCart) returns (Cart);\n"
    old = CART.replace("service Carts {\n  rpc Get(GetCart) returns (Cart);\n", announced)
    new = old.replace("  rpc Get(GetCart) returns (Cart);\n", "")
    assert only(between(old, new), "method-removed").severity is Severity.RISKY


def test_a_file_s_sunset_covers_its_deletion() -> None:
    """A file is deprecated by its option and dated beside its syntax."""
    kept = "// file: cart.proto\nmessage Cart { string id = 1; }\n"
    head = '// Sunset: 2026-01-31\nsyntax = "proto3";\npackage old;\noption deprecated = true;\n'
    old = f"{kept}// file: old.proto\n{head}message Gone {{ }}\nservice Olds {{ rpc Get(Gone) returns (Gone); }}\n"
    change = only(between(old, kept), "file-removed")
    assert change.severity is Severity.RISKY
    assert set(change.elements) == {"old.Gone", "old.Olds", "old.Olds.Get"}


def test_a_selection_forgives_no_deletion() -> None:
    """With buf's own rules a deletion breaks however it was announced, unless the owner allows it."""
    new = CART.replace(COUPON, RESERVED)
    allowed = ProtobufPolicy(use=("FILE",), allow=frozenset({Allowance.SUNSET_DELETIONS}))
    assert between(CART, new, policy=ProtobufPolicy(use=("FILE",))).verdict is Verdict.NO
    assert between(CART, new, policy=allowed).verdict is Verdict.YES


def test_a_change_names_the_methods_that_carry_it() -> None:
    """A field's change reaches every method whose request or response holds its message, at any depth."""
    change = only(between(CART, CART.replace("string id = 1;\n  //", "int64 id = 1;\n  //")), "field-type-changed")
    assert change.elements == ("example.Cart.id", "example.Carts.Get", "example.Carts.List")


def test_places_are_those_of_the_changed_words() -> None:
    """Line and column of the type on both sides, with the full name of the field."""
    change = only(between(CART, CART.replace("string id = 1;\n  //", "\n  int64 id = 1;\n  //")), "field-type-changed")
    assert change.old == Location("example.proto", "example.Cart.id", Position(4, 3), Position(4, 9))
    assert change.new == Location("example.proto", "example.Cart.id", Position(5, 3), Position(5, 8))


@pytest.mark.parametrize(
    ("old", "new", "written", "read"),
    [
        ("int32", "sint32", "f: -75", "f: -2147483611"),
        ("int64", "int32", "f: 1099511627777", "f: 1"),
        ("bytes", "string", 'f: "\\377"', "refused: the bytes cannot be parsed"),
        ("int32", "uint64", "f: -75", "f: 18446744073709551541"),
        (
            "int32",
            "repeated int32",
            "by the new contract: f: -75 f: 75",
            "by the old contract: an empty message, with field 1 unknown",
        ),
        ("optional string", "string", "", ""),
        ("repeated string", "string", 'f: "first" f: "second"', 'f: "second"'),
        ("string", "fixed64", 'f: "first"', "an empty message, with field 1 unknown"),
    ],
)
def test_a_wire_break_is_shown_in_bytes(old: str, new: str, written: str, read: str) -> None:
    """A message written under the old contract, and what the new one makes of it; none when both read the same."""
    comparison = between(f"message A {{ {old} f = 1; }}", f"message A {{ {new} f = 1; }}")
    witness = comparison.changes[0].witness
    if written == read:
        assert isinstance(witness, NoWitness)
    else:
        assert isinstance(witness, WireWitness)
        assert (witness.message, witness.written) == ("example.A", written)
        assert witness.read == read


def test_a_removed_enum_value_is_shown_in_the_field_that_uses_it() -> None:
    """The new contract reads a bare number where the old one wrote a name."""
    text = "enum Unit {{ UNIT_UNSPECIFIED = 0; {} }} message Line {{ Unit unit = 1; }}"
    witness = only(between(text.format("UNIT_BOX = 1;"), text.format("")), "enum-value-removed").witness
    assert witness == WireWitness("example.Line", "0801", "unit: UNIT_BOX", "unit: 1")


def test_a_renumbered_field_is_one_finding() -> None:
    """The same name under another number is a break that no sunset and no reservation helps."""
    comparison = between(CART, CART.replace("string coupon = 2", "string coupon = 3"))
    (change,) = comparison.changes
    assert (change.rule, change.severity) == ("field-removed", Severity.BREAKING)
    assert "was renumbered to 3" in change.message


def test_names_have_no_bytes() -> None:
    """A rename is not on the wire, and says so."""
    renamed = only(between("message A { string a = 1; }", "message A { string b = 1; }"), "field-renamed")
    assert isinstance(renamed.witness, NoWitness)


def test_a_rename_is_one_finding() -> None:
    """The JSON name that follows a field's name is not reported beside it; one that is set by hand is."""
    rules = [change.rule for change in between("message A { string a = 1; }", "message A { string b = 1; }").changes]
    assert rules == ["field-renamed"]


def test_nested_declarations_go_with_their_parent() -> None:
    """A deleted message speaks for what it contains, map entries included."""
    text = "message A { message B { enum C { Z = 0; } map<string, string> m = 1; } string s = 1; }"
    changes = between(f"message Kept {{ }} {text}", "message Kept { }").changes
    assert [change.rule for change in changes] == ["message-removed"]


def test_the_well_known_types_are_nobody_s_contract() -> None:
    """An import that is no longer used is no deletion."""
    used = 'import "google/protobuf/timestamp.proto";\nmessage A { google.protobuf.Timestamp t = 1; reserved 2; }'
    rules = {change.rule for change in between(used, "message A { reserved 2; }").changes}
    assert rules == {"field-removed"}


@pytest.mark.parametrize(
    ("rule", "backward", "forward"),
    [
        ("method-added", Severity.SAFE, Severity.BREAKING),
        ("field-added", Severity.SAFE, Severity.RISKY),
        ("message-added", Severity.SAFE, Severity.SAFE),
        ("enum-value-added", Severity.SAFE, Severity.SAFE),
    ],
)
def test_additions_are_judged_by_direction(rule: str, backward: Severity, forward: Severity) -> None:
    """Old clients never miss what is new; new clients miss it on an old server. Full takes the worse."""
    text = "message A {{ string a = 1; {} }} {} enum E {{ Z = 0; {} }} service S {{ rpc Get(A) returns (A); {} }}"
    old, new = text.format("", "", "", ""), text.format("B b = 2;", "message B { }", "O = 1;", "rpc Put(A) returns (A);")
    found = {mode: only(between(old, new, mode=mode), rule) for mode in Mode}
    assert found[Mode.BACKWARD].severity is found[Mode.NONE].severity is backward
    assert found[Mode.FORWARD].severity is found[Mode.FULL_TRANSITIVE].severity is forward


def test_a_removal_does_not_hurt_a_client_that_never_knew_it() -> None:
    """Forward: the new client's stubs lack the field, and an old server does without it."""
    change = only(between(CART, CART.replace(COUPON, ""), mode=Mode.FORWARD), "field-removed")
    assert (change.severity, change.direction) == (Severity.SAFE, Direction.FORWARD)


def test_a_value_added_to_a_closed_enum_is_risky() -> None:
    """An old reader of a closed enum keeps the number apart and sees the default."""
    text = 'syntax = "proto2"; package example; enum E {{ Z = 0; {} }}'
    change = only(between(text.format(""), text.format("O = 1;")), "enum-value-added")
    assert change.severity is Severity.RISKY


def test_options_of_one_language_are_risky_and_selected_ones_break() -> None:
    """The gate tells of a new go_package without stopping; a selection of buf's category FILE stops."""
    old, new = "message A { }", 'option go_package = "example.org/a"; message A { }'
    assert only(between(old, new), "file-go-package-changed").severity is Severity.RISKY
    assert only(between(old, new, policy=ProtobufPolicy(use=("FILE",))), "file-go-package-changed").severity is Severity.BREAKING


def test_deprecation_is_safe_and_names_its_sunset() -> None:
    """A change log line, with the date, or with what is missing."""
    plain = CART.replace("  // Sunset: 2026-10-01\n", "").replace(" [deprecated = true]", "")
    assert only(between(plain, CART), "field-deprecated").message.endswith("with the sunset 2026-10-01.")
    undated = CART.replace("  // Sunset: 2026-10-01\n", "")
    assert "add a comment `Sunset: YYYY-MM-DD`" in only(between(plain, undated), "field-deprecated").message


def test_one_loaded_revision_serves_many_comparisons() -> None:
    """Indexes are built once per revision and never change what is compared."""
    old, new = compiled(CART), compiled(CART.replace(COUPON, ""))
    first = compare(old, new, mode=Mode.FULL, as_of=AS_OF)
    compare(new, old, mode=Mode.FULL, as_of=AS_OF)
    assert compare(old, new, mode=Mode.FULL, as_of=AS_OF) == first


CATEGORIES = pytest.mark.parametrize("category", Category)


@CATEGORIES
def test_a_reserved_deletion_passes_where_that_is_allowed(category: Category) -> None:
    """Number and name reserved: safe in every category, though nothing was deprecated; and a break where it is not allowed."""
    old, new = CART.replace(" [deprecated = true]", ""), CART.replace(COUPON, RESERVED)
    plain = ProtobufPolicy(use=(category.value,))
    allowed = ProtobufPolicy(use=(category.value,), allow=frozenset({Allowance.RESERVED_DELETIONS}))
    assert between(old, new, policy=allowed).verdict is Verdict.YES
    assert (between(old, new, policy=plain).verdict is Verdict.NO) is (category in {Category.FILE, Category.PACKAGE, Category.CSR})


@pytest.mark.parametrize("line", ["", "  reserved 2;\n", '  reserved "coupon";\n'])
def test_half_a_reservation_is_none(line: str) -> None:
    """Without its number or without its name the field may be misread later."""
    allowed = ProtobufPolicy(allow=frozenset({Allowance.RESERVED_DELETIONS}))
    assert between(CART.replace("Sunset", "Dawn"), CART.replace(COUPON, line), policy=allowed).verdict is Verdict.NO


def test_a_reserved_enum_value_passes_where_that_is_allowed() -> None:
    """The same of the values of an enum; messages and methods have no number to reserve."""
    old = "enum Unit { UNIT_UNSPECIFIED = 0; UNIT_BOX = 1; } message Gone { }"
    new = 'enum Unit { reserved 1; reserved "UNIT_BOX"; UNIT_UNSPECIFIED = 0; }'
    changes = between(old, new, policy=ProtobufPolicy(allow=frozenset({Allowance.RESERVED_DELETIONS}))).changes
    assert {change.rule: change.severity for change in changes} == {
        "enum-value-removed": Severity.SAFE,
        "message-removed": Severity.BREAKING,
    }


@CATEGORIES
def test_an_announced_deletion_passes_where_that_is_allowed(category: Category) -> None:
    """Deprecated, past its sunset and reserved: in every category; a day too early in none that asks about it."""
    new = CART.replace(COUPON, RESERVED)
    allowed = ProtobufPolicy(use=(category.value,), allow=frozenset({Allowance.SUNSET_DELETIONS}))
    assert between(CART, new, policy=allowed).verdict is Verdict.YES
    early = between(CART, new, policy=allowed, as_of=datetime(2026, 9, 30, tzinfo=UTC))
    assert (early.verdict is Verdict.NO) is (category in {Category.FILE, Category.PACKAGE, Category.CSR})


@pytest.mark.parametrize(
    ("uses", "environments", "severity"),
    [
        (frozenset({"example.Cart.coupon"}), ("production",), Severity.BREAKING),
        (frozenset({"example.Cart.coupon"}), (), Severity.RISKY),
        (frozenset({"example.Cart.id"}), ("production",), Severity.SAFE),
        (None, ("production",), Severity.RISKY),
    ],
    ids=["used in production", "used and not deployed", "not used", "nobody knows"],
)
def test_consumers_decide_over_a_deletion_after_its_sunset(
    uses: frozenset[str] | None, environments: tuple[str, ...], severity: Severity
) -> None:
    """As for every kind of contract: a promise that has ended still breaks whoever is known to rely on it."""
    consumer = KnownConsumer("storefront", "1", environments, uses, "declared")
    audience = Audience((consumer,), elements(compiled(CART)), frozenset({"example.Carts.Get", "example.Carts.List"}))
    joined = join(between(CART, CART.replace(COUPON, RESERVED)), audience)
    assert only(joined, "field-removed").severity is severity


def test_a_rule_is_called_as_buf_calls_it_as_well() -> None:
    """Who comes from buf finds its name beside ours; rules of our own have none."""
    changes = between("message A { int32 a = 1; }", "message A { string a = 1; string b = 2; }").changes
    assert [change.called for change in changes] == ["field-type-changed (FIELD_SAME_TYPE)", "field-added"]
