"""A sample of every word of JSON Schema: a schema to put it in, a loose value, and a tight one that admits fewer documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = Any
"""What a word may be given, as JSON."""


@dataclass(frozen=True)
class Word:
    """`beside`: the schema around the word. `loose`: None for words that can only be there or not, or whose values have no order.

    `unordered`: the two values admit other documents, or the same; neither narrows the other. `drafts` holds other values for the
    drafts that read the word otherwise.
    """

    tight: Value
    loose: Value = None
    beside: Mapping[str, Value] = field(default_factory=dict)
    unordered: bool = False
    drafts: Mapping[str, Word] = field(default_factory=dict)

    def of(self, draft: str) -> Word:
        """The sample as a draft writes it."""
        return self.drafts.get(draft, self)


TEXT, NUMBER, LIST, OBJECT = {"type": "string"}, {"type": "number"}, {"type": "array"}, {"type": "object"}
SKU = {"properties": {"sku": TEXT}}
CARD = {"required": ["card"]}
_OLD = ("draft-04", "draft-06", "draft-07", "2019-09")


def _in_old(word: Word, drafts: tuple[str, ...] = _OLD) -> dict[str, Word]:
    return dict.fromkeys(drafts, word)


_ANCHORS = {"$defs": {"A": {"$dynamicAnchor": "loose"}, "B": {"$dynamicAnchor": "tight", **NUMBER}}}

WORDS: Mapping[str, Word] = {
    "type": Word("string", ["string", "number"]),
    "enum": Word(["card"], ["card", "cash"], TEXT),
    "const": Word("card", "cash", TEXT, unordered=True),
    "multipleOf": Word(4, 2, NUMBER),
    "minimum": Word(3, 1, NUMBER),
    "maximum": Word(7, 9, NUMBER),
    "exclusiveMinimum": Word(3, 1, NUMBER, drafts={"draft-04": Word(True, None, {**NUMBER, "minimum": 3})}),
    "exclusiveMaximum": Word(7, 9, NUMBER, drafts={"draft-04": Word(True, None, {**NUMBER, "maximum": 7})}),
    "minLength": Word(3, 1, TEXT),
    "maxLength": Word(7, 9, TEXT),
    "pattern": Word("^[A-Z]+$", "^[A-Z0-9]+$", TEXT),
    "format": Word("date", "email", TEXT, unordered=True),
    "items": Word({"type": "string", "maxLength": 5}, TEXT, LIST),
    "prefixItems": Word([{"type": "string", "maxLength": 5}], [TEXT], LIST),
    "additionalItems": Word({"type": "string", "maxLength": 5}, TEXT, {**LIST, "items": [NUMBER]}),
    "unevaluatedItems": Word(
        {"type": "string", "maxLength": 5},
        TEXT,
        {**LIST, "prefixItems": [NUMBER]},
        drafts={"2019-09": Word({"type": "string", "maxLength": 5}, TEXT, {**LIST, "items": [NUMBER]})},
    ),
    "contains": Word({"type": "string", "maxLength": 5}, TEXT, LIST),
    "minContains": Word(3, 2, {**LIST, "contains": TEXT}),
    "maxContains": Word(3, 4, {**LIST, "contains": TEXT}),
    "minItems": Word(3, 1, LIST),
    "maxItems": Word(7, 9, LIST),
    "uniqueItems": Word(True, False, LIST),
    "properties": Word({"sku": {"type": "string", "maxLength": 5}}, {"sku": TEXT}, {"additionalProperties": False}),
    "patternProperties": Word({"^x-": {"type": "string", "maxLength": 5}}, {"^x-": TEXT}, OBJECT),
    "additionalProperties": Word({"type": "string", "maxLength": 5}, TEXT, SKU),
    "unevaluatedProperties": Word({"type": "string", "maxLength": 5}, TEXT, SKU),
    "propertyNames": Word({"maxLength": 5}, {"maxLength": 9}, OBJECT),
    "required": Word(["card", "sku"], ["sku"], SKU),
    "minProperties": Word(3, 1, OBJECT),
    "maxProperties": Word(7, 9, OBJECT),
    "dependencies": Word({"sku": ["card", "cash"]}, {"sku": ["card"]}, OBJECT),
    "dependentRequired": Word({"sku": ["card", "cash"]}, {"sku": ["card"]}, OBJECT),
    "dependentSchemas": Word({"sku": {"required": ["card", "cash"]}}, {"sku": CARD}, OBJECT),
    "allOf": Word([{"minLength": 2}, {"maxLength": 5}], [{"minLength": 2}], TEXT),
    "anyOf": Word([CARD, {"required": ["cash"]}], [CARD, {"required": ["cash"]}, {"required": ["free"]}], OBJECT),
    "oneOf": Word([CARD, {"required": ["cash"]}], [{"required": ["card", "sku"]}, {"required": ["cash"]}], OBJECT, unordered=True),
    "not": Word({"minLength": 5}, {"minLength": 9}, TEXT),
    "if": Word({"required": ["sku"]}, {"required": ["sku", "free"]}, {**OBJECT, "then": CARD}),
    "then": Word({"required": ["card", "cash"]}, CARD, {**OBJECT, "if": {"required": ["sku"]}}),
    "else": Word({"required": ["card", "cash"]}, CARD, {**OBJECT, "if": {"required": ["sku"]}}),
    "contentEncoding": Word("base64", "base64url", TEXT, unordered=True),
    "contentMediaType": Word("application/json", "text/html", TEXT, unordered=True),
    "contentSchema": Word(OBJECT, LIST, {**TEXT, "contentMediaType": "application/json"}, unordered=True),
    "default": Word("card", "cash", TEXT, unordered=True),
    "deprecated": Word(True, False, TEXT, unordered=True),
    "readOnly": Word(True, False, TEXT, unordered=True),
    "writeOnly": Word(True, False, TEXT, unordered=True),
    "title": Word("Order", "Cart", TEXT, unordered=True),
    "description": Word("What was bought.", "What is bought.", TEXT, unordered=True),
    "examples": Word(["card"], ["cash"], TEXT, unordered=True),
    "$comment": Word("Agreed in spring.", "Agreed in autumn.", TEXT, unordered=True),
    "$ref": Word(
        "#/$defs/Tight",
        "#/$defs/Loose",
        {"$defs": {"Tight": {"type": "string", "maxLength": 5}, "Loose": TEXT}},
        drafts=_in_old(
            Word(
                "#/definitions/Tight",
                "#/definitions/Loose",
                {"definitions": {"Tight": {"type": "string", "maxLength": 5}, "Loose": TEXT}},
            ),
            _OLD[:3],
        ),
    ),
    "$dynamicRef": Word("#tight", "#loose", _ANCHORS),
    "$recursiveRef": Word("#", None, OBJECT),
    "$defs": Word({"Money": NUMBER}, {"Price": NUMBER}, TEXT, unordered=True),
    "definitions": Word({"Money": NUMBER}, {"Price": NUMBER}, TEXT, unordered=True),
    "$id": Word("https://shop.example/order", "https://shop.example/cart", TEXT, unordered=True),
    "id": Word("https://shop.example/order", "https://shop.example/cart", TEXT, unordered=True),
    "$anchor": Word("order", "cart", TEXT, unordered=True),
    "$dynamicAnchor": Word("order", "cart", TEXT, unordered=True),
    "$recursiveAnchor": Word(True, False, TEXT, unordered=True, drafts={"2020-12": Word("order", "cart", TEXT, unordered=True)}),
    "$vocabulary": Word({"https://shop.example/v": False}, {"https://shop.example/w": False}, TEXT, unordered=True),
}
"""Every word that a meta-schema names, but `$schema`, which chooses the meta-schema."""

WAIVERS: Mapping[str, str] = {
    "title": "Prose: it tells people what they read.",
    "description": "Prose: it tells people what they read.",
    "examples": "Prose: it shows people what they read; an event's own examples are checked against it when it is published.",
    "$comment": "Prose: it is for whoever edits the schema.",
    "$defs": "A definition is compared wherever something refers to it; what nothing refers to promises nothing.",
    "definitions": "A definition is compared wherever something refers to it; what nothing refers to promises nothing.",
    "$id": "A name for references, which are followed; the address that events carry is judged by `data-schema-changed`.",
    "id": "A name for references, which are followed; the address that events carry is judged by `data-schema-changed`.",
    "$anchor": "A name for references, which are followed.",
    "$dynamicAnchor": "A name for references, which are followed.",
    "$recursiveAnchor": "A name for references, which are followed.",
    "$vocabulary": "It stands in meta-schemas; a contract names one of the known drafts.",
}
"""Why no edit of a word is a change."""

WAIVERS_BY_DRAFT: Mapping[tuple[str, str], str] = {
    ("dependencies", "2019-09"): "Replaced by `dependentRequired` and `dependentSchemas`; validators of the draft ignore it.",
    ("dependencies", "2020-12"): "Replaced by `dependentRequired` and `dependentSchemas`; validators of the draft ignore it.",
    ("$recursiveRef", "2020-12"): "Replaced by `$dynamicRef`; validators of the draft ignore it.",
}
"""Why no edit of a word is a change in a draft that still names it."""
