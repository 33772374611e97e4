"""Every rule has its mirrors, or a reason for having none."""

from __future__ import annotations

import pytest

from registry.domain.verdict import Direction
from registry.engines.rulebook.rule import Nature
from tests.edit_space.symmetry import across, contract, reasons, schemas, undone_by
from tests.edit_space.symmetry_page import PAGE, page

RULES = {rule.id: rule for rule in (*contract(), *schemas())}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize(("sort", "find"), [("undone", undone_by), ("across", across)], ids=["undone", "across"])
def test_a_rule_has_a_mirror_or_a_reason(rule, sort, find):
    """What can be done can be undone, and can be done on the other side; the mirror's mirror looks at the same part."""
    mirror = find(rule)
    if mirror is None:
        assert reasons(sort)[rule.id]["reason"]
        return
    assert mirror in RULES
    assert "by" in reasons(sort).get(rule.id, {"by": ""}), f"{rule.id} has the mirror {mirror}, and a reason for having none"
    back = find(RULES[mirror])
    assert back is not None
    assert RULES[back].area == rule.area


PAIRS = [
    (rule, RULES[mirror])
    for rule in RULES.values()
    if (mirror := undone_by(rule)) and rule.nature is RULES[mirror].nature is Nature.LANGUAGE
]


@pytest.mark.parametrize(
    ("rule", "mirror"), [pair for pair in PAIRS if not any(rule.cap_reason for rule in pair)], ids=lambda rule: rule.id
)
def test_what_hurts_one_way_hurts_the_other_side_undone(rule, mirror):
    """What a rule about documents does to old readers, its undoing does to new ones, unless one of them is capped with a reason."""
    assert judged(rule, Direction.BACKWARD) == judged(mirror, Direction.FORWARD)
    assert judged(rule, Direction.FORWARD) == judged(mirror, Direction.BACKWARD)


@pytest.mark.parametrize("sort", ["undone", "across"])
def test_a_reason_is_about_a_rule(sort):
    """A reason for a rule that is no more says nothing."""
    assert reasons(sort).keys() <= RULES.keys()


def test_the_page_is_current():
    """`ci/generate` writes it anew."""
    assert PAGE.read_text("utf-8") == page(), "docs/rule-symmetry.md is stale: run ci/generate"


def judged(rule, direction):
    return rule.severity.get(direction) or rule.severity[Direction.BOTH]
