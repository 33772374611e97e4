"""Comparison of two contracts' schemas: each pair once per direction, each finding at the place where it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from registry.domain.change import DocumentWitness
from registry.domain.location import Location
from registry.domain.verdict import Direction
from registry.engines.jsonschema import rules
from registry.engines.jsonschema.children import Child, children
from registry.engines.jsonschema.decision import Decider, witness_of
from registry.engines.jsonschema.findings import SchemaFinding, SchemaQuestion
from registry.engines.jsonschema.graph import Edge, Place, risen, ways
from registry.engines.jsonschema.inclusion import Included, No, Reading
from registry.engines.jsonschema.judging import PairJudge
from registry.engines.jsonschema.library import Library, Projection, Schema
from registry.engines.jsonschema.pair import SchemaPair, SchemaRule, Seen
from registry.engines.jsonschema.sameness import Sameness
from registry.engines.jsonschema.showing import Showing
from registry.engines.jsonschema.turned import turned
from registry.engines.jsonschema.view import view_of
from registry.engines.rulebook.catalogue import discover

CLEARING_BUDGET = 3_000
"""Steps for the proof that nothing below a root breaks; 0 leaves it out."""
_GROUP_BUDGET = 2_000
"""Steps for the proof that words which bear on each other, such as the branches of a union, cover each other's changes."""
_MOST_ASKED = 40
"""Pairs below a root that are asked whether they fit, when no rule tells why the root does not."""

_Report = tuple[tuple[SchemaFinding, ...], tuple[SchemaQuestion, ...]]
_Told = TypeVar("_Told", SchemaFinding, SchemaQuestion)


@lru_cache(maxsize=1)
def schema_rules() -> tuple[SchemaRule, ...]:
    """The catalogue of schema rules, sorted by id."""
    return discover(rules)


class SchemaComparer:
    """Compares schemas of an old and a new library. Keeps what it has compared, so asking for many roots costs each pair once.

    `strict` adds, as risky, what breaks only when a writer uses undeclared names that the reader declares. `more_rules` are asked
    beside the catalogue's, for words that only a format built on JSON Schema knows. `minimum_notice` is that of `SchemaPair`. A
    `decider` that has seen one of the libraries before need not learn it again; its reading counts.
    """

    def __init__(
        self,
        old: Library,
        new: Library,
        *,
        as_of: datetime,
        strict: bool = False,
        clearing_budget: int = CLEARING_BUDGET,
        more_rules: tuple[SchemaRule, ...] = (),
        minimum_notice: Mapping[str, int] | None = None,
        decider: Decider | None = None,
    ) -> None:
        self._old = old
        self._new = new
        self._as_of = as_of
        self._minimum_notice = minimum_notice or {}
        self._clearing_budget = clearing_budget
        self._decider = decider or Decider(strict=strict)
        self._judge = PairJudge((*schema_rules(), *more_rules), self._decider)
        self._showing = Showing()
        self._places: dict[tuple[Schema, Schema, Direction, Reading | None], Place] = {}
        self._sameness: dict[Projection, Sameness] = {}
        self._reports: dict[tuple[Schema, Schema, Direction], _Report] = {}

    @property
    def pairs(self) -> int:
        """How many distinct pairs of schemas were looked at so far, those that are the same included: what the cost grows with."""
        return sum(sameness.pairs for sameness in self._sameness.values())

    def findings(
        self, old: Location, new: Location, direction: Direction, projection: Projection = Projection.ALL
    ) -> tuple[SchemaFinding, ...]:
        """Every change between two schemas that somebody in this direction meets. Raises BadReference."""
        return self._report(old, new, direction, projection)[0]

    def undecided(
        self, old: Location, new: Location, direction: Direction, projection: Projection = Projection.ALL
    ) -> tuple[SchemaQuestion, ...]:
        """What stays open between two schemas. Raises BadReference."""
        return self._report(old, new, direction, projection)[1]

    def ends(self, old: Location, new: Location, projection: Projection = Projection.ALL) -> tuple[Location, Location] | None:
        """Where the references at two places lead, or None where both say the same. Raises BadReference."""
        left, right = self._old.projected(projection).at(old), self._new.projected(projection).at(new)
        if self._sameness.setdefault(projection, Sameness()).same(left, right):
            return None
        return left.followed().location, right.followed().location

    def embedded(
        self, finding: SchemaFinding, old: Location, new: Location, direction: Direction, projection: Projection = Projection.ALL
    ) -> SchemaFinding:
        """The finding with its witness grown to a whole document of the compared root, where the judges confirm one there."""
        if not isinstance(finding.witness, DocumentWitness):
            return finding
        left, right = self._old.projected(projection).at(old), self._new.projected(projection).at(new)
        for path in finding.paths:
            witness = self._decider.grown(finding.witness, path.removesuffix(finding.member), left, right, direction)
            if witness is not None:
                return replace(finding, witness=witness)
        return finding

    def _report(self, old: Location, new: Location, direction: Direction, projection: Projection) -> _Report:
        sameness = self._sameness.setdefault(projection, Sameness())
        left, right = self._old.projected(projection).at(old), self._new.projected(projection).at(new)
        if sameness.same(left, right):
            return (), ()
        key = (left.followed(), right.followed(), direction)
        if key not in self._reports:
            self._reports[key] = self._told_below(self._root(*key, sameness))
        return self._reports[key]

    def _told_below(self, root: Place) -> _Report:
        """What was found at and below an explored root, each with its ways."""
        paths = ways(root)
        findings = [_reached(finding, paths[place]) for place in paths for finding in place.findings]
        questions = [_reached(question, paths[place]) for place in paths for question in place.questions]
        if self._clearing_budget and not root.fits and not questions and not any(finding.explains for finding in findings):
            findings.extend(self._untold(root))
        return tuple(findings), tuple(questions)

    def _untold(self, root: Place) -> Iterator[SchemaFinding]:
        """What whole schemas show and no rule about a part did, words that only do it together; told of the innermost such pair."""
        answer = self._answer(root)
        if not isinstance(answer, No):
            return
        place, path, asked = root, "$", {root}
        edges = iter(root.edges)
        while len(asked) < _MOST_ASKED and (edge := next(edges, None)) is not None:
            if edge.below in asked or edge.below.direction is not root.direction:
                continue
            asked.add(edge.below)
            inner = self._answer(edge.below)
            if isinstance(inner, No):
                place, path, answer, edges = edge.below, path + edge.child.member, inner, iter(edge.below.edges)
        if place.pair is not None:
            finding = self._judge.general(place.pair, place.direction, witness_of(answer, place.direction))
            yield replace(finding, paths=(path,))

    def _answer(self, place: Place) -> Included:
        return self._decider.answer(place.old, place.new, place.direction, self._clearing_budget)

    def _root(self, old: Schema, new: Schema, direction: Direction, sameness: Sameness) -> Place:
        """The place of a compared root: cleared when inclusion proves that no document tells the two apart for the worse.

        That needs no search where a document below is seen to break the root, and matters little where nothing below breaks.
        """
        root = self._place(old, new, direction, None)
        self._explore(root, sameness)
        if root.refuted or not self._clearing_budget:
            return root
        cleared = self._proved(lambda reading: self._decider.includes(old, new, direction, self._clearing_budget, reading))
        root.fits = cleared is not None
        if cleared is None or not root.harmful:
            return root
        root = self._place(old, new, direction, cleared)
        root.fits = True
        self._explore(root, sameness)
        return root

    def _proved(self, proves: Callable[[Reading], bool]) -> Reading | None:
        """The strictest reading that matters here under which something is proved."""
        if not proves(Reading.LENIENT):
            return None
        return Reading.STRICT if not self._decider.strict or proves(Reading.STRICT) else Reading.LENIENT

    def _place(self, old: Schema, new: Schema, direction: Direction, cleared: Reading | None) -> Place:
        key = (old, new, direction, cleared)
        known = self._places.get(key)
        if known is None:
            known = self._places[key] = Place(old, new, direction, cleared)
        return known

    def _explore(self, root: Place, sameness: Sameness) -> None:
        """Compare everything below a root, and settle what depends on what is below."""
        found: list[Place] = []
        stack = [root]
        while stack:
            place = stack.pop()
            if place.pair is None:
                place.pair = self._compare(place, sameness)
                found.append(place)
                stack.extend(edge.below for edge in place.edges)
        self._mark_refuted(found)
        _mark_harmful(found)
        for place in found:
            self._clear_groups(place, sameness)
        _mark_harmful(found)
        _mark_telling(found)

    def _mark_refuted(self, found: list[Place]) -> None:
        """Note which places some document surely breaks: there itself, or in a part that shows through."""

        def shows(place: Place, edge: Edge) -> bool:
            return place.pair is not None and self._showing.through(place.pair, edge.child, place.direction)

        breaking = [place for place in found if any(finding.refutes for finding in place.findings)]
        for place in risen(found, breaking, lambda below: below.refuted, shows):
            place.refuted = True

    def _compare(self, place: Place, sameness: Sameness) -> SchemaPair:
        pair = SchemaPair(view_of(place.old), view_of(place.new), self._as_of, sameness, self._minimum_notice)
        change = turned(pair.old, pair.new, sameness)
        if change is None:
            told = tuple(self._judge.judged(pair, place.direction, cleared=place.cleared))
            below = tuple(children(pair.old, pair.new, sameness))
        else:
            told = (self._judge.turned(change, pair, place.direction),)
            stayed = change.child(pair, place.direction)
            below = () if stayed is None else (stayed,)
        place.findings = tuple(finding for finding in told if isinstance(finding, SchemaFinding))
        place.questions = tuple(question for question in told if isinstance(question, SchemaQuestion))
        place.edges = tuple(Edge(child, self._below(place, child, place.cleared)) for child in below)
        return pair

    def _below(self, place: Place, child: Child, cleared: Reading | None) -> Place:
        return self._place(child.old.followed(), child.new.followed(), place.direction, cleared)

    def _clear_groups(self, place: Place, sameness: Sameness) -> None:
        """Lead to cleared places below words that bear on each other and provably refuse nothing together.

        That is asked of a group only where something in it breaks, and no document is seen to break the group as a whole.
        """
        if place.cleared or place.pair is None:
            return
        harmful = {edge.child.within for edge in place.edges if edge.child.within and edge.below.harmful}
        for words in harmful:
            group = [edge for edge in place.edges if edge.child.within == words]
            if any(edge.below.refuted and self._showing.through(place.pair, edge.child, place.direction) for edge in group):
                continue
            asked = Seen("a group of words", None, None, keywords=words)
            cleared = self._covered(place.pair, asked, place.direction)
            if cleared is not None:
                for edge in group:
                    edge.below = self._below(place, edge.child, cleared)
                    self._explore(edge.below, sameness)

    def _covered(self, pair: SchemaPair, seen: Seen, direction: Direction) -> Reading | None:
        return self._proved(lambda reading: self._decider.covers(pair, seen, direction, _GROUP_BUDGET, reading))


def _mark_harmful(found: list[Place]) -> None:
    """Note at or below which places something breaks or stays open."""
    for place in found:
        place.harmful = False
    own = [place for place in found if place.questions or any(map(_shown, place.findings))]
    for place in risen(found, own, lambda below: below.harmful):
        place.harmful = True


def _shown(finding: SchemaFinding) -> bool:
    return isinstance(finding.witness, DocumentWitness)


def _mark_telling(found: list[Place]) -> None:
    """Note at or below which places there is something to tell."""
    own = [place for place in found if place.findings or place.questions]
    for place in risen(found, own, lambda below: below.telling):
        place.telling = True


def _reached(told: _Told, paths: tuple[str, ...]) -> _Told:
    return replace(told, paths=tuple(path + told.member for path in paths))
