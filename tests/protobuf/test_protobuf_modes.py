"""What every rule says in every compatibility mode."""

from __future__ import annotations

import pytest

from registry.domain.contract import Mode
from registry.domain.policy import Allowance, ProtobufPolicy
from registry.domain.verdict import Direction, Severity
from registry.engines.protobuf.catalogue import catalogue
from registry.engines.protobuf.rule import Harm, ProtobufRule
from registry.engines.protobuf.selection import Category
from tests.protobuf.support import between, only

RULES = catalogue()
MODES = (Mode.NONE, Mode.BACKWARD, Mode.FORWARD, Mode.FULL)


def expected(rule: ProtobufRule[object], mode: Mode) -> Severity:
    """The severity that a rule declares for a mode; one of buf's that was asked for is not risky but breaks."""
    asked = mode.directions or {Direction.BACKWARD}
    declared = [severity for direction, severity in rule.severity.items() if direction in {Direction.BOTH, *asked}]
    worst = min(declared, key=lambda severity: severity.rank)
    return Severity.BREAKING if rule.names and worst is Severity.RISKY else worst


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_judged_by_the_mode(rule: ProtobufRule[object]) -> None:
    """The example of each rule has the severity of the directions that the mode asks about; full takes the worse."""
    policy = ProtobufPolicy(use=rule.names, allow=frozenset() if rule.names else frozenset(Allowance))
    for mode in MODES:
        changes = between(rule.breaks.old, rule.breaks.new, mode=mode, policy=policy).changes
        severities = {change.severity for change in changes if change.rule == rule.id}
        assert severities == {expected(rule, mode)}, mode


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.categories], ids=lambda rule: rule.id)
def test_a_finding_says_what_breaks(rule: ProtobufRule[object]) -> None:
    """In the message of every rule of buf's: the wire, JSON, calls or generated source; nothing where nothing breaks."""
    policy = ProtobufPolicy(use=rule.names)
    for mode in MODES:
        for change in between(rule.breaks.old, rule.breaks.new, mode=mode, policy=policy).changes:
            if change.rule == rule.id:
                assert any(harm in change.message for harm in Harm) is (change.severity is not Severity.SAFE)


def test_the_category_says_what_its_rules_protect() -> None:
    """What WIRE asks breaks the wire; what WIRE_JSON asks besides breaks JSON; the others break source or calls."""
    for rule in RULES:
        if Category.WIRE in rule.categories:
            assert rule.harm is Harm.WIRE
        elif Category.WIRE_JSON in rule.categories:
            assert rule.harm is Harm.JSON
        else:
            assert rule.harm in ({Harm.SOURCE, Harm.CALLS} if rule.categories else {None})


@pytest.mark.parametrize(
    ("new", "harm"),
    [
        ("message A { int64 a = 1; string b = 2; }", Harm.JSON),
        ("message A { uint32 a = 1; string b = 2; }", Harm.SOURCE),
        ("message A { sint32 a = 1; string b = 2; }", Harm.WIRE),
        ("message A { optional int32 a = 1; string b = 2; }", Harm.SOURCE),
        ("message A { repeated int32 a = 1; string b = 2; }", Harm.WIRE),
        ("message A { int32 c = 1; string b = 2; }", Harm.JSON),
        ('message A { int32 c = 1 [json_name = "a"]; string b = 2; }', Harm.SOURCE),
        ("message A { int32 a = 1; }", Harm.WIRE),
        ("message A { reserved 2; int32 a = 1; }", Harm.JSON),
        ('message A { reserved 2; reserved "b"; int32 a = 1; }', Harm.SOURCE),
    ],
)
def test_a_finding_knows_better_than_its_category(new: str, harm: Harm) -> None:
    """One rule of the category FILE sees three kinds of break, and says which."""
    (change,) = between("message A { int32 a = 1; string b = 2; }", new).changes
    assert f": {harm}" in change.message


def test_a_renumbered_field_breaks_in_every_direction() -> None:
    """Neither side reads under the one number what the other wrote under the other."""
    for mode in MODES:
        change = only(between("message A { string a = 1; }", "message A { string a = 2; }", mode=mode), "field-removed")
        assert (change.severity, change.direction) == (Severity.BREAKING, Direction.BOTH)
