"""What inclusion says about one change: it breaks, with a document; it does not; or nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from registry.domain.change import DocumentWitness, Json
from registry.domain.verdict import Direction
from registry.engines.jsonschema.inclusion import Included, No, Reading, Unknown, judged, searched
from registry.engines.jsonschema.judges import Judges
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.logic.formula import NULL, Formula, Formulas, NameIs
from registry.engines.jsonschema.logic.holding import holding
from registry.engines.jsonschema.logic.outcome import Empty, Outcome
from registry.engines.jsonschema.logic.search import Search
from registry.engines.jsonschema.logic.translate import Translator
from registry.engines.jsonschema.logic.twins import Twins
from registry.engines.jsonschema.pair import Said, SchemaPair, Seen
from registry.engines.jsonschema.view import SchemaView

BUDGET: Final = 10_000
"""Steps for one question about one change: what inclusion takes at most."""

_REST: Final = ("additionalProperties",)
_UNEVALUATED: Final = ("unevaluatedProperties", "unevaluatedItems")


@dataclass(frozen=True, slots=True)
class Breaks:
    """A document shows it; under the strict reading only, when `strict_only`."""

    witness: DocumentWitness
    strict_only: bool


@dataclass(frozen=True, slots=True)
class Harmless:
    """Proved to break nobody; `equal` when the words say the same on both sides."""

    equal: bool


@dataclass(frozen=True, slots=True)
class Open:
    """Undecided."""

    construct: str


Decision: TypeAlias = Breaks | Harmless | Open


class Decider:
    """Asks inclusion about single changes; formulas and validators are made once for all of them."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self._formulas = Formulas()
        self._twins = Twins()
        self._translator = Translator(self._formulas, self._twins)
        samples = self._translator.samples
        self._searches = {reading: Search(self._formulas, samples, lenient=reading is Reading.LENIENT) for reading in Reading}
        self._judges: dict[Schema, Judges] = {}

    def decide(self, pair: SchemaPair, seen: Seen, direction: Direction, *, tell_equal: bool = False) -> Decision:
        """Whether the change breaks somebody in the direction. The reader's words that changed are asked about alone.

        Whether a harmless change changes anything at all is another proof, which is made only to `tell_equal`.
        """
        self._twins.introduce(pair.old.schema.library, pair.new.schema.library)
        writer, reader = _sides(pair, direction)
        answer = self._asked(writer, reader, seen, Reading.LENIENT)
        if isinstance(answer, Unknown):
            return Open(answer.construct)
        if isinstance(answer, No):
            return Breaks(witness_of(answer, direction), strict_only=False)
        if self.strict and isinstance(strict := self._asked(writer, reader, seen, Reading.STRICT), No):
            return Breaks(witness_of(strict, direction), strict_only=True)
        return Harmless(equal=tell_equal and self._proved(reader, writer, seen, Reading.STRICT))

    def covers(
        self, pair: SchemaPair, seen: Seen, direction: Direction, budget: int = BUDGET, reading: Reading = Reading.LENIENT
    ) -> bool:
        """Whether the words provably refuse nothing in the direction."""
        self._twins.introduce(pair.old.schema.library, pair.new.schema.library)
        writer, reader = _sides(pair, direction)
        return self._proved(writer, reader, seen, reading, budget)

    def includes(self, old: Schema, new: Schema, direction: Direction, budget: int, reading: Reading) -> bool:
        """Whether two whole schemas provably fit in the direction; no document is shown, so no judge is asked."""
        return isinstance(self._outcome(old, new, direction, budget, reading), Empty)

    def answer(self, old: Schema, new: Schema, direction: Direction, budget: int) -> Included:
        """Whether two whole schemas fit in the direction, under the lenient reading, with the document that shows it if not."""
        writer, reader = (old, new) if direction is Direction.BACKWARD else (new, old)
        outcome = self._outcome(old, new, direction, budget, Reading.LENIENT)
        return judged(outcome, self.judges(writer), self.judges(reader))

    def _outcome(self, old: Schema, new: Schema, direction: Direction, budget: int, reading: Reading) -> Outcome:
        self._twins.introduce(old.library, new.library)
        writer, reader = (old, new) if direction is Direction.BACKWARD else (new, old)
        formulas = self._translator.formula(writer), self._translator.formula(reader)
        return searched(self._searches[reading], *formulas, budget)

    def grown(self, witness: DocumentWitness, path: str, old: Schema, new: Schema, direction: Direction) -> DocumentWitness | None:
        """A whole document of a root that holds the witness at the element path, when the judges confirm it there."""
        writer, reader = (old, new) if direction is Direction.BACKWARD else (new, old)
        made = self._formulas
        demand = holding(made, path, witness.document)
        if demand is None:
            return None
        whole = made.both((self._translator.formula(writer), demand))
        outcome = searched(self._searches[Reading.STRICT], whole, made.false, BUDGET)
        answer = judged(outcome, self.judges(writer), self.judges(reader))
        return witness_of(answer, direction) if isinstance(answer, No) else None

    def _asked(self, writer: SchemaView, reader: SchemaView, seen: Seen, reading: Reading) -> Included:
        admitted = self._translator.formula(writer.schema)
        if seen.about_value and not self._lists(reader, seen.value):
            admitted = self._preferring(admitted, seen.value)
        words = self._words(reader, seen)
        if reading is Reading.LENIENT:
            words = self._declaring(words, writer, reader)
        outcome = searched(self._searches[reading], admitted, words, BUDGET)
        return judged(outcome, self.judges(writer.schema), self.judges(reader.schema))

    def _proved(self, writer: SchemaView, reader: SchemaView, seen: Seen, reading: Reading, budget: int = BUDGET) -> bool:
        """Whether the words refuse nothing; no document is shown, so no judge is asked."""
        admitted, words = self._translator.formula(writer.schema), self._words(reader, seen)
        if reading is Reading.LENIENT:
            words = self._declaring(words, writer, reader)
        return isinstance(searched(self._searches[reading], admitted, words, budget), Empty)

    def _declaring(self, words: Formula, writer: SchemaView, reader: SchemaView) -> Formula:
        """The words with the names that the reader declares beside them, which the lenient reading trusts writers not to use."""
        made = self._formulas
        names = [name for name in reader.properties if name not in writer.declared]
        return made.both((words, *(made.members(NameIs(name), made.true) for name in names))) if names else words

    def _preferring(self, admitted: Formula, value: Json) -> Formula:
        return self._formulas.both((admitted, self._formulas.one_of_values([value])))

    @staticmethod
    def _lists(view: SchemaView, value: Json) -> bool:
        listed = view.values.value if view.values else None
        return isinstance(listed, list) and value in listed

    def _words(self, reader: SchemaView, seen: Seen) -> Formula:
        """The demands of the reader's words that the change is about."""
        made = self._formulas
        if seen.said:
            own = (said for said in seen.said if said.schema.library is reader.schema.library)
            return made.both(self._said(reader, said) for said in own)
        if "enum" in seen.keywords:
            listed = reader.values.value if reader.values else None
            return made.one_of_values(listed) if isinstance(listed, list) else made.true
        demands: list[Formula] = []
        for part in reader.parts:
            if seen.keywords == _REST and not seen.names:
                demand = self._translator.rest_only(part.schema)
            else:
                demand = self._translator.words(part.schema, frozenset(seen.keywords), seen.names)
            demands.append(made.either((demand, made.kind_in(NULL))) if part.nullable else demand)
        return made.both(demands)

    def _said(self, reader: SchemaView, said: Said) -> Formula:
        made, schema = self._formulas, said.schema
        if said.words == _REST:
            demand = self._translator.rest_only(schema)
        elif said.words[0] in _UNEVALUATED:
            demand = self._translator.unevaluated_only(schema, said.words[0])
        else:
            demand = self._translator.words(schema, frozenset(said.words), ())
        nullable = any(part.nullable and part.schema.location == schema.location for part in reader.parts)
        return made.either((demand, made.kind_in(NULL))) if nullable else demand

    def judges(self, schema: Schema) -> Judges:
        """The validators of a schema."""
        if schema not in self._judges:
            self._judges[schema] = Judges(schema)
        return self._judges[schema]


def _sides(pair: SchemaPair, direction: Direction) -> tuple[SchemaView, SchemaView]:
    """Who writes and who reads: old writers and new readers backward, new writers and old readers forward."""
    return (pair.old, pair.new) if direction is Direction.BACKWARD else (pair.new, pair.old)


def witness_of(answer: No, direction: Direction) -> DocumentWitness:
    """The document, with the names of the versions that accept and refuse it."""
    accepted, refused = ("old", "new") if direction is Direction.BACKWARD else ("new", "old")
    return DocumentWitness(answer.witness, accepted_by=accepted, refused_by=refused)
