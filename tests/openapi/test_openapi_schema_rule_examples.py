"""The rules about OpenAPI's own schema words: their examples, as the body of a request and of an answer."""

from __future__ import annotations

import pytest

from registry.domain.change import Change
from registry.domain.contract import Mode
from registry.engines.openapi.schemas import openapi_schema_rules
from registry.engines.rulebook.rule import Example
from tests.openapi.support import differences

RULES = {rule.id: rule for rule in openapi_schema_rules()}


def document(schema: str) -> str:
    """An operation that takes and gives the schema; `$defs` go to the top, where the example's references look for them."""
    lines = schema.splitlines()
    inside = "\n".join(f"      {line}" for line in lines if not line.startswith("$defs"))
    outside = "\n".join(line for line in lines if line.startswith("$defs"))
    return (
        "POST /carts:\n  requestBody:\n    content: {application/json: {schema: {$ref: '#/Body'}}}\n"
        "  responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/Body'}}}}}\n"
        f"Body:\n{inside}\n{outside}"
    )


def seen(example: Example, rule: str) -> set[Change]:
    comparison = differences(document(example.old), document(example.new), Mode.BACKWARD)
    return {change for change in comparison.changes if change.rule in (f"request-{rule}", f"response-{rule}")}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_breaks(rule):
    """The example that a rule says it sees makes it fire, for the request and for the answer, each in its direction."""
    changes = seen(rule.breaks, rule.id)
    assert {change.rule.partition("-")[0] for change in changes} == {"request", "response"}
    for change in changes:
        assert change.severity is (rule.severity.get(change.direction) or next(iter(rule.severity.values())))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_fine(rule):
    """The example that a rule calls fine does not make it fire."""
    assert not seen(rule.fine, rule.id)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_documented(rule):
    """Each says what was seen, and why it hurts."""
    what, _, why = rule.doc.partition("\n\n")
    assert what
    assert len(why.split()) >= 5
