"""Changes between two revisions of a contract, with their proof and the people they hurt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity, Verdict

Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"


@dataclass(frozen=True, slots=True)
class DocumentWitness:
    """A document that one version of a schema accepts and the other refuses, as both judges confirmed."""

    document: Json
    accepted_by: str
    refused_by: str


@dataclass(frozen=True, slots=True)
class HttpWitness:
    """An exchange that was fine under the old contract and is not under the new one, or the other way round."""

    method: str
    target: str
    body: Json = None
    status: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class WireWitness:
    """Bytes written under one Protobuf or Avro contract and what the other one reads in them."""

    message: str
    hex: str
    written: str
    read: str


@dataclass(frozen=True, slots=True)
class NoWitness:
    """Why no document can show this change."""

    reason: str


Witness: TypeAlias = DocumentWitness | HttpWitness | WireWitness | NoWitness


@dataclass(frozen=True, slots=True)
class ConsumerUse:
    """A consumer that exercises what changed, and where it runs.

    `elements` are the used elements that the change reaches; empty when the consumer declared no detail and may use all of it.
    `source` says how this is known: a pact, a declaration in the manifest, or the pinned contract version alone.
    """

    service: str
    version: str
    environments: tuple[str, ...]
    elements: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """Leave for one rule to break one element, until it expires."""

    rule: str
    element: str
    reason: str
    actor: str
    expires: str
    """RFC 3339 date-time in UTC."""


@dataclass(frozen=True, slots=True)
class Change:
    """One finding, reported once, at the place where it changed.

    `elements` are the elements (see `registry.domain.element`) that reach the place. `removes_promise` marks the removal of
    something that had been offered: it is judged by deprecation and sunset, and no inclusion proof clears it. `severity_reason`
    says why the severity is another one than the rule's, where the owner's manifest set it. `aliases` are what other tools call the
    rule, so that their users find it again.
    """

    rule: str
    severity: Severity
    direction: Direction
    old: Location | None
    new: Location | None
    message: str
    elements: tuple[str, ...] = ()
    witness: Witness = NoWitness("not looked for")
    consumers: tuple[ConsumerUse, ...] = ()
    removes_promise: bool = False
    waived_by: Waiver | None = None
    severity_reason: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The rule with its other names: `field-removed (FIELD_NO_DELETE)`."""
        return f"{self.rule} ({', '.join(self.aliases)})" if self.aliases else self.rule

    @property
    def blocks(self) -> bool:
        """Whether this change alone forbids a release within its major line."""
        return self.severity is Severity.BREAKING and self.waived_by is None

    def with_consumers(self, consumers: Sequence[ConsumerUse]) -> Change:
        """The same change, knowing whom it reaches."""
        return replace(self, consumers=tuple(consumers))

    def with_severity(self, severity: Severity) -> Change:
        """The same change, judged otherwise."""
        return replace(self, severity=severity)

    def waived(self, waiver: Waiver) -> Change:
        """The same change, let through by a waiver."""
        return replace(self, waived_by=waiver)

    def located(self, old: Location | None, new: Location | None) -> Change:
        """The same change with its lines and columns known."""
        return replace(self, old=old, new=new)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A place where the engine can prove neither side, and the construct that stopped it."""

    rule: str
    direction: Direction
    construct: str
    old: Location | None
    new: Location | None
    message: str
    elements: tuple[str, ...] = ()
    waived_by: Waiver | None = None

    @property
    def blocks(self) -> bool:
        """Whether this alone forbids a release of a contract that blocks on unknown."""
        return self.waived_by is None

    def waived(self, waiver: Waiver) -> Undecided:
        """The same question, accepted by name."""
        return replace(self, waived_by=waiver)

    def located(self, old: Location | None, new: Location | None) -> Undecided:
        """The same question with its lines and columns known."""
        return replace(self, old=old, new=new)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an engine found between two revisions: changes, worst first, and what it could not decide."""

    changes: tuple[Change, ...] = ()
    undecided: tuple[Undecided, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """No when an unwaived change breaks; else unknown when something is undecided; else yes."""
        if any(change.blocks for change in self.changes):
            return Verdict.NO
        return Verdict.UNKNOWN if any(question.blocks for question in self.undecided) else Verdict.YES

    def with_changes(self, changes: Sequence[Change]) -> Comparison:
        """The same comparison with other changes, sorted worst first."""
        return replace(self, changes=in_order(changes))


def in_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Changes sorted worst first, then by place and rule, so that the same input always prints the same list."""

    def key(change: Change) -> tuple[int, str, str, str, str]:
        place = change.new or change.old
        return (
            change.severity.rank,
            place.file if place else "",
            place.path if place else "",
            change.rule,
            change.message,
        )

    return tuple(sorted(changes, key=key))
