"""Laws over the whole catalogue of OpenAPI rules."""

from __future__ import annotations

import re
from collections import defaultdict

from registry.domain.contract import ContractKind
from registry.domain.verdict import Direction, Severity
from registry.engines.openapi import contract_rules
from registry.engines.rulebook.rule import Action

RULES = contract_rules()

MIRRORS = {Action.ADDED: Action.REMOVED, Action.NARROWED: Action.WIDENED}

WITHOUT_MIRROR: dict[tuple[str, str, str], str] = {
    ("operation", "lifecycle", "deprecated"): "element-reactivated is its way back, and is a change of the lifecycle",
    ("security", "lifecycle", "deprecated"): "security-scheme-reactivated is its way back, and is a change of the lifecycle",
    ("request-body", "requiredness", "added"): (
        "request-body-removed sees both: what is lost does not depend on whether the body was required"
    ),
    ("response", "values", "widened"): "a range narrowed to its codes changes nothing that a client has to cope with",
    ("response", "values", "removed"): "a failure that comes is response-status-added, which looks at existence",
}


def coordinates():
    found = defaultdict(set)
    for rule in RULES:
        found[(rule.area.value, rule.aspect.value)].add(rule.action)
    return found


def test_ids_are_kebab_case_sentences_and_unique():
    """A rule id says what was seen, in words of lower case, and names one rule."""
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name) for name in ids)


def test_every_rule_says_what_it_means_and_why_it_hurts():
    """A docstring has a first line, and a paragraph after it."""
    for rule in RULES:
        what, _, why = rule.doc.partition("\n\n")
        assert what, rule.id
        assert "\n" not in what, rule.id
        assert len(why.split()) >= 5, rule.id
        assert rule.contract_kind is ContractKind.OPENAPI


def test_every_rule_is_judged_in_both_directions():
    """A rule says what it means to old readers and to new ones."""
    for rule in RULES:
        assert Direction.BOTH in rule.severity or {Direction.BACKWARD, Direction.FORWARD} <= rule.severity.keys(), rule.id


def test_risky_rules_say_why_they_are_not_breaking():
    """What could break and is capped at risky carries the reason."""
    for rule in RULES:
        if Severity.RISKY in rule.severity.values():
            assert rule.cap_reason, rule.id


def test_coordinates_are_symmetric():
    """What can be added can be removed, and what can be narrowed can be widened, or the lack has a written reason."""
    missing = set()
    for (area, aspect), actions in coordinates().items():
        for one, other in (*MIRRORS.items(), *((b, a) for a, b in MIRRORS.items())):
            if one in actions and other not in actions:
                missing.add((area, aspect, one.value))
        if Action.DEPRECATED in actions:
            missing.add((area, aspect, "deprecated"))
    assert missing == WITHOUT_MIRROR.keys()
