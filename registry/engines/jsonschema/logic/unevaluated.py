"""What `unevaluatedProperties` and `unevaluatedItems` still see: a case for each way the words beside them can apply."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from registry.engines.jsonschema.dialect import DRAFT201909
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.logic.formula import Formula, Formulas, OtherNames

_MOST_CASES: Final = 64


class TooManyCases(Exception):
    """The words beside it can apply in too many ways, or in ways that depend on where the schema is used."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What has been evaluated: properties by name or pattern, leading items, items that fulfil a `contains`; or everything."""

    names: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    members: bool = False
    leading: int = 0
    contained: tuple[Formula, ...] = ()
    items: bool = False

    def joined(self, other: Coverage) -> Coverage:
        """What either has evaluated."""
        return Coverage(
            self.names | other.names,
            self.patterns | other.patterns,
            self.members or other.members,
            max(self.leading, other.leading),
            (*self.contained, *other.contained),
            self.items or other.items,
        )


Case: TypeAlias = tuple[Formula, Coverage]
Translate: TypeAlias = Callable[[Schema], Formula]


def unevaluated(schema: Schema, formulas: Formulas, translate: Translate, words: Collection[str]) -> Iterable[Formula]:
    """The demands of `unevaluatedProperties` and `unevaluatedItems`, if among the words (2020-12 core, sections 11.2 and 11.3).

    Raises TooManyCases.
    """
    cases = _Cases(formulas, translate).of(schema, own=False)
    if "unevaluatedProperties" in words and schema.get("unevaluatedProperties") is not None:
        demand = translate(schema.sub(("unevaluatedProperties",)))
        for condition, coverage in cases:
            if not coverage.members:
                rest = formulas.members(OtherNames(coverage.names, coverage.patterns), demand)
                yield formulas.either((formulas.negation(condition), rest))
    if "unevaluatedItems" in words and schema.get("unevaluatedItems") is not None:
        demand = translate(schema.sub(("unevaluatedItems",)))
        for condition, coverage in cases:
            if not coverage.items:
                rest = formulas.items_from(coverage.leading, formulas.either((demand, *coverage.contained)))
                yield formulas.either((formulas.negation(condition), rest))


class _Cases:
    def __init__(self, formulas: Formulas, translate: Translate) -> None:
        self._formulas = formulas
        self._translate = translate
        self._reading: set[Schema] = set()

    def of(self, schema: Schema, *, own: bool = True) -> list[Case]:
        """The cases of one schema; with its own unevaluated words, which evaluate all that is left, unless they are being asked."""
        if schema in self._reading or schema.get("$dynamicRef") is not None or schema.get("$recursiveRef") is not None:
            raise TooManyCases
        self._reading.add(schema)
        cases: list[Case] = [(self._formulas.true, self._direct(schema, own=own))]
        target = schema.target
        if target is not None:
            cases = self._product(cases, self.of(target))
        for branch in _listed(schema, "allOf"):
            cases = self._product(cases, self.of(branch))
        for branch in (*_listed(schema, "anyOf"), *_listed(schema, "oneOf")):
            cases = self._product(cases, self._optional(self._translate(branch), self.of(branch)))
        cases = self._product(cases, self._conditional(schema))
        named = schema.get("dependentSchemas")
        for name in named if isinstance(named, Mapping) else ():
            dependent = self.of(schema.sub(("dependentSchemas", name)))
            cases = self._product(cases, self._optional(self._formulas.has(name), dependent))
        self._reading.discard(schema)
        return cases

    def _direct(self, schema: Schema, *, own: bool) -> Coverage:
        """What the words of the schema itself evaluate."""
        named, patterned = schema.get("properties"), schema.get("patternProperties")
        places = schema.library.dialect.items(schema.body)
        counts = schema.get("contains") is not None and schema.library.dialect is not DRAFT201909
        return Coverage(
            frozenset(named) if isinstance(named, Mapping) else frozenset(),
            frozenset(patterned) if isinstance(patterned, Mapping) else frozenset(),
            schema.get("additionalProperties") is not None or (own and schema.get("unevaluatedProperties") is not None),
            len(places.prefix),
            (self._translate(schema.sub(("contains",))),) if counts else (),
            places.rest is not None or (own and schema.get("unevaluatedItems") is not None),
        )

    def _optional(self, condition: Formula, cases: list[Case]) -> list[Case]:
        """The cases of a branch that counts only when the condition holds."""
        if all(coverage == Coverage() for _, coverage in cases):
            return [(self._formulas.true, Coverage())]
        held = [(self._formulas.both((condition, other)), coverage) for other, coverage in cases]
        return [*held, (self._formulas.negation(condition), Coverage())]

    def _conditional(self, schema: Schema) -> list[Case]:
        if schema.get("if") is None:
            return [(self._formulas.true, Coverage())]
        test = schema.sub(("if",))
        condition = self._translate(test)
        nothing: list[Case] = [(self._formulas.true, Coverage())]
        then = self.of(schema.sub(("then",))) if schema.get("then") is not None else nothing
        other = self.of(schema.sub(("else",))) if schema.get("else") is not None else nothing
        held = [(self._formulas.both((condition, case)), coverage) for case, coverage in self._product(self.of(test), then)]
        failed = [(self._formulas.both((self._formulas.negation(condition), case)), coverage) for case, coverage in other]
        return [*held, *failed]

    def _product(self, left: list[Case], right: list[Case]) -> list[Case]:
        if len(left) * len(right) > _MOST_CASES:
            raise TooManyCases
        both = self._formulas.both
        return [(both((one, other)), covered.joined(more)) for one, covered in left for other, more in right]


def _listed(schema: Schema, word: str) -> list[Schema]:
    listed = schema.get(word)
    return [schema.sub((word, index)) for index in range(len(listed))] if isinstance(listed, list) else []
