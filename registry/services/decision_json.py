"""Decisions of can-i-deploy as JSON and back: the one form that the command prints, the endpoint returns and pages read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from registry.domain import comparison_json
from registry.domain.change import Comparison
from registry.domain.deployability import Action, Decision, Edge, Evidence, EvidenceKind, JudgedEdge, Party, Question, Wire
from registry.domain.verdict import Verdict

JsonObject = dict[str, Any]


def decision_to_json(decision: Decision) -> JsonObject:
    """`{"question", "verdict", "summary", "edges": [...]}`, worst edges first; an edge carries its evidence and what clears it."""
    question = decision.question
    return {
        "question": {"service": question.service, "version": question.version, "environment": question.environment},
        "verdict": str(decision.verdict),
        "summary": decision.summary,
        "edges": [_edge_to_json(judged) for judged in decision.edges],
    }


def decision_from_json(data: Mapping[str, Any]) -> Decision:
    """The decision that `decision_to_json` wrote."""
    return Decision(
        question=Question(**data["question"]),
        verdict=Verdict(data["verdict"]),
        summary=data["summary"],
        edges=tuple(_edge_from_json(row) for row in data["edges"]),
    )


def _edge_to_json(judged: JudgedEdge) -> JsonObject:
    edge = judged.edge
    return {
        "wire": str(edge.wire),
        "contract": edge.contract,
        "consumer": _party_to_json(edge.consumer),
        "provider": _party_to_json(edge.provider),
        "verdict": str(judged.verdict),
        "reason": judged.reason,
        "evidence": _evidence_to_json(edge.evidence),
        "actions": [{"team": action.team, "what": action.what, "command": action.command} for action in judged.actions],
    }


def _edge_from_json(row: Mapping[str, Any]) -> JudgedEdge:
    return JudgedEdge(
        edge=Edge(
            wire=Wire(row["wire"]),
            contract=row["contract"],
            consumer=Party(**row["consumer"]),
            provider=Party(**row["provider"]),
            evidence=_evidence_from_json(row["evidence"]),
        ),
        verdict=Verdict(row["verdict"]),
        reason=row["reason"],
        actions=tuple(Action(**action) for action in row["actions"]),
    )


def _party_to_json(party: Party) -> JsonObject:
    return {
        "service": party.service,
        "version": party.version,
        "team": party.team,
        "instance": party.instance,
        "still_readable": party.still_readable,
    }


def _evidence_to_json(evidence: Evidence) -> JsonObject:
    findings = comparison_json.to_json(Comparison(evidence.changes, evidence.undecided))
    return {
        "kind": str(evidence.kind),
        "verdict": str(evidence.verdict),
        "reference": evidence.reference,
        "detail": evidence.detail,
        "recorded_at": evidence.recorded_at.isoformat() if evidence.recorded_at else None,
        "changes": findings["changes"],
        "undecided": findings["undecided"],
    }


def _evidence_from_json(row: Mapping[str, Any]) -> Evidence:
    findings = comparison_json.from_json(row)
    return Evidence(
        kind=EvidenceKind(row["kind"]),
        verdict=Verdict(row["verdict"]),
        reference=row["reference"],
        detail=row["detail"],
        recorded_at=None if row["recorded_at"] is None else datetime.fromisoformat(row["recorded_at"]),
        changes=findings.changes,
        undecided=findings.undecided,
    )
