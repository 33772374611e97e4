"""Comparison of whole schemas: what is a change, where it is told, and who reaches it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from registry.domain.change import DocumentWitness
from registry.domain.verdict import Direction, Severity
from registry.engines.jsonschema.comparer import SchemaComparer
from registry.engines.jsonschema.dialect import DRAFT202012, OPENAPI30, OPENAPI31
from registry.engines.jsonschema.library import Projection
from tests.jsonschema.support import NOW, ROOT, compared, findings, library

BACKWARD, FORWARD = Direction.BACKWARD, Direction.FORWARD
MONEY = {"type": "object", "properties": {"amount": {"type": "integer", "minimum": 0}}, "required": ["amount"]}
EQUAL: list[tuple[str, Any, Any]] = [
    ("a renamed definition", {"$ref": "#/$defs/A", "$defs": {"A": MONEY}}, {"$ref": "#/$defs/B", "$defs": {"B": MONEY}}),
    ("an inlined reference", {"properties": {"m": {"$ref": "#/$defs/A"}}, "$defs": {"A": MONEY}}, {"properties": {"m": MONEY}}),
    (
        "a property moved into allOf",
        MONEY,
        {"type": "object", "required": ["amount"], "allOf": [{"properties": MONEY["properties"]}]},
    ),
    ("a branch of its own", MONEY, {"oneOf": [MONEY]}),
    ("null as a type or as a branch", {"type": ["string", "null"]}, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ("constants as branches", {"enum": ["a", "b"]}, {"oneOf": [{"const": "a"}, {"const": "b"}]}),
    ("branches in another order", {"anyOf": [MONEY, {"type": "string"}]}, {"anyOf": [{"type": "string"}, MONEY]}),
    ("a length that means nothing", {"type": "string"}, {"type": "string", "minLength": 0}),
    ("true said aloud", {"type": "object"}, {"type": "object", "additionalProperties": True}),
    ("another description", {"type": "string", "description": "old"}, {"type": "string", "description": "new"}),
]


@pytest.mark.parametrize(("old", "new"), [case[1:] for case in EQUAL], ids=[case[0] for case in EQUAL])
def test_another_spelling_is_no_change(old: Any, new: Any) -> None:
    """What says the same in other words gives no finding, in either direction."""
    assert [findings(old, new, direction) for direction in Direction if direction is not Direction.BOTH] == [[], []]


def test_spellings_of_openapi_30_and_31_are_no_change() -> None:
    """`nullable` against a list of types, a flag against a number: the same range in two dialects."""
    old = library({"type": "integer", "nullable": True, "minimum": 0, "exclusiveMinimum": True}, OPENAPI30)
    new = library({"type": ["integer", "null"], "exclusiveMinimum": 0}, OPENAPI31)
    assert compared(old, new, BACKWARD) == compared(old, new, FORWARD) == ((), ())


def test_a_shared_definition_is_told_once_with_every_path() -> None:
    """The finding stands in the definition, and names all elements that reach it."""
    old = {"properties": {"total": {"$ref": "#/$defs/M"}, "lines": {"items": {"$ref": "#/$defs/M"}}}, "$defs": {"M": MONEY}}
    new = copy.deepcopy(old)
    new["$defs"]["M"]["properties"]["amount"]["minimum"] = 1
    (finding,), _ = compared(library(old), library(new), BACKWARD)
    assert finding.rule == "minimum-tightened"
    assert finding.new is not None
    assert finding.new.path == "/$defs/M/properties/amount/minimum"
    assert set(finding.paths) == {"$.total.amount", "$.lines[].amount"}
    assert finding.witness == DocumentWitness(0, accepted_by="old", refused_by="new")


def test_recursion_is_followed_once() -> None:
    """A change inside a recursive definition is found, with the ways that do not go in circles."""
    old = {"$ref": "#/$defs/T", "$defs": {"T": {"properties": {"kids": {"items": {"$ref": "#/$defs/T"}}, "v": {"type": "number"}}}}}
    new = copy.deepcopy(old)
    new["$defs"]["T"]["properties"]["v"] = {"type": "integer"}
    (finding,), _ = compared(library(old), library(new), BACKWARD)
    assert (finding.rule, finding.severity) == ("type-narrowed", Severity.BREAKING)
    assert "$.v" in finding.paths


def test_a_change_under_not_hurts_the_other_side() -> None:
    """Widening what is refused narrows what is admitted, whatever the word inside is tolerated for elsewhere."""
    old, new = {"not": {"maximum": 3}, "type": "integer"}, {"not": {"maximum": 5}, "type": "integer"}
    assert findings(old, new, BACKWARD) == [("not-narrowed", "breaking")]
    assert findings(new, old, FORWARD) == [("not-widened", "breaking")]
    values = [{"type": "string", "not": {"enum": names}} for names in (["a"], ["a", "b"])]
    assert findings(*values, BACKWARD) == [("not-narrowed", "breaking")]
    names = [{"not": {"properties": {name: {"type": "string"}}, "required": [name]}} for name in ("a", "b")]
    assert findings(*names, BACKWARD) == [("not-narrowed", "breaking"), ("not-widened", "safe")]


def test_a_branch_that_another_covers_may_change() -> None:
    """Inclusion of the whole union clears what a branch alone would break."""
    old = {"anyOf": [{"title": "x", "type": "integer", "maximum": 5}, {"type": "number"}]}
    new = {"anyOf": [{"title": "x", "type": "integer", "maximum": 3}, {"type": "number"}]}
    assert [severity for _, severity in findings(old, new, BACKWARD)] in ([], ["safe"])


def test_declaring_an_optional_property_is_risky_under_the_strict_reading_only() -> None:
    """Lenient: safe. Strict: risky, with the document of a writer that used the name before it was declared."""
    old, new = {"properties": {"a": {}}}, {"properties": {"a": {}, "b": {"type": "string"}}}
    assert findings(old, new, BACKWARD) == [("property-added", "safe")]
    (finding,), _ = compared(library(old), library(new), BACKWARD, strict=True)
    assert finding.severity is Severity.RISKY
    assert isinstance(finding.witness, DocumentWitness)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("dependent-required-added", {"dependentRequired": {"b": ["a"]}}),
        ("dependent-schema-added", {"dependentSchemas": {"b": {"required": ["a"]}}}),
        ("condition-added", {"if": {"required": ["b"]}, "then": {"required": ["a"]}}),
        ("union-added", {"anyOf": [{"not": {"required": ["b"]}}, {"required": ["a"]}]}),
    ],
)
def test_what_depends_on_a_new_name_is_lenient_too(rule: str, words: Any) -> None:
    """The lenient reading trusts an open writer not to use the name, whatever the reader makes depend on it."""
    old, new = {"type": "object", "properties": {"a": {}}}, {"type": "object", "properties": {"a": {}, "b": {}}, **words}
    assert (rule, "safe") in findings(old, new, BACKWARD)
    assert (rule, "risky") in findings(old, new, BACKWARD, strict=True)
    assert (rule, "breaking") in findings({**old, "required": ["c"]}, {**new, "properties": {"a": {}}}, BACKWARD)


def test_removal_is_judged_by_its_sunset() -> None:
    """A removed property breaks before its sunset and is risky after; on the day itself it is still promised."""

    def removed(sunset: str) -> list[tuple[str, str]]:
        return findings({"properties": {"a": {"deprecated": True, "x-sunset": sunset}}}, {"properties": {}}, FORWARD)

    assert removed("2026-11-21") == [("property-removed", "risky")]
    assert removed("2026-11-22") == [("property-removed", "breaking")]
    assert removed("2026-11-21T23:59:59Z") == [("property-removed", "risky")]
    assert removed("soon") == [("property-removed", "breaking")]
    assert findings({"properties": {"a": {"deprecated": True}}}, {"properties": {}}, FORWARD) == [("property-removed", "breaking")]


def test_removal_breaks_writers_only_where_the_new_schema_is_closed() -> None:
    """A new reader ignores what it does not declare, unless it forbids it: then a document shows the break."""
    old = {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    assert findings(old, {"properties": {"a": {"type": "string"}}}, BACKWARD) == [("property-removed", "risky")]
    closed = {"properties": {"a": {"type": "string"}}, "additionalProperties": False}
    assert ("property-removed", "breaking") in findings({**old, "additionalProperties": False}, closed, BACKWARD)


def test_what_nobody_can_decide_is_a_question() -> None:
    """A pattern beyond regular languages leaves the change undecided and names the construct."""
    old, new = {"type": "string", "pattern": "^(?=a)"}, {"type": "string", "pattern": "^(?=b)"}
    found, (question,) = compared(library(old), library(new), BACKWARD)
    assert found == ()
    assert question.rule == "pattern-changed"
    assert "pattern" in question.construct


def test_projection_leaves_read_only_properties_out_of_requests() -> None:
    """A readOnly property may become required without hurting whoever sends requests."""
    old = {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}}}
    comparer = SchemaComparer(library(old, OPENAPI30), library({**old, "required": ["id"]}, OPENAPI30), as_of=NOW)
    assert comparer.findings(ROOT, ROOT, BACKWARD, Projection.REQUEST) == ()
    assert [finding.rule for finding in comparer.findings(ROOT, ROOT, BACKWARD)] == ["property-became-required"]


def test_what_is_required_and_read_only_hides_no_other_requirement() -> None:
    """A request without the readOnly `id` was fine, so the judges confirm that it now fails for want of a name."""
    old = {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}}, "required": ["id"]}
    comparer = SchemaComparer(library(old), library({**old, "required": ["id", "name"]}), as_of=NOW)
    (finding,) = comparer.findings(ROOT, ROOT, BACKWARD, Projection.REQUEST)
    assert (finding.rule, finding.severity) == ("property-became-required", Severity.BREAKING)
    assert finding.witness == DocumentWitness({}, accepted_by="old", refused_by="new")
    assert comparer.undecided(ROOT, ROOT, BACKWARD, Projection.REQUEST) == ()


@pytest.mark.parametrize("required", [[], ["note"]], ids=["optional", "required"])
@pytest.mark.parametrize(
    ("word", "projection", "direction", "severity"),
    [("readOnly", Projection.REQUEST, BACKWARD, Severity.RISKY), ("writeOnly", Projection.RESPONSE, FORWARD, Severity.BREAKING)],
)
def test_a_property_that_a_projection_loses_is_told(
    word: str, projection: Projection, direction: Direction, severity: Severity, required: list[str]
) -> None:
    """What becomes readOnly leaves requests, and what becomes writeOnly responses; the way back is safe when it may be left out."""
    old = {"type": "object", "properties": {"note": {"type": "string"}}, "required": required}
    new = {**old, "properties": {"note": {"type": "string", word: True}}}
    lost = SchemaComparer(library(old), library(new), as_of=NOW)
    (finding,) = lost.findings(ROOT, ROOT, direction, projection)
    side = "read" if word == "readOnly" else "write"
    assert (finding.rule, finding.severity, finding.paths) == (f"became-{side}-only", severity, ("$.note",))
    assert lost.undecided(ROOT, ROOT, direction, projection) == ()
    gained = SchemaComparer(library(new), library(old), as_of=NOW)
    found = [(finding.rule, finding.severity) for finding in gained.findings(ROOT, ROOT, direction, projection)]
    assert (f"became-not-{side}-only", Severity.SAFE) in found
    if required and direction is BACKWARD:
        assert ("property-became-required", Severity.BREAKING) in found
    else:
        assert all(severity is Severity.SAFE for _, severity in found)


def test_a_recursive_property_that_a_projection_loses_is_told_once() -> None:
    """A node whose parent becomes readOnly is compared without going in circles."""
    old = {"$ref": "#/$defs/Node", "$defs": {"Node": {"properties": {"parent": {"$ref": "#/$defs/Node"}}}}}
    new = {"$ref": "#/$defs/Node", "$defs": {"Node": {"properties": {"parent": {"$ref": "#/$defs/Node", "readOnly": True}}}}}
    comparer = SchemaComparer(library(old), library(new), as_of=NOW)
    (finding,) = comparer.findings(ROOT, ROOT, BACKWARD, Projection.REQUEST)
    assert (finding.rule, finding.paths) == ("became-read-only", ("$.parent",))


def test_a_condition_narrows_where_it_is_added_and_widens_where_it_is_removed() -> None:
    """A condition that was added narrows and does not widen, and taken away it widens and does not narrow."""
    free = {"type": "object", "properties": {"kind": {"type": "string"}}}
    bound = {**free, "if": {"properties": {"kind": {"const": "card"}}, "required": ["kind"]}, "then": {"required": ["number"]}}
    assert findings(free, bound, BACKWARD) == [("condition-added", "breaking")]
    assert findings(free, bound, FORWARD) == [("condition-added", "safe")]
    assert findings(bound, free, BACKWARD) == [("condition-removed", "safe")]
    assert findings(bound, free, FORWARD) == [("condition-removed", "breaking")]


def test_both_sides_may_be_asked_of_one_comparer_many_times() -> None:
    """Asking again gives equal findings, and the documents stay as they were."""
    old, new = {"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"type": "integer"}}}
    before = repr((old, new))
    comparer = SchemaComparer(library(old), library(new), as_of=NOW)
    for direction in (BACKWARD, FORWARD, BACKWARD):
        assert [finding.rule for finding in comparer.findings(ROOT, ROOT, direction)] == ["type-changed"]
    assert comparer.findings(ROOT, ROOT, BACKWARD) == comparer.findings(ROOT, ROOT, BACKWARD)
    assert repr((old, new)) == before


def test_a_deep_schema_compares() -> None:
    """A hundred levels of objects are compared without running out of stack."""

    def nested(leaf: Any) -> Any:
        for _ in range(90):
            leaf = {"type": "object", "properties": {"next": leaf}}
        return leaf

    assert [rule for rule, _ in findings(nested({"type": "number"}), nested({"type": "integer"}), BACKWARD, DRAFT202012)] == [
        "type-narrowed"
    ]
