"""Every rule's own examples are executed: they are documentation that cannot go stale."""

from __future__ import annotations

import pytest

from registry.domain.contract import Mode
from registry.engines.openapi import contract_rules
from registry.engines.rulebook.rule import Example
from tests.openapi.support import differences

RULES = {rule.id: rule for rule in contract_rules()}


NOTICE = [("stable", 90)]


def seen(example: Example) -> set[str]:
    return {change.rule for change in differences(example.old, example.new, Mode.BACKWARD, notice=NOTICE).changes}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_breaks(rule):
    """The example that a rule says it sees makes it fire."""
    assert rule.id in seen(rule.breaks)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_fine(rule):
    """The example that a rule calls fine does not make it fire."""
    assert rule.id not in seen(rule.fine)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_same(rule):
    """A document is no change of itself, whatever it holds."""
    for example in (rule.breaks, rule.fine):
        assert not differences(example.old, example.old).changes
        assert not differences(example.new, example.new).changes
