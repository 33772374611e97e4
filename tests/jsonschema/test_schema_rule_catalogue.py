"""Laws over the whole catalogue of schema rules."""

from __future__ import annotations

import re

import pytest

from registry.domain.verdict import Direction, Severity
from registry.engines.jsonschema.comparer import schema_rules
from registry.engines.jsonschema.pair import SchemaRule
from registry.engines.rulebook.rule import Action, Nature
from tests.jsonschema.support import compared, from_yaml

RULES = schema_rules()
MIRRORS = {Action.ADDED: Action.REMOVED, Action.NARROWED: Action.WIDENED}
MIRRORED = {**MIRRORS, **{removed: added for added, removed in MIRRORS.items()}}
WAIVERS = {
    "sunset-deleted": "a sunset that is added is part of deprecating, which `deprecated` tells",
}
"""Rules whose coordinates have no mirror of their own, with the reason."""
NOTICE = {"notice-too-short": {"stable": 90}}
"""What the owner asks for in the examples of a rule that is asked only then."""


def worst(rule: SchemaRule) -> Direction:
    return min(rule.severity, key=lambda direction: rule.severity[direction].rank)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_breaking_example_fires_exactly_its_rule(rule: SchemaRule) -> None:
    """The example that breaks gives this rule, in its worst direction, at its worst severity, and nothing else."""
    direction = worst(rule)
    notice = NOTICE.get(rule.id)
    found, questions = compared(from_yaml(rule.breaks.old), from_yaml(rule.breaks.new), direction, notice=notice)
    assert [(finding.rule, finding.severity) for finding in found] == [(rule.id, rule.severity[direction])]
    assert questions == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_is_reported_is_a_sentence(rule: SchemaRule) -> None:
    """A message starts with a capital, a name or a value, and ends with a full stop."""
    found, _ = compared(from_yaml(rule.breaks.old), from_yaml(rule.breaks.new), worst(rule))
    for finding in found:
        assert re.fullmatch(r'[A-Z`"\[{0-9-].*\.', finding.message), finding.message


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_fine_example_does_not_fire_at_that_severity(rule: SchemaRule) -> None:
    """The example that is fine does not give this rule at its worst severity."""
    direction = worst(rule)
    notice = NOTICE.get(rule.id)
    found, questions = compared(from_yaml(rule.fine.old), from_yaml(rule.fine.new), direction, notice=notice)
    assert (rule.id, rule.severity[direction]) not in [(finding.rule, finding.severity) for finding in found]
    assert questions == ()


def test_every_rule_says_what_and_why() -> None:
    """A rule's text is one sentence that says what was seen, an empty line, and why it hurts."""
    for rule in RULES:
        what, _, why = rule.doc.partition("\n\n")
        assert what.endswith("."), rule.id
        assert why.endswith("."), rule.id
        assert "\n" not in what, rule.id


def test_ids_are_sentences_in_kebab_case() -> None:
    """An id is made of lower-case words and hyphens, and names no side of an API."""
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
        assert not rule.id.startswith(("request-", "response-"))


def test_a_rule_that_could_break_and_is_capped_says_why() -> None:
    """A rule that never breaks gives the reason."""
    for rule in RULES:
        if Severity.BREAKING not in rule.severity.values():
            assert rule.cap_reason, rule.id


def test_every_coordinate_has_its_mirror() -> None:
    """Added has removed and narrowed has widened at the same place, or a waiver gives the reason."""
    coordinates = {(rule.area, rule.aspect, rule.action) for rule in RULES}
    unmatched = {
        rule.id for rule in RULES if rule.action in MIRRORED and (rule.area, rule.aspect, MIRRORED[rule.action]) not in coordinates
    }
    assert unmatched == WAIVERS.keys()


def test_only_language_rules_narrow_documents() -> None:
    """What documents can show is decided by inclusion; promises are about life cycle, options and removal."""
    assert {
        rule.id for rule in RULES if rule.nature is Nature.PROMISE and rule.aspect.value in ("bounds", "type", "values")
    } == set()
