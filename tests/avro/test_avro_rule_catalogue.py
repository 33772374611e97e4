"""Laws over the whole catalogue of Avro rules."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from registry.domain.contract import ContractKind
from registry.domain.verdict import Direction, Severity
from registry.engines.avro.comparison import catalogue
from registry.engines.avro.pair import AvroRule
from registry.engines.rulebook.rule import Action, Nature
from tests.avro.support import MODES, between

RULES = catalogue()
MIRRORS = {Action.ADDED: Action.REMOVED, Action.NARROWED: Action.WIDENED}
MIRRORED = {**MIRRORS, **{other: one for one, other in MIRRORS.items()}}
WITHOUT_MIRROR: Mapping[str, str] = {}
"""Rules whose coordinates have no mirror of their own, with the reason."""


def worst(rule: AvroRule) -> Direction:
    return min(rule.severity, key=lambda direction: rule.severity[direction].rank)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_breaking_example_fires_exactly_its_rule(rule: AvroRule) -> None:
    """The example gives this rule, in its worst direction, at its worst severity, and nothing else."""
    direction = worst(rule)
    found = between(rule.breaks.old, rule.breaks.new, MODES[direction])
    assert [(change.rule, change.severity) for change in found.changes] == [(rule.id, rule.severity[direction])]
    assert found.undecided == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_fine_example_does_not_fire_at_that_severity(rule: AvroRule) -> None:
    """The example of what may be done does not give this rule at its worst severity."""
    direction = worst(rule)
    found = between(rule.fine.old, rule.fine.new, MODES[direction])
    assert (rule.id, rule.severity[direction]) not in [(change.rule, change.severity) for change in found.changes]


def test_every_rule_says_what_and_why() -> None:
    """A rule's text is one sentence that says what was seen, an empty line, and why it hurts."""
    for rule in RULES:
        what, _, why = rule.doc.partition("\n\n")
        assert what.endswith("."), rule.id
        assert why.endswith("."), rule.id
        assert "\n" not in what, rule.id
        assert rule.contract_kind is ContractKind.AVRO


def test_ids_are_sentences_in_kebab_case() -> None:
    """An id is made of lower-case words and hyphens."""
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.id) for rule in RULES)


def test_a_rule_that_never_breaks_says_why() -> None:
    """A rule that is at most risky gives the reason."""
    for rule in RULES:
        assert bool(rule.cap_reason) == (Severity.BREAKING not in rule.severity.values()), rule.id


def test_every_coordinate_has_its_mirror() -> None:
    """Added has removed and narrowed has widened at the same place, or a reason is written down."""
    coordinates = {(rule.area, rule.aspect, rule.action) for rule in RULES}
    assert {
        rule.id for rule in RULES if rule.action in MIRRORED and (rule.area, rule.aspect, MIRRORED[rule.action]) not in coordinates
    } == WITHOUT_MIRROR.keys()


def test_no_two_rules_have_the_same_coordinates() -> None:
    """Each looks at another aspect of the same thing."""
    coordinates = [(rule.area, rule.aspect, rule.action) for rule in RULES]
    assert len(set(coordinates)) == len(coordinates)


def test_every_language_rule_that_breaks_shows_a_record() -> None:
    """What resolution refuses, a record shows; decimals are read by the writer's schema, and say so."""
    for rule in RULES:
        if rule.nature is Nature.LANGUAGE and Severity.BREAKING in rule.severity.values() and "decimal" not in rule.id:
            (change,) = between(rule.breaks.old, rule.breaks.new, MODES[worst(rule)]).changes
            assert getattr(change.witness, "read", "").startswith("refused: "), rule.id
