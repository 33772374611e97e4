"""A rule is one place: its name, its reasons, its examples, its coordinates, its severity and its check."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from registry.domain.change import Witness
from registry.domain.contract import ContractKind
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity

Subject = TypeVar("Subject")


class Area(StrEnum):
    """The part of a contract that a rule looks at."""

    DOCUMENT = "document"
    PATH = "path"
    OPERATION = "operation"
    PARAMETER = "parameter"
    HEADER = "header"
    REQUEST_BODY = "request-body"
    RESPONSE = "response"
    MEDIA_TYPE = "media-type"
    SECURITY = "security"
    SERVER = "server"
    SCHEMA = "schema"
    PROPERTY = "property"
    FILE = "file"
    PACKAGE = "package"
    MESSAGE = "message"
    FIELD = "field"
    ONEOF = "oneof"
    ENUM = "enum"
    ENUM_VALUE = "enum-value"
    SERVICE = "service"
    METHOD = "method"
    EXTENSION = "extension"


class Aspect(StrEnum):
    """What about it."""

    EXISTENCE = "existence"
    TYPE = "type"
    VALUES = "values"
    BOUNDS = "bounds"
    REQUIREDNESS = "requiredness"
    STRUCTURE = "structure"
    LIFECYCLE = "lifecycle"
    IDENTITY = "identity"
    SERIALISATION = "serialisation"
    OPTION = "option"


class Action(StrEnum):
    """What happened to it. Each has a mirror: added and removed, narrowed and widened; changed and deprecated stand alone."""

    ADDED = "added"
    REMOVED = "removed"
    NARROWED = "narrowed"
    WIDENED = "widened"
    CHANGED = "changed"
    DEPRECATED = "deprecated"


class Nature(StrEnum):
    """What decides the rule.

    `language`: which documents are valid; a proof of inclusion silences the rule, a witness confirms it.
    `promise`: what was declared (removal, deprecation, format, default, serialisation, a wire number); no proof clears it.
    """

    LANGUAGE = "language"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Example:
    """Two texts of a contract, before and after. Each engine says how a short text becomes a whole document."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw. The engine adds the rule, the elements that reach the place, and the witness.

    `severity` overrides the rule's own, for what only the documents tell (a sunset that has passed). `direction` says who has to
    cope, where one rule is asked in both directions (a body that clients send, and the same body in a callback).
    """

    message: str
    old: Location | None
    new: Location | None
    elements: tuple[str, ...] = ()
    severity: Severity | None = None
    witness: Witness | None = None
    removes_promise: bool = False
    direction: Direction | None = None


Check: TypeAlias = "Callable[[Subject], Iterator[Finding]]"


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """One rule. `severity` has an entry for each direction in which the rule can be asked.

    `names` are what peers call it (buf's ids). `cap_reason` says why a rule that could break is capped at risky.
    """

    id: str
    contract_kind: ContractKind
    doc: str
    area: Area
    aspect: Aspect
    action: Action
    nature: Nature
    severity: Mapping[Direction, Severity]
    breaks: Example
    fine: Example
    check: Callable[[Subject], Iterator[Finding]]
    names: tuple[str, ...] = ()
    cap_reason: str = ""

    @property
    def summary(self) -> str:
        """The first line of the rule's text: what was seen."""
        return self.doc.split("\n", 1)[0]


def rule(  # noqa: PLR0913 - a rule's whole record stands at one place
    *,
    id: str,  # noqa: A002 - the field's own word
    contract_kind: ContractKind,
    area: Area,
    aspect: Aspect,
    action: Action,
    nature: Nature,
    severity: Mapping[Direction, Severity],
    breaks: Example,
    fine: Example,
    names: tuple[str, ...] = (),
    cap_reason: str = "",
) -> Callable[[Callable[[Subject], Iterator[Finding]]], Rule[Subject]]:
    """Make a rule of a check function; its docstring is the rule's text: what, then why it hurts."""

    def make(check: Callable[[Subject], Iterator[Finding]]) -> Rule[Subject]:
        return Rule(
            id=id,
            contract_kind=contract_kind,
            doc=inspect.cleandoc(check.__doc__ or ""),
            area=area,
            aspect=aspect,
            action=action,
            nature=nature,
            severity=severity,
            breaks=breaks,
            fine=fine,
            check=check,
            names=names,
            cap_reason=cap_reason,
        )

    return make


def breaking() -> Mapping[Direction, Severity]:
    """Breaks whoever it meets."""
    return {Direction.BOTH: Severity.BREAKING}


def risky() -> Mapping[Direction, Severity]:
    """May hurt; does not block unless policy raises it."""
    return {Direction.BOTH: Severity.RISKY}


def safe() -> Mapping[Direction, Severity]:
    """Worth a line in the change log."""
    return {Direction.BOTH: Severity.SAFE}


def by_direction(*, backward: Severity, forward: Severity) -> Mapping[Direction, Severity]:
    """Judged apart for new readers of old data (requests) and old readers of new data (responses)."""
    return {Direction.BACKWARD: backward, Direction.FORWARD: forward}
