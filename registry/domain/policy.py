"""What the owner of contracts wants of their comparisons, beyond the compatibility mode."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.verdict import Severity

STABILITY_LEVELS = ("draft", "alpha", "beta", "stable")


class Allowance(StrEnum):
    """Breaks of a Protobuf contract that a team may let pass; each is off unless the manifest allows it."""

    RESERVED_DELETIONS = "reserved-deletions"
    """A deletion whose number and name are reserved is safe in every category."""

    SUNSET_DELETIONS = "sunset-deletions"
    """A deletion of what was deprecated and whose sunset has passed is judged by who uses it."""

    FOLLOWED_RENAMES = "followed-renames"
    """A message that was renamed or moved is compared with what it became."""

    INLINE_WAIVERS = "inline-waivers"
    """A comment beside a break may waive it, with a reason and until a day."""


@dataclass(frozen=True, slots=True)
class ProtobufPolicy:
    """Which of buf's rules judge a Protobuf contract: categories or rule ids. With no `use`, the category FILE."""

    use: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    allow: frozenset[Allowance] = frozenset()


@dataclass(frozen=True, slots=True)
class ComparisonPolicy:
    """What two revisions of a contract are compared by.

    `minimum_notice` has (stability level, days) pairs: how long before its sunset an element of that level has to be deprecated.
    """

    minimum_notice: tuple[tuple[str, int], ...] = ()
    protobuf: ProtobufPolicy = ProtobufPolicy()


@dataclass(frozen=True, slots=True)
class SeveritySetting:
    """A severity that the owner gives to one rule at one element, in place of the rule's own.

    `contract` and `element` may be `*`, for all. Whatever makes a finding milder says why (`reason`) and until when (`expires`, an
    RFC 3339 date-time in UTC); what makes it worse needs neither.
    """

    rule: str
    severity: Severity
    contract: str = "*"
    element: str = "*"
    reason: str = ""
    expires: str = ""
