"""The rows that can-i-deploy decides over, and the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registry.domain.abbreviation import abbreviated
from registry.domain.change import Change, Undecided
from registry.domain.verdict import Verdict


class Wire(StrEnum):
    """What travels along an edge."""

    HTTP = "http"
    GRPC = "grpc"
    EVENT = "event"
    MESSAGE = "message"
    """A message pact: what a consumer's handler was tested against."""


@dataclass(frozen=True, slots=True)
class Party:
    """One end of an edge. `version` is None when nothing of the service is deployed in the environment."""

    service: str
    version: str | None
    team: str
    instance: str = ""
    still_readable: bool = False
    """True for a producer no longer deployed whose messages are within the channel's retention."""

    @property
    def label(self) -> str:
        """The service and its version, as people quote them."""
        return self.service if self.version is None else f"{self.service} {abbreviated(self.version)}"


class EvidenceKind(StrEnum):
    """How an edge is known to hold or not."""

    VERIFICATION = "verification"
    """A provider ran the pact."""
    COMPARISON = "comparison"
    """Two revisions of the contract were compared."""
    NONE = "none"
    """Nobody has looked yet, or there is nobody to look at."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the verdict of an edge rests on. `reference` is a verification's id, or `old..new` revision digests."""

    kind: EvidenceKind
    verdict: Verdict
    reference: str
    detail: str
    recorded_at: datetime | None = None
    changes: tuple[Change, ...] = ()
    undecided: tuple[Undecided, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """One promise between two services: `consumer` relies on `provider` for `contract`."""

    wire: Wire
    contract: str
    consumer: Party
    provider: Party
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Action:
    """What clears a red edge, and who can do it."""

    team: str
    what: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class JudgedEdge:
    """An edge with its verdict and, unless it is green, what to do."""

    edge: Edge
    verdict: Verdict
    reason: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """May this version of this service go to this environment?"""

    service: str
    version: str
    environment: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer: worst edges first. With no edges the verdict is yes and `summary` says that nothing was checked."""

    question: Question
    verdict: Verdict
    summary: str
    edges: tuple[JudgedEdge, ...]
