"""Schemas into formulas, one small function per group of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.logic.formula import (
    EVERY_KIND,
    FRACTION,
    INTEGER,
    Formula,
    Formulas,
    NameIs,
    NameMatches,
    OtherNames,
)
from registry.engines.jsonschema.logic.meaning import meaning
from registry.engines.jsonschema.logic.samples import Samples
from registry.engines.jsonschema.logic.twins import Twins
from registry.engines.jsonschema.logic.unevaluated import TooManyCases, unevaluated
from registry.engines.jsonschema.patterns import searches
from registry.engines.jsonschema.values import exact, key_of
from registry.engines.jsonschema.view import left_out

_MOST_NESTED: Final = 24
_KINDS: Final = {"null": 1, "boolean": 2, "integer": INTEGER, "number": INTEGER | FRACTION, "string": 16, "array": 32, "object": 64}
_STANDING_ALONE: Final = frozenset({"type", "enum", "const", "format", "pattern", "minLength", "maxLength", "title", "description"})
_OBJECT_WORDS: Final = frozenset({"properties", "patternProperties", "additionalProperties"})
_ITEM_WORDS: Final = frozenset({"items", "prefixItems", "additionalItems"})
_DEPENDENT_WORDS: Final = frozenset({"dependencies", "dependentRequired", "dependentSchemas"})
_CONDITION_WORDS: Final = frozenset({"if", "then", "else"})
_UNEVALUATED_WORDS: Final = ("unevaluatedProperties", "unevaluatedItems")
_CONTAINS_WORDS: Final = frozenset({"contains", "minContains", "maxContains"})


class Translator:
    """Turns schemas of any library into formulas of one store; each schema once.

    What a reference names, and what is nested deep, is translated when somebody looks inside: a comparison of two large documents
    reads little of them, and no recursion is as deep as a chain of references.
    """

    def __init__(self, formulas: Formulas, twins: Twins) -> None:
        self.formulas = formulas
        self.samples = Samples()
        self._twins = twins
        self._done: dict[Schema, Formula] = {}
        self._open: set[Schema] = set()

    def formula(self, schema: Schema) -> Formula:
        """What a value must fulfil to be valid. Raises BadReference."""
        known = self._done.get(schema)
        if known is not None:
            return known
        if schema in self._open or len(self._open) >= _MOST_NESTED:
            return self._named(schema)
        self._open.add(schema)
        try:
            made = self._translate(schema)
        finally:
            self._open.discard(schema)
        self._done[schema] = made
        return made

    def referred(self, schema: Schema) -> Formula:
        """The same for what a reference names: by name, unless it is known or has no parts."""
        known = self._done.get(schema)
        if known is not None:
            return known
        schema = self._twins.of(schema)
        return self.formula(schema) if _STANDING_ALONE.issuperset(schema.body) else self._named(schema)

    def _named(self, schema: Schema) -> Formula:
        return self.formulas.named(schema, lambda: self._unfolded(schema))

    def _unfolded(self, schema: Schema) -> Formula:
        known = self._done.get(schema)
        if known is not None:
            return known
        outside, self._open = self._open, set()
        try:
            return self.formula(schema)
        finally:
            self._open = outside

    def _translate(self, schema: Schema) -> Formula:
        if isinstance(schema.value, bool):
            return self.formulas.true if schema.value else self.formulas.false
        if schema.is_bare_reference:
            target = schema.target
            return self.referred(target) if target is not None else self.formulas.true
        groups = sorted({_GROUP_OF[word] for word in schema.body if word in _GROUP_OF})
        return self.formulas.both([part for group in groups for part in _GROUPS[group][1](self, schema)])

    def words(self, schema: Schema, words: frozenset[str], names: tuple[str, ...]) -> Formula:
        """What some words of a schema demand, and of the object words only what they say about some names, when there are any."""
        if isinstance(schema.value, bool):
            return self.formula(schema)
        if schema.is_bare_reference:
            return self.formulas.true
        if names:
            listed = schema.get("required") if "required" in words else None
            demanded = [self.formulas.has(name) for name in names if isinstance(listed, list) and name in listed]
            return self.formulas.both((*demanded, *(self._about(schema, name) for name in names if words & _OBJECT_WORDS)))
        kept = {word: value for word, value in schema.body.items() if word in words}
        return self._translate(Schema(schema.library, schema.file, schema.pointer, kept, schema.resource))

    def rest_only(self, schema: Schema) -> Formula:
        """What `additionalProperties` demands, without the declared properties."""
        return self.formulas.both(_additional(self, schema))

    def unevaluated_only(self, schema: Schema, word: str) -> Formula:
        """What one of the unevaluated words demands, with all that the schema evaluates beside it."""
        return self.formulas.both(_unevaluated(self, schema, (word,)))

    def _about(self, schema: Schema, name: str) -> Formula:
        """What the object words of one schema say about the property of one name."""
        demands: list[Formula] = []
        covered = False
        named = schema.get("properties")
        if isinstance(named, Mapping) and name in named:
            covered = True
            if not left_out(schema.sub(("properties", name))):
                demands.append(self.formula(schema.sub(("properties", name))))
        patterned = schema.get("patternProperties")
        for pattern in patterned if isinstance(patterned, Mapping) else ():
            if searches(pattern, name):
                covered = True
                demands.append(self.formula(schema.sub(("patternProperties", pattern))))
        if not covered and schema.get("additionalProperties") is not None:
            demands.append(self.formula(schema.sub(("additionalProperties",))))
        elif not covered and schema.get("unevaluatedProperties") is not None:
            absent = self.formulas.negation(self.formulas.has(name))
            return self.formulas.either((absent, self.unevaluated_only(schema, "unevaluatedProperties")))
        return self.formulas.members(NameIs(name), self.formulas.both(demands)) if demands else self.formulas.true


def _reference(translator: Translator, schema: Schema) -> Iterator[Formula]:
    target = schema.target
    if target is not None:
        yield translator.referred(target)


def _dynamic(translator: Translator, schema: Schema) -> Iterator[Formula]:
    for word in ("$dynamicRef", "$recursiveRef"):
        if isinstance(schema.get(word), str):
            target = schema.library.settled(schema, word)
            yield translator.referred(target) if target is not None else translator.formulas.opaque(word, schema)


def _types(translator: Translator, schema: Schema) -> Iterator[Formula]:
    names = schema.library.dialect.types(schema.body)
    if names is not None and schema.get("type") is not None:
        mask = 0
        for name in names:
            mask |= _KINDS.get(name, EVERY_KIND)
        yield translator.formulas.kind_in(mask)


def _values(translator: Translator, schema: Schema) -> Iterator[Formula]:
    listed = schema.get("enum")
    if isinstance(listed, list):
        yield translator.formulas.one_of_values(listed)
    if "const" in schema.library.dialect.vocabulary and "const" in schema.body:
        yield translator.formulas.one_of_values([schema.body["const"]])


def _numbers(translator: Translator, schema: Schema) -> Iterator[Formula]:
    dialect = schema.library.dialect
    for bound in dialect.lower(schema.body):
        yield translator.formulas.at_least(exact(bound.value), bound.exclusive)
    for bound in dialect.upper(schema.body):
        yield translator.formulas.at_most(exact(bound.value), bound.exclusive)
    step = schema.get("multipleOf")
    if isinstance(step, int | float) and not isinstance(step, bool) and step > 0:
        yield translator.formulas.multiple_of(exact(step))
        if not dialect.integral_floats and exact(step).denominator == 1:
            # In draft 4 the text 2.0 is a number and no integer; nothing is concluded about such numbers.
            fraction = translator.formulas.negation(translator.formulas.kind_in(FRACTION))
            yield translator.formulas.either((fraction, translator.formulas.opaque("multipleOf under draft 4", key_of(step))))


def _texts(translator: Translator, schema: Schema) -> Iterator[Formula]:
    yield translator.formulas.length(*_counts(schema, "minLength", "maxLength"))
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        yield translator.formulas.matches(pattern)


def _required(translator: Translator, schema: Schema) -> Iterator[Formula]:
    named = schema.get("properties")
    listed = schema.get("required")
    for name in listed if isinstance(listed, list) else ():
        if not isinstance(name, str):
            continue
        if isinstance(named, Mapping) and name in named and left_out(schema.sub(("properties", name))):
            continue
        yield translator.formulas.has(name)


def _properties(translator: Translator, schema: Schema) -> Iterator[Formula]:
    named = schema.get("properties")
    for name in named if isinstance(named, Mapping) else ():
        property_ = schema.sub(("properties", name))
        if not left_out(property_):
            yield translator.formulas.members(NameIs(name), translator.formula(property_))
            translator.samples.learn(name, property_)
    patterned = schema.get("patternProperties")
    for pattern in patterned if isinstance(patterned, Mapping) else ():
        yield translator.formulas.members(NameMatches(pattern), translator.formula(schema.sub(("patternProperties", pattern))))
    yield from _additional(translator, schema)


def _additional(translator: Translator, schema: Schema) -> Iterator[Formula]:
    if schema.get("additionalProperties") is None:
        return
    named, patterned = schema.get("properties"), schema.get("patternProperties")
    names = frozenset(named) if isinstance(named, Mapping) else frozenset[str]()
    patterns = frozenset(patterned) if isinstance(patterned, Mapping) else frozenset[str]()
    yield translator.formulas.members(OtherNames(names, patterns), translator.formula(schema.sub(("additionalProperties",))))


def _names(translator: Translator, schema: Schema) -> Iterator[Formula]:
    if schema.get("propertyNames") is not None:
        yield translator.formulas.names(translator.formula(schema.sub(("propertyNames",))))


def _sizes(translator: Translator, schema: Schema) -> Iterator[Formula]:
    yield translator.formulas.member_count(*_counts(schema, "minProperties", "maxProperties"))
    yield translator.formulas.item_count(*_counts(schema, "minItems", "maxItems"))
    if schema.get("uniqueItems") is True:
        yield translator.formulas.unique()


def _dependents(translator: Translator, schema: Schema) -> Iterator[Formula]:
    for name, demand, is_names in schema.library.dialect.dependents(schema.body):
        absent = translator.formulas.negation(translator.formulas.has(name))
        if is_names:
            yield translator.formulas.either(
                (absent, translator.formulas.both(translator.formulas.has(str(other)) for other in demand))
            )
        else:
            yield translator.formulas.either((absent, translator.formula(schema.sub(demand)), _no_object(translator)))


def _no_object(translator: Translator) -> Formula:
    return translator.formulas.negation(translator.formulas.kind_in(64))


def _items(translator: Translator, schema: Schema) -> Iterator[Formula]:
    places = schema.library.dialect.items(schema.body)
    for index, steps in enumerate(places.prefix):
        yield translator.formulas.item_at(index, translator.formula(schema.sub(steps)))
    if places.rest:
        yield translator.formulas.items_from(len(places.prefix), translator.formula(schema.sub(places.rest)))


def _contains(translator: Translator, schema: Schema) -> Iterator[Formula]:
    if schema.get("contains") is None:
        return
    least, most = schema.get("minContains"), schema.get("maxContains")
    low = int(least) if isinstance(least, int | float) else 1
    yield translator.formulas.contains(
        translator.formula(schema.sub(("contains",))), low, int(most) if isinstance(most, int | float) else None
    )


def _composition(translator: Translator, schema: Schema) -> Iterator[Formula]:
    yield from _branches(translator, schema, "allOf")
    if isinstance(schema.get("anyOf"), list):
        yield translator.formulas.either(_branches(translator, schema, "anyOf"))
    if isinstance(schema.get("oneOf"), list):
        yield translator.formulas.exactly_one(_branches(translator, schema, "oneOf"))
    if schema.get("not") is not None:
        yield translator.formulas.negation(translator.formula(schema.sub(("not",))))


def _branches(translator: Translator, schema: Schema, word: str) -> Iterator[Formula]:
    listed = schema.get(word)
    for index in range(len(listed)) if isinstance(listed, list) else ():
        yield translator.formula(schema.sub((word, index)))


def _condition(translator: Translator, schema: Schema) -> Iterator[Formula]:
    if schema.get("if") is None:
        return
    test = translator.formula(schema.sub(("if",)))
    for word, case in (("then", translator.formulas.negation(test)), ("else", test)):
        if schema.get(word) is not None:
            yield translator.formulas.either((case, translator.formula(schema.sub((word,)))))


def _unevaluated(translator: Translator, schema: Schema, words: tuple[str, ...] = _UNEVALUATED_WORDS) -> Iterator[Formula]:
    try:
        yield from list(unevaluated(schema, translator.formulas, translator.formula, words))
    except TooManyCases:
        for word in words:
            if schema.get(word) is not None:
                yield translator.formulas.opaque(word, meaning(schema))


Make = Callable[[Translator, Schema], Iterator[Formula]]
_GROUPS: Final[tuple[tuple[frozenset[str], Make], ...]] = (
    (frozenset({"$ref"}), _reference),
    (frozenset({"type", "nullable"}), _types),
    (frozenset({"enum", "const"}), _values),
    (frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}), _numbers),
    (frozenset({"minLength", "maxLength", "pattern"}), _texts),
    (frozenset({"required"}), _required),
    (_OBJECT_WORDS, _properties),
    (frozenset({"propertyNames"}), _names),
    (frozenset({"minProperties", "maxProperties", "minItems", "maxItems", "uniqueItems"}), _sizes),
    (_DEPENDENT_WORDS, _dependents),
    (_ITEM_WORDS, _items),
    (_CONTAINS_WORDS, _contains),
    (frozenset({"allOf", "anyOf", "oneOf", "not"}), _composition),
    (_CONDITION_WORDS, _condition),
    (frozenset({"unevaluatedProperties", "unevaluatedItems"}), _unevaluated),
    (frozenset({"$dynamicRef", "$recursiveRef"}), _dynamic),
)
_GROUP_OF: Final = {word: index for index, (words, _) in enumerate(_GROUPS) for word in words}


def _counts(schema: Schema, least: str, most: str) -> tuple[int, int | None]:
    low, high = schema.get(least), schema.get(most)
    return (
        -int(-low // 1) if isinstance(low, int | float) and not isinstance(low, bool) else 0,
        int(high // 1) if isinstance(high, int | float) and not isinstance(high, bool) else None,
    )
