"""Waivers in comments: where they stand, what they cover, and when they do not count."""

from __future__ import annotations

import pytest

from registry.domain.change import Change, Waiver
from registry.domain.policy import Allowance, ProtobufPolicy
from registry.domain.verdict import Verdict
from tests.protobuf.support import between, only

ALLOWED = ProtobufPolicy(allow=frozenset({Allowance.INLINE_WAIVERS}))
OLD = """message Cart { string id = 1; string coupon = 2; }
enum Unit { UNIT_UNSPECIFIED = 0; UNIT_BOX = 1; }
message Gone { }
"""


def waiver(rule: str, reason: str = "agreed with the shop") -> str:
    """A comment on a line of its own."""
    return f"\n// interlock:waive {rule} until 2027-01-31: {reason}\n"


def retyped(comment: str) -> Change:
    """The change of a field's type, with a comment before the field."""
    new = OLD.replace("string id = 1;", f"{comment} int64 id = 1;")
    return only(between(OLD, new, policy=ALLOWED), "field-type-changed")


@pytest.mark.parametrize("name", ["field-type-changed", "FIELD_SAME_TYPE"])
def test_a_waiver_lets_a_break_pass_and_is_recorded(name: str) -> None:
    """By our id or by buf's: the finding carries the reason and the day."""
    expected = Waiver(
        "field-type-changed", "example.Cart.id", "agreed with the shop", "a comment beside it", "2027-01-31T00:00:00+00:00"
    )
    assert retyped(waiver(name)).waived_by == expected


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        (waiver("field-renamed"), None),
        (waiver("field-type-changed other"), None),
        ("\n// interlock:waive field-type-changed until 2026-11-15: late\n", "expired on 2026-11-15"),
        ("\n// interlock:waive field-type-changed until 2027-13-01: when\n", "cannot be read"),
        ("\n// interlock:waive field-type-changed until 2027-01-31:\n", "cannot be read"),
        ("\n// interlock:waive field-type-changed: for ever\n", "cannot be read"),
    ],
    ids=["another rule", "another element", "expired", "no such day", "no reason", "no day"],
)
def test_a_waiver_that_does_not_cover_blocks(comment: str, words: str | None) -> None:
    """The finding blocks, and says so where a waiver was meant for it."""
    change = retyped(comment)
    assert change.blocks
    assert words is None or words in change.message
    assert words is not None or "waiver" not in change.message


def test_the_last_day_is_the_one_before() -> None:
    """The day that a waiver names is the first without it, as with sunsets."""
    assert not retyped("\n// interlock:waive field-type-changed until 2026-11-16: soon\n").blocks


def test_an_owner_who_did_not_allow_waivers_is_not_overruled() -> None:
    """A comment comes with the change that it excuses, so the manifest decides whether it counts."""
    new = OLD.replace("string id = 1;", f"{waiver('field-type-changed')} int64 id = 1;")
    change = only(between(OLD, new), "field-type-changed")
    assert change.blocks
    assert "does not allow inline-waivers" in change.message


@pytest.mark.parametrize(
    "new",
    [
        OLD.replace("message Cart", f"{waiver('field-removed coupon')}message Cart").replace(" string coupon = 2;", ""),
        OLD.replace("string coupon = 2;", f"{waiver('field-removed coupon')} reserved 2;"),
        OLD.replace("string coupon = 2;", f'reserved 5; {waiver("FIELD_NO_DELETE example.Cart.coupon")} reserved "coupon";'),
        OLD.replace("UNIT_BOX = 1;", "").replace("enum", f"{waiver('enum-value-removed UNIT_BOX')}enum"),
        f'{waiver("message-removed Gone")}syntax = "proto3";\npackage example;\n{OLD.replace("message Gone { }", "")}',
    ],
    ids=["at the message", "at the number", "at the name", "at the enum", "at the head of the file"],
)
def test_a_deletion_is_waived_where_it_shows(new: str) -> None:
    """What is gone has no place for a comment: it is named at what it was removed from."""
    comparison = between(OLD, new, policy=ALLOWED)
    assert comparison.verdict is Verdict.YES
    assert [change.rule for change in comparison.changes if change.waived_by is not None]


def test_a_waiver_of_a_deletion_names_what_is_gone() -> None:
    """Without a name it would cover whatever else is deleted there until it expires."""
    new = OLD.replace("message Cart", f"{waiver('field-removed')}message Cart").replace(" string coupon = 2;", "")
    assert only(between(OLD, new, policy=ALLOWED), "field-removed").blocks


def test_a_waiver_of_one_deletion_covers_no_other() -> None:
    """Two fields are gone and one is waived."""
    old = OLD.replace("string coupon = 2;", "string coupon = 2; string note = 3;")
    new = OLD.replace("string coupon = 2;", f"{waiver('field-removed coupon')} reserved 2;")
    changes = [change for change in between(old, new, policy=ALLOWED).changes if change.rule == "field-removed"]
    assert {change.elements[0]: change.blocks for change in changes} == {"example.Cart.coupon": False, "example.Cart.note": True}
