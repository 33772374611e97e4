"""Comparison of two contracts' schemas: each pair once per direction, each finding at the place where it changed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final, TypeVar

from registry.domain.change import DocumentWitness, NoWitness, Witness
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity
from registry.engines.jsonschema import rules
from registry.engines.jsonschema.children import Child, children
from registry.engines.jsonschema.decision import BUDGET, Breaks, Decider, Harmless, Open, witness_of
from registry.engines.jsonschema.inclusion import Included, No, Reading, Unknown
from registry.engines.jsonschema.library import Library, Projection, Schema
from registry.engines.jsonschema.pair import SchemaPair, SchemaRule, Seen
from registry.engines.jsonschema.sameness import Sameness
from registry.engines.jsonschema.turned import Turned, turned
from registry.engines.jsonschema.view import view_of
from registry.engines.rulebook.catalogue import discover
from registry.engines.rulebook.rule import Action, Finding, Nature

CLEARING_BUDGET = 10_000
"""Steps for the proof that nothing below a root breaks; 0 leaves it out."""
MOST_PATHS = 64
"""Above this many ways to one place, the root `$` stands for all of them: it contains every element."""
MOST_STEPS: Final = 500
"""Where the ways from one root branch into more steps than this, `$` stands for those that were not walked to their end."""


_GROUP_BUDGET = 2_000
"""Steps for the proof that words which bear on each other, such as the branches of a union, cover each other's changes."""
_WHOLE_LANGUAGE = frozenset({"type-changed", "value-became-forbidden", "value-became-allowed"})
"""Rules that leave nothing for other language rules to say about the same pair."""
_GENERAL = {
    Direction.BACKWARD: ("schema-narrowed", "admits less than"),
    Direction.FORWARD: ("schema-widened", "admits more than"),
}
"""The rules for what no rule about a part explains, and their words, by the direction that it breaks."""
_MOST_ASKED = 40
"""Pairs below a root that are asked whether they fit, when no rule tells why the root does not."""
_PROVED = NoWitness("proved: the reader refuses no document of the writer because of this")


@dataclass(frozen=True, slots=True)
class SchemaFinding:
    """A change of a schema, where it stands, and the elements below the compared root that reach it.

    `paths` are written `$.lines[].sku`, with `{}` for any value of a map; `$` alone is the whole root.
    """

    rule: str
    severity: Severity
    direction: Direction
    old: Location | None
    new: Location | None
    message: str
    paths: tuple[str, ...]
    witness: Witness
    removes_promise: bool = False
    member: str = ""
    """The end of each path that lies below the schemas compared; a witness is a document of the part before it."""
    strict_only: bool = False
    """Whether its document uses, undeclared, a name that the reader declares: a writer that the lenient reading trusts not to."""


@dataclass(frozen=True, slots=True)
class SchemaQuestion:
    """A change that inclusion could neither clear nor confirm, and the construct that stopped it."""

    rule: str
    direction: Direction
    construct: str
    old: Location | None
    new: Location | None
    message: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Key:
    """A pair of schemas, and the reading under which a proof above it covers what its language rules see (strict: both)."""

    old: Schema
    new: Schema
    direction: Direction
    cleared: Reading | None


@dataclass(frozen=True, slots=True)
class _Node:
    """What was found at one pair, each with the way of its element from there, and the pairs below."""

    findings: tuple[tuple[str, SchemaFinding], ...]
    questions: tuple[tuple[str, SchemaQuestion], ...]
    edges: tuple[tuple[str, _Key], ...]


Told = TypeVar("Told", SchemaFinding, SchemaQuestion)


@lru_cache(maxsize=1)
def schema_rules() -> tuple[SchemaRule, ...]:
    """The catalogue of schema rules, sorted by id."""
    return discover(rules)


def opposite(direction: Direction) -> Direction:
    """Backward for forward, and the reverse: what `not` does to a change inside it."""
    return Direction.FORWARD if direction is Direction.BACKWARD else Direction.BACKWARD


class SchemaComparer:
    """Compares schemas of an old and a new library. Keeps what it has compared, so asking for many roots costs each pair once.

    `strict` adds, as risky, what breaks only when a writer uses undeclared names that the reader declares. `more_rules` are asked
    beside the catalogue's, for words that only a format built on JSON Schema knows.
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
    ) -> None:
        self._old = old
        self._new = new
        self._as_of = as_of
        self._minimum_notice = minimum_notice or {}
        self._clearing_budget = clearing_budget
        self._decider = Decider(strict=strict)
        self._rules = (*schema_rules(), *more_rules)
        self._nodes: dict[_Key, _Node] = {}
        self._roots: dict[tuple[Schema, Schema, Direction], _Key] = {}
        self._sameness: dict[Projection, Sameness] = {}
        self._reports: dict[_Key, tuple[tuple[SchemaFinding, ...], tuple[SchemaQuestion, ...]]] = {}

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

    def _report(
        self, old: Location, new: Location, direction: Direction, projection: Projection
    ) -> tuple[tuple[SchemaFinding, ...], tuple[SchemaQuestion, ...]]:
        sameness = self._sameness.setdefault(projection, Sameness())
        left, right = self._old.projected(projection).at(old), self._new.projected(projection).at(new)
        if sameness.same(left, right):
            return (), ()
        root = self._root(left.followed(), right.followed(), direction)
        if root not in self._reports:
            self._explore(root, sameness)
            self._reports[root] = self._told_below(root)
        return self._reports[root]

    def _told_below(self, root: _Key) -> tuple[tuple[SchemaFinding, ...], tuple[SchemaQuestion, ...]]:
        """What was found at and below an explored root, each with its ways."""
        paths = self._paths(root)
        findings = [_reached(finding, member, paths[key]) for key in paths for member, finding in self._nodes[key].findings]
        questions = [_reached(question, member, paths[key]) for key in paths for member, question in self._nodes[key].questions]
        if self._clearing_budget and root.cleared is None and not questions and not any(_explains(finding) for finding in findings):
            findings.extend(self._untold(root))
        return tuple(findings), tuple(questions)

    def _untold(self, root: _Key) -> Iterator[SchemaFinding]:
        """What whole schemas show and no rule about a part did, words that only do it together; told of the innermost such pair."""
        answer = self._answer(root)
        if not isinstance(answer, No):
            return
        key, path, asked = root, "$", {root}
        edges = iter(self._nodes[key].edges)
        while len(asked) < _MOST_ASKED and (edge := next(edges, None)) is not None:
            member, below = edge
            if below in asked or below.direction is not root.direction:
                continue
            asked.add(below)
            inner = self._answer(below)
            if isinstance(inner, No):
                key, path, answer, edges = below, path + member, inner, iter(self._nodes[below].edges)
        yield self._general(key, path, answer)

    def _answer(self, key: _Key) -> Included:
        return self._decider.answer(key.old, key.new, key.direction, self._clearing_budget)

    def _general(self, key: _Key, path: str, answer: No) -> SchemaFinding:
        name, does = _GENERAL[key.direction]
        seen = Seen(f"The schema as a whole {does} before.", key.old.location, key.new.location)
        [rule] = [rule for rule in self._rules if rule.id == name]
        return replace(_finding(rule, seen, key.direction), paths=(path,), witness=witness_of(answer, key.direction))

    def _root(self, old: Schema, new: Schema, direction: Direction) -> _Key:
        """The key of a compared root: cleared when inclusion proves that no document tells the two apart for the worse."""
        if (old, new, direction) not in self._roots:
            budget = self._clearing_budget
            cleared = self._proved(lambda reading: self._decider.includes(old, new, direction, budget, reading)) if budget else None
            self._roots[(old, new, direction)] = _Key(old, new, direction, cleared)
        return self._roots[(old, new, direction)]

    def _proved(self, proves: Callable[[Reading], bool]) -> Reading | None:
        """The strictest reading that matters here under which something is proved."""
        if not proves(Reading.LENIENT):
            return None
        return Reading.STRICT if not self._decider.strict or proves(Reading.STRICT) else Reading.LENIENT

    def _explore(self, root: _Key, sameness: Sameness) -> None:
        stack = [root]
        while stack:
            key = stack.pop()
            if key in self._nodes:
                continue
            node = self._compare(key, sameness)
            self._nodes[key] = node
            stack.extend(below for _, below in node.edges)

    def _compare(self, key: _Key, sameness: Sameness) -> _Node:
        pair = SchemaPair(view_of(key.old), view_of(key.new), self._as_of, sameness, self._minimum_notice)
        if (change := turned(pair.old, pair.new, sameness)) is not None:
            return self._turned(change, pair, key)
        findings: list[tuple[str, SchemaFinding]] = []
        questions: list[tuple[str, SchemaQuestion]] = []
        seen_by = [(rule, seen) for rule in self._rules for seen in rule.check(pair)]
        if any(rule.id in _WHOLE_LANGUAGE for rule, _ in seen_by):
            seen_by = [(rule, seen) for rule, seen in seen_by if rule.id in _WHOLE_LANGUAGE or rule.nature is Nature.PROMISE]
        for rule, seen in seen_by:
            told = self._told(rule, seen, pair, key)
            if isinstance(told, SchemaFinding):
                findings.append((_member(seen), told))
            elif told is not None:
                questions.append((_member(seen), told))
        below = tuple(children(pair.old, pair.new, sameness))
        harmless = self._harmless(pair, key, {child.within for child in below if child.within})
        edges = tuple((child.member, _below(child, key, harmless.get(child.within, key.cleared))) for child in below)
        return _Node(tuple(findings), tuple(questions), edges)

    def _turned(self, change: Turned, pair: SchemaPair, key: _Key) -> _Node:
        """The one finding about a schema that became, or no longer is, one of several; the other branches decide it."""
        [rule] = [rule for rule in self._rules if rule.id == change.rule]
        finding = _finding(rule, Seen(change.message, key.old.location, key.new.location), key.direction)
        reads = Direction.BACKWARD if change.rule == "alternative-added" else Direction.FORWARD
        edges = self._staying(change, pair, key, covered=key.direction is reads)
        if key.direction is not reads:
            answers = [self._beside(change, other, key) for other in change.others]
        else:  # more branches admit more, but `oneOf` refuses what two of them admit
            answers = [self._decider.answer(key.old, key.new, key.direction, BUDGET)] if change.keyword == "oneOf" else []
        refused = next((answer for answer in answers if isinstance(answer, No)), None)
        unknown = next((answer for answer in answers if isinstance(answer, Unknown)), None)
        if refused is not None:
            return _Node((("", _broken(finding, witness_of(refused, key.direction), strict_only=False)),), (), edges)
        if unknown is not None:
            return _Node((), (("", _question(finding, unknown.construct)),), edges)
        return _Node((("", replace(finding, severity=Severity.SAFE, witness=_PROVED)),), (), edges)

    def _beside(self, change: Turned, other: Schema, key: _Key) -> Included:
        """Whether the schema that is alone on its side admits what another branch does; and if not, all of the union does."""
        if change.rule == "alternative-added":
            answer = self._decider.answer(key.old, other, key.direction, BUDGET)
            union = key.new
        else:
            answer = self._decider.answer(other, key.new, key.direction, BUDGET)
            union = key.old
        if isinstance(answer, No) and not self._decider.judges(union).accept(answer.witness):
            return Unknown(change.keyword)
        return answer

    def _staying(self, change: Turned, pair: SchemaPair, key: _Key, *, covered: bool) -> tuple[tuple[str, _Key], ...]:
        """The pair of what stayed, where that is not the same; `covered` when another branch may take what it refuses now."""
        if pair.same(*change.stayed):
            return ()
        words = Seen("a union", None, None, keywords=(change.keyword,))
        cleared = key.cleared or (self._covered(pair, words, key.direction) if covered else None)
        old, new = change.stayed
        return (("", _Key(old.followed(), new.followed(), key.direction, cleared)),)

    def _harmless(self, pair: SchemaPair, key: _Key, groups: set[tuple[str, ...]]) -> dict[tuple[str, ...], Reading | None]:
        """The reading under which groups of words provably refuse nothing here, so that no change inside their schemas does."""
        if key.cleared:
            return {}
        asked = {words: Seen("a group of words", None, None, keywords=words) for words in groups}
        return {words: self._covered(pair, seen, key.direction) for words, seen in asked.items()}

    def _covered(self, pair: SchemaPair, seen: Seen, direction: Direction) -> Reading | None:
        return self._proved(lambda reading: self._decider.covers(pair, seen, direction, _GROUP_BUDGET, reading))

    def _told(self, rule: SchemaRule, seen: Finding, pair: SchemaPair, key: _Key) -> SchemaFinding | SchemaQuestion | None:
        """What is reported of what a rule saw, once inclusion was asked."""
        finding = _finding(rule, seen, key.direction)
        if not isinstance(seen, Seen) or not seen.keywords:
            return finding
        if rule.nature is Nature.PROMISE:
            return finding if key.cleared else self._shown(finding, seen, pair, key)
        kept = rule.action in (Action.ADDED, Action.REMOVED)
        did_not_happen = seen.supposed and finding.severity is not Severity.SAFE
        if key.cleared is Reading.STRICT or (finding.severity is Severity.SAFE and not kept):
            same = did_not_happen or (not kept and not self._happened(pair, seen, opposite(key.direction)))
            return None if same else replace(finding, severity=Severity.SAFE, witness=_PROVED)
        decision = self._decider.decide(pair, seen, key.direction)
        match decision:
            case Harmless():
                same = did_not_happen or (decision.equal and not kept)
                return None if same else replace(finding, severity=Severity.SAFE, witness=_PROVED)
            case Breaks():
                return _broken(finding, decision.witness, strict_only=decision.strict_only or key.cleared is not None)
            case Open():
                return None if finding.severity is Severity.SAFE else _question(finding, decision.construct)

    def _happened(self, pair: SchemaPair, seen: Seen, direction: Direction) -> bool:
        """Whether a change that is safe here may be told: what is only supposed needs a document of the other direction."""
        if seen.supposed:
            return isinstance(self._decider.decide(pair, seen, direction), Breaks)
        return not self._decider.covers(pair, seen, direction)

    def _shown(self, finding: SchemaFinding, seen: Seen, pair: SchemaPair, key: _Key) -> SchemaFinding:
        """A broken promise with a document, where there is one: then it breaks even if the promise alone would only be risky."""
        decision = self._decider.decide(pair, seen, key.direction)
        if not isinstance(decision, Breaks) or decision.strict_only or seen.severity is not None:
            return finding
        return replace(finding, severity=Severity.BREAKING, witness=decision.witness)

    def _paths(self, root: _Key) -> dict[_Key, tuple[str, ...]]:
        """The ways from a root to every pair with something to report, shortest first, without going in circles."""
        telling = self._telling(root)
        paths: dict[_Key, list[str]] = {key: [] for key in telling}
        if root not in telling:
            return {}
        queue: deque[tuple[_Key, str, frozenset[_Key]]] = deque([(root, "$", frozenset({root}))])
        steps = 0
        while queue and steps < MOST_STEPS:
            key, path, behind = queue.popleft()
            if len(paths[key]) > MOST_PATHS:
                continue
            if path in paths[key]:
                continue
            steps += 1
            paths[key].append(path)
            queue.extend(
                (below, path + member, behind | {below})
                for member, below in self._nodes[key].edges
                if below in telling and below not in behind
            )
        unfinished = self._below({key for key, _, _ in queue}, telling)
        return {key: ("$",) if key in unfinished or len(found) > MOST_PATHS else tuple(found) for key, found in paths.items()}

    def _below(self, tops: set[_Key], telling: dict[_Key, None]) -> set[_Key]:
        """The pairs at or below some pairs, of those with something to report."""
        found, stack = set(tops), list(tops)
        while stack:
            more = {below for _, below in self._nodes[stack.pop()].edges if below in telling} - found
            found |= more
            stack.extend(more)
        return found

    def _telling(self, root: _Key) -> dict[_Key, None]:
        """The pairs below a root with something to report at or below them, in the order of a walk."""
        order: list[_Key] = []
        users: dict[_Key, list[_Key]] = {root: []}
        stack = [root]
        while stack:
            key = stack.pop()
            order.append(key)
            for _, below in self._nodes[key].edges:
                if below not in users:
                    users[below] = []
                    stack.append(below)
                users[below].append(key)
        telling: set[_Key] = set()
        rising = [key for key in order if self._nodes[key].findings or self._nodes[key].questions]
        while rising:
            key = rising.pop()
            if key not in telling:
                telling.add(key)
                rising.extend(users[key])
        return {key: None for key in order if key in telling}


def _below(child: Child, key: _Key, cleared: Reading | None) -> _Key:
    direction = opposite(key.direction) if child.reversed else key.direction
    return _Key(child.old.followed(), child.new.followed(), direction, cleared)


def _broken(finding: SchemaFinding, witness: DocumentWitness, *, strict_only: bool) -> SchemaFinding:
    """A language finding with its document: as severe as its rule says, risky when only the strict reading breaks."""
    severity = finding.severity
    if strict_only:
        severity = Severity.RISKY if severity is Severity.BREAKING or severity is Severity.SAFE else severity
    elif severity is Severity.SAFE:
        severity = Severity.BREAKING
    return replace(finding, severity=severity, witness=witness, strict_only=strict_only)


def _explains(finding: SchemaFinding) -> bool:
    """Whether a finding says by itself why the whole schemas do not fit."""
    shown = isinstance(finding.witness, DocumentWitness) and not finding.strict_only
    return shown or finding.severity is Severity.BREAKING


def _question(finding: SchemaFinding, construct: str) -> SchemaQuestion:
    return SchemaQuestion(finding.rule, finding.direction, construct, finding.old, finding.new, finding.message, ())


def _member(seen: Finding) -> str:
    return seen.member if isinstance(seen, Seen) else ""


def _finding(rule: SchemaRule, seen: Finding, direction: Direction) -> SchemaFinding:
    nominal = rule.severity.get(direction, rule.severity.get(Direction.BOTH, Severity.SAFE))
    return SchemaFinding(
        rule=rule.id,
        severity=seen.severity or nominal,
        direction=direction,
        old=seen.old,
        new=seen.new,
        message=seen.message,
        paths=(),
        witness=seen.witness or NoWitness("inclusion was not asked"),
        removes_promise=seen.removes_promise,
        member=_member(seen),
    )


def _reached(told: Told, member: str, paths: tuple[str, ...]) -> Told:
    return replace(told, paths=tuple(path + member for path in paths))
