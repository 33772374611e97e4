"""Every rule is shown on the checkout platform: by its history, by a candidate, or by an edit of today's contracts."""

from __future__ import annotations

import re

import pytest

from contracts.checkout.edits.edit import Edit, comparison, edits
from contracts.checkout.rule_table import AS_OF, PAGE, page
from registry.services.rule_catalogue import rules

EDITS = tuple(edits())


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit.rule.contract_kind}-{edit.rule.id}")
def test_an_edit_fires_its_rule_and_no_other(edit: Edit) -> None:
    """The rule fires, nothing is left undecided, and what else fires is named beside it."""
    found = comparison(edit, AS_OF)
    fired = {change.rule for change in found.changes}
    assert fired & edit.ids
    assert fired - edit.ids == edit.also
    assert found.undecided == ()


def test_a_rule_has_one_edit() -> None:
    """Each in one sentence."""
    shown = [(edit.rule.contract_kind, edit.rule.id) for edit in EDITS]
    assert len(set(shown)) == len(shown)
    assert all(edit.what.count(".") == 1 and edit.what.endswith(".") for edit in EDITS)


def test_every_rule_is_fired_by_a_change_of_the_platform() -> None:
    """A rule that nothing fires needs an edit, or should not be there."""
    sections = {str(rule.contract_kind): "" for rule in rules()}
    for section in PAGE.read_text("utf-8").split("\n## ")[1:]:
        sections[section.split("\n", 1)[0]] = section
    fired = re.compile(r"^\| `(.+)` \| [a-z, ]+ \| `", re.MULTILINE)
    shown = {(kind, name) for kind, section in sections.items() for name in fired.findall(section)}
    assert {(str(rule.contract_kind), rule.id) for rule in rules()} - shown == set()


def test_the_page_is_current() -> None:
    """`ci/generate` writes it anew."""
    assert PAGE.read_text("utf-8") == page(), f"docs/{PAGE.name} is stale: run ci/generate"
