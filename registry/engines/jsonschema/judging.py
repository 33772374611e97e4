"""One pair of schemas judged: what the rules see there, and what inclusion makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from registry.domain.change import DocumentWitness, NoWitness
from registry.domain.verdict import Direction, Severity
from registry.engines.jsonschema.decision import BUDGET, Breaks, Decider, Harmless, Open, witness_of
from registry.engines.jsonschema.findings import SchemaFinding, SchemaQuestion
from registry.engines.jsonschema.inclusion import Included, No, Reading, Unknown
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import SchemaPair, SchemaRule, Seen
from registry.engines.jsonschema.turned import Turned
from registry.engines.rulebook.rule import Action, Finding, Nature

_WHOLE_LANGUAGE = frozenset({"type-changed", "value-became-forbidden", "value-became-allowed"})
"""Rules that leave nothing for other language rules to say about the same pair."""
_GENERAL = {
    Direction.BACKWARD: ("schema-narrowed", "admits less than"),
    Direction.FORWARD: ("schema-widened", "admits more than"),
}
"""The rules for what no rule about a part explains, and their words, by the direction that it breaks."""
_PROVED = NoWitness("proved: the reader refuses no document of the writer because of this")


def opposite(direction: Direction) -> Direction:
    """Backward for forward, and the reverse."""
    return Direction.FORWARD if direction is Direction.BACKWARD else Direction.BACKWARD


Told: TypeAlias = SchemaFinding | SchemaQuestion


class PairJudge:
    """Asks every rule about a pair, and inclusion about what the rules saw."""

    def __init__(self, rules: tuple[SchemaRule, ...], decider: Decider) -> None:
        self._rules = rules
        self._decider = decider

    def judged(self, pair: SchemaPair, direction: Direction, *, cleared: Reading | None) -> Iterator[Told]:
        """What there is to tell about a pair.

        `cleared` is the reading under which a proof about what is around it covers what its language rules see (strict: both).
        """
        seen_by = [(rule, seen) for rule in self._rules for seen in rule.check(pair)]
        if any(rule.id in _WHOLE_LANGUAGE for rule, _ in seen_by):
            seen_by = [(rule, seen) for rule, seen in seen_by if rule.id in _WHOLE_LANGUAGE or rule.nature is Nature.PROMISE]
        for rule, seen in seen_by:
            told = self._told(rule, seen, pair, direction, cleared=cleared)
            if told is not None:
                yield told

    def general(self, pair: SchemaPair, direction: Direction, witness: DocumentWitness) -> SchemaFinding:
        """The finding about a pair as a whole, where no rule about a part explains the document."""
        name, does = _GENERAL[direction]
        seen = Seen(f"The schema as a whole {does} before.", *pair.places)
        [rule] = [rule for rule in self._rules if rule.id == name]
        return replace(_finding(rule, seen, direction), witness=witness)

    def turned(self, change: Turned, pair: SchemaPair, direction: Direction) -> Told:
        """What there is to tell about a schema that became, or no longer is, one of several; the other branches decide it."""
        [rule] = [rule for rule in self._rules if rule.id == change.rule]
        finding = _finding(rule, Seen(change.message, *pair.places), direction)
        if direction is not change.reads:
            answers = [self._beside(change, other, pair, direction) for other in change.others]
        else:  # more branches admit more, but `oneOf` refuses what two of them admit
            answers = [self._whole(pair.old.schema, pair.new.schema, direction)] if change.keyword == "oneOf" else []
        refused = next((answer for answer in answers if isinstance(answer, No)), None)
        unknown = next((answer for answer in answers if isinstance(answer, Unknown)), None)
        if refused is not None:
            return _broken(finding, witness_of(refused, direction), strict_only=False)
        if unknown is not None:
            return _question(finding, unknown.construct)
        return replace(finding, severity=Severity.SAFE, witness=_PROVED)

    def _beside(self, change: Turned, other: Schema, pair: SchemaPair, direction: Direction) -> Included:
        """Whether the schema that is alone on its side admits what another branch does; and if not, all of the union does."""
        if change.rule == "alternative-added":
            answer, union = self._whole(pair.old.schema, other, direction), pair.new.schema
        else:
            answer, union = self._whole(other, pair.new.schema, direction), pair.old.schema
        if isinstance(answer, No) and not self._decider.judges(union).accept(answer.witness):
            return Unknown(change.keyword)
        return answer

    def _whole(self, old: Schema, new: Schema, direction: Direction) -> Included:
        return self._decider.answer(old, new, direction, BUDGET)

    def _told(
        self, rule: SchemaRule, seen: Finding, pair: SchemaPair, direction: Direction, *, cleared: Reading | None
    ) -> Told | None:
        """What is reported of what a rule saw, once inclusion was asked."""
        finding = _finding(rule, seen, direction)
        if not isinstance(seen, Seen) or not seen.keywords:
            return finding
        if rule.nature is Nature.PROMISE:
            return finding if cleared else self._shown(finding, seen, pair, direction)
        kept = rule.action in (Action.ADDED, Action.REMOVED)
        did_not_happen = seen.supposed and finding.severity is not Severity.SAFE
        if cleared is Reading.STRICT or (finding.severity is Severity.SAFE and not kept):
            same = did_not_happen or (not kept and not self._happened(pair, seen, opposite(direction)))
            return None if same else replace(finding, severity=Severity.SAFE, witness=_PROVED)
        decision = self._decider.decide(pair, seen, direction, tell_equal=not kept)
        match decision:
            case Harmless():
                same = did_not_happen or decision.equal
                return None if same else replace(finding, severity=Severity.SAFE, witness=_PROVED)
            case Breaks():
                return _broken(finding, decision.witness, strict_only=decision.strict_only or cleared is not None)
            case Open():
                return None if finding.severity is Severity.SAFE else _question(finding, decision.construct)

    def _happened(self, pair: SchemaPair, seen: Seen, direction: Direction) -> bool:
        """Whether a change that is safe here may be told: what is only supposed needs a document of the other direction."""
        if seen.supposed:
            return isinstance(self._decider.decide(pair, seen, direction), Breaks)
        return not self._decider.covers(pair, seen, direction)

    def _shown(self, finding: SchemaFinding, seen: Seen, pair: SchemaPair, direction: Direction) -> SchemaFinding:
        """A broken promise with a document, where there is one: then it breaks even if the promise alone would only be risky."""
        decision = self._decider.decide(pair, seen, direction)
        if not isinstance(decision, Breaks) or decision.strict_only or seen.severity is not None:
            return finding
        return replace(finding, severity=Severity.BREAKING, witness=decision.witness)


def _broken(finding: SchemaFinding, witness: DocumentWitness, *, strict_only: bool) -> SchemaFinding:
    """A language finding with its document: as severe as its rule says, risky when only the strict reading breaks."""
    severity = finding.severity
    if strict_only:
        severity = Severity.RISKY if severity is Severity.BREAKING or severity is Severity.SAFE else severity
    elif severity is Severity.SAFE:
        severity = Severity.BREAKING
    return replace(finding, severity=severity, witness=witness, strict_only=strict_only)


def _question(finding: SchemaFinding, construct: str) -> SchemaQuestion:
    return SchemaQuestion(finding.rule, finding.direction, construct, finding.old, finding.new, finding.message, (), finding.member)


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
        member=seen.member if isinstance(seen, Seen) else "",
    )
