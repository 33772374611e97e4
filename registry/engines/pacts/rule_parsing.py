"""Matching rules and generators of a pact file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.domain.change import Json
from registry.engines.pacts.expressions import Step, steps_of
from registry.engines.pacts.node import Node
from registry.engines.pacts.pact import Matcher, MatchingRule

_CATEGORIES = {"headers": "header"}
_MOST_STEPS = 200


def rules_of(message: Node) -> tuple[MatchingRule, ...]:
    """The matching rules of a request, response or message.

    Version 2 has one matcher under each whole expression (`$.body.lines[*].sku`); from version 3 on there are categories with
    expressions of their own. The file's version is not asked: libraries were known to write either.
    """
    rules = message.get("matchingRules")
    return tuple(_rules(rules)) if rules else ()


def generators_of(message: Node) -> Mapping[str, Json]:
    """The generators of a request, response or message, as they stand in the file."""
    generators = message.get("generators")
    return generators.object() if generators else {}


def _rules(rules: Node) -> Iterator[MatchingRule]:
    for name, rule in rules.members():
        if name.startswith("$"):
            yield _whole_expression(name, rule)
        elif "matchers" in rule.object():
            yield _rule(name, "$", rule)
        else:
            for expression, inner in rule.members():
                yield _rule(name, expression, inner)


def _whole_expression(expression: str, rule: Node) -> MatchingRule:
    steps = steps_of(expression)
    category = steps[0] if steps else None
    if steps is None or not isinstance(category, str):
        raise rule.refusal("is not a path expression that starts with $.body, $.headers, $.query or $.path")
    if len(steps) > _MOST_STEPS:
        raise rule.refusal(f"leads through more than {_MOST_STEPS} levels")
    rest = expression.partition(category)[2].removeprefix("']").removeprefix('"]')
    return MatchingRule(_CATEGORIES.get(category, category), f"${rest}", "AND", (_matcher(rule),), steps[1:])


def _rule(category: str, expression: str, rule: Node) -> MatchingRule:
    combine = rule.get("combine")
    return MatchingRule(
        category,
        expression,
        combine.text() if combine else "AND",
        tuple(_matcher(matcher) for matcher in rule.need("matchers").items()),
        _body_steps(expression, rule) if category == "body" else (),
    )


def _body_steps(expression: str, rule: Node) -> tuple[Step, ...]:
    steps = steps_of(expression)
    if steps is None:
        raise rule.refusal("is not a path expression that starts with $")
    if len(steps) > _MOST_STEPS:
        raise rule.refusal(f"leads through more than {_MOST_STEPS} levels")
    return steps


def _matcher(matcher: Node) -> Matcher:
    """A matcher. Version 1 and 2 left the kind out where another member tells it."""
    kind = matcher.get("match")
    attributes = {name: value for name, value in matcher.object().items() if name != "match"}
    if kind is not None:
        return Matcher(kind.text(), attributes)
    return Matcher("regex" if "regex" in attributes else "type", attributes)
