"""Is every document that one schema admits admitted by another? Yes with a proof, no with a document, or unknown with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from registry.domain.change import Json
from registry.domain.errors import BadReference
from registry.engines.jsonschema.judges import Judges
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.logic.finite import finite_values
from registry.engines.jsonschema.logic.formula import Formula, Formulas
from registry.engines.jsonschema.logic.outcome import BudgetSpent, Demand, Empty, Found, Outcome, Stuck
from registry.engines.jsonschema.logic.samples import samples_of
from registry.engines.jsonschema.logic.search import Search
from registry.engines.jsonschema.logic.translate import Translator
from registry.engines.jsonschema.logic.twins import Twins
from registry.engines.jsonschema.sameness import Sameness

BUDGET: Final = 10_000
"""Steps of one search, each the same small amount of work: some thirty calls of functions. All of them take about 50 milliseconds
on a core that is free, and 100 at worst. Reading the schemas comes on top, and is linear in the part that is looked into."""
_MOST_TRIALS: Final = 50


class Reading(StrEnum):
    """How open content models are read.

    `strict`: a writer sends whatever its schema admits. `lenient`: the same, but an open writer does not happen to use, undeclared,
    a name that the reader declares.
    """

    STRICT = "strict"
    LENIENT = "lenient"


@dataclass(frozen=True, slots=True)
class Yes:
    """Every document valid under the first schema is valid under the second."""


@dataclass(frozen=True, slots=True)
class No:
    """A document that both judges accept under the first schema and refuse under the second."""

    witness: Json


@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither was proved; `construct` says what stopped the engine."""

    construct: str


Included: TypeAlias = Yes | No | Unknown


def included(a: Schema, b: Schema, *, reading: Reading = Reading.STRICT, budget: int = BUDGET) -> Included:
    """Whether every document valid under `a` is valid under `b`. Bounded by the budget; raises nothing for readable schemas."""
    try:
        sameness = Sameness()
        if sameness.same(a, b):
            return Yes()
        twins = Twins(sameness)
        twins.introduce(a.library, b.library)
        translator = Translator(Formulas(), twins)
        writer, reader = translator.formula(a), translator.formula(b)
    except BadReference as problem:
        return Unknown(problem.problem)
    except RecursionError:
        return Unknown("schemas nested too deep")
    search = Search(translator.formulas, translator.samples, lenient=reading is Reading.LENIENT)
    outcome = searched(search, writer, reader, budget)
    fits, admits = Judges(a), Judges(b)
    answer = judged(outcome, fits, admits)
    if isinstance(answer, Unknown) and (values := finite_values(writer)) is not None and len(values) <= _MOST_TRIALS:
        return _tried(values, answer, fits, admits)
    return _shown(a, answer, fits, admits) if isinstance(answer, No) and reading is Reading.STRICT else answer


def searched(search: Search, writer: Formula, reader: Formula, budget: int = BUDGET) -> Outcome:
    """The outcome of looking for a document that the writer's formula admits and the reader's refuses."""
    demands = frozenset({Demand(writer, positive=True, writer=True), Demand(reader, positive=False, writer=False)})
    try:
        return search.search(demands, budget)
    except BudgetSpent:
        return Stuck(f"the step budget of {budget}")
    except BadReference as problem:
        return Stuck(problem.problem)
    except RecursionError:
        return Stuck("schemas nested too deep")


def judged(outcome: Outcome, writer: Judges, reader: Judges) -> Included:
    """The answer that an outcome amounts to once both judges have seen the document."""
    if isinstance(outcome, Empty):
        return Yes()
    if isinstance(outcome, Stuck):
        return Unknown(outcome.construct)
    return _judged_document(outcome, writer, reader)


def _tried(values: list[Json], answer: Unknown, writer: Judges, reader: Judges) -> Included:
    """A writer with few documents is settled by trying all of them, whatever the engine does not understand."""
    for value in values:
        accepted, admitted = writer.accept(value), reader.accept(value)
        if accepted is True and admitted is False:
            return No(value)
        if accepted is not False and admitted is not True:
            return answer
    return Yes()


def _shown(a: Schema, answer: No, writer: Judges, reader: Judges) -> No:
    """The answer with an example of the writer's own schema, where one proves the same: it reads like data."""
    for value in samples_of(a.followed()):
        if writer.accept(value) is True and reader.accept(value) is False:
            return No(value)
    return answer


def _judged_document(found: Found, writer: Judges, reader: Judges) -> Included:
    accepted, admitted = writer.accept(found.value), reader.accept(found.value)
    if accepted is True and admitted is False:
        return No(found.value)
    if accepted is None or admitted is None:
        return Unknown("a document that the two validators do not both judge alike")
    return Unknown("a construct that is not understood" if not found.sure else "a document on which engine and validators disagree")
