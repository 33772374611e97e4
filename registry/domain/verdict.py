"""The vocabulary of answers: verdicts, severities, and the directions in which a change can break someone."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """A three-valued answer. `unknown` is an answer of its own, never rounded to either side."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @staticmethod
    def all_of(verdicts: Iterable[Verdict]) -> Verdict:
        """Conjunction: a no beats an unknown, an unknown beats a yes; yes when there is nothing to judge."""
        seen = set(verdicts)
        if Verdict.NO in seen:
            return Verdict.NO
        return Verdict.UNKNOWN if Verdict.UNKNOWN in seen else Verdict.YES


class Severity(StrEnum):
    """How much a change hurts. Only `breaking` blocks, unless policy raises a risky rule."""

    BREAKING = "breaking"
    RISKY = "risky"
    SAFE = "safe"

    @property
    def rank(self) -> int:
        """0 for breaking, so that sorting by rank puts the worst first."""
        return list(Severity).index(self)


class Direction(StrEnum):
    """Who would have to cope with the change.

    `backward`: new readers meet what old writers wrote (a new server meets old requests; a new consumer replays old events).
    `forward`: old readers meet what new writers write (old clients meet new responses; old consumers meet new events).
    `both`: the change is about a promise or a wire number, and hurts either side.
    """

    BACKWARD = "backward"
    FORWARD = "forward"
    BOTH = "both"
