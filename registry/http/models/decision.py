"""The answer of can-i-deploy, edge by edge."""

from __future__ import annotations

from datetime import datetime

from registry.domain.deployability import EvidenceKind, Wire
from registry.domain.verdict import Verdict
from registry.http.models.base import ResponseModel
from registry.http.models.comparison import Change, Undecided


class QuestionOut(ResponseModel):
    """May this version of this service go to this environment?"""

    service: str
    version: str
    environment: str


class PartyOut(ResponseModel):
    """One end of an edge; no version: nothing of the service is deployed there."""

    service: str
    version: str | None
    team: str
    instance: str
    still_readable: bool


class EvidenceOut(ResponseModel):
    """What the verdict of an edge rests on."""

    kind: EvidenceKind
    verdict: Verdict
    reference: str
    detail: str
    recorded_at: datetime | None
    changes: list[Change]
    undecided: list[Undecided]


class ActionOut(ResponseModel):
    """What clears a red edge, and who can do it."""

    team: str
    what: str
    command: str


class EdgeOut(ResponseModel):
    """One promise between two services, and whether it holds."""

    wire: Wire
    contract: str
    consumer: PartyOut
    provider: PartyOut
    verdict: Verdict
    reason: str
    evidence: EvidenceOut
    actions: list[ActionOut]


class DecisionOut(ResponseModel):
    """Whether a version can be deployed, with every edge that was looked at, worst first."""

    question: QuestionOut
    verdict: Verdict
    summary: str
    edges: list[EdgeOut]
