"""`interlock rules` and `interlock explain`: the catalogue from the command line."""

from __future__ import annotations

import json

import pytest

from registry.domain.contract import ContractKind
from registry.services.rule_catalogue import rules
from tests.cli.support import Run


def test_every_rule_of_every_engine_is_listed(interlock: Run) -> None:
    """With kind, severities, text and both examples."""
    listed = json.loads(interlock("rules", "--format", "json").stdout)
    assert [(row["kind"], row["id"]) for row in listed] == [(str(rule.contract_kind), rule.id) for rule in rules()]
    assert {row["kind"] for row in listed} == {str(kind) for kind in ContractKind}
    for row in listed:
        assert row["summary"]
        assert row["severity"]
        assert row["breaks"] != row["fine"]


def test_one_kind_can_be_asked_for(interlock: Run) -> None:
    """One line a rule."""
    lines = interlock("rules", "--kind", "protobuf").stdout.splitlines()
    assert len(lines) == len(rules([ContractKind.PROTOBUF]))
    assert all(line.startswith("protobuf ") for line in lines)


@pytest.mark.parametrize("kind", ContractKind)
def test_every_rule_can_be_explained(interlock: Run, kind: ContractKind) -> None:
    """By its id, with what it means and what fires it."""
    for rule in rules([kind])[::10]:
        page = interlock("explain", rule.id).stdout
        assert rule.summary in page
        assert "Fires:" in page


def test_a_rule_is_found_by_the_name_that_a_finding_carries(interlock: Run) -> None:
    """OpenAPI puts the role of a schema before the rule, and buf has names of its own."""
    assert interlock("explain", "response-property-removed").stdout == interlock("explain", "property-removed").stdout
    assert interlock("explain", "FIELD_NO_DELETE").stdout in interlock("explain", "field-removed").stdout


def test_an_unknown_rule_is_exit_2(interlock: Run) -> None:
    """With the way to the list."""
    result = interlock("explain", "no-such-rule")
    assert result.exit_code == 2
    assert "interlock rules" in result.stderr
