"""The can-i-deploy decision: a pure function from edges with evidence to a verdict with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from registry.domain.deployability import Action, Decision, Edge, EvidenceKind, JudgedEdge, Question, Wire
from registry.domain.verdict import Verdict


def decide(question: Question, edges: Sequence[Edge]) -> Decision:
    """The answer over all edges: failed beats unknown, unknown beats yes, and nothing to check is a yes that says so.

    No edge is dropped and no limit applies: the Pact Broker's default of 100 rows can cut off the failing one.
    """
    order = {Verdict.NO: 0, Verdict.UNKNOWN: 1, Verdict.YES: 2}
    judged = sorted((_judge(question, edge) for edge in edges), key=lambda row: (order[row.verdict], _name(row.edge)))
    verdict = Verdict.all_of(row.verdict for row in judged)
    return Decision(question, verdict, _summary(question, judged), tuple(judged))


def _summary(question: Question, judged: Sequence[JudgedEdge]) -> str:
    if not judged:
        return f"Nothing to check: nothing in {question.environment} needs {question.service}, and it needs nothing."
    counts = {each: sum(row.verdict is each for row in judged) for each in Verdict}
    parts = [
        f"{counts[each]} {word}"
        for each, word in ((Verdict.NO, "broken"), (Verdict.UNKNOWN, "unknown"), (Verdict.YES, "fine"))
        if counts[each]
    ]
    return f"{', '.join(parts)} of {len(judged)} edge{'' if len(judged) == 1 else 's'}."


def _judge(question: Question, edge: Edge) -> JudgedEdge:
    verdict = edge.evidence.verdict
    if edge.provider.version is None:
        reason = (
            f"No version of {edge.provider.service} is deployed in {question.environment}, and {edge.consumer.service} needs it."
        )
        return JudgedEdge(edge, Verdict.UNKNOWN, reason, _absent(question, edge))
    if verdict is Verdict.YES:
        return JudgedEdge(edge, verdict, edge.evidence.detail)
    if edge.evidence.kind is EvidenceKind.NONE:
        return JudgedEdge(edge, Verdict.UNKNOWN, edge.evidence.detail, _unverified(edge))
    if verdict is Verdict.UNKNOWN:
        return JudgedEdge(edge, verdict, edge.evidence.detail, _undecided(edge))
    return JudgedEdge(edge, verdict, edge.evidence.detail, _broken(question, edge))


def _absent(question: Question, edge: Edge) -> tuple[Action, ...]:
    provider = edge.provider
    return (
        Action(
            provider.team,
            f"Deploy {provider.service} to {question.environment} first, or record the deployment if it is there.",
            f"interlock record-deployment --service {provider.service} --version VERSION --environment {question.environment}",
        ),
    )


def _unverified(edge: Edge) -> tuple[Action, ...]:
    provider = edge.provider
    return (
        Action(
            provider.team,
            f"Verify the pact of {edge.consumer.service} with {provider.label} and record the result.",
            f"interlock record-verification --provider {provider.service} --version {provider.version} --results results.json",
        ),
    )


def _undecided(edge: Edge) -> tuple[Action, ...]:
    return (
        Action(
            edge.provider.team,
            f"Rewrite the construct that could not be decided in {edge.contract}, or accept it by name with a reason.",
            f"interlock waive {edge.contract} --rule RULE --element ELEMENT --reason REASON --expires DATE",
        ),
    )


def _broken(question: Question, edge: Edge) -> tuple[Action, ...]:
    provider, consumer = edge.provider, edge.consumer
    mine = provider.service == question.service
    if edge.evidence.kind is EvidenceKind.VERIFICATION:
        return (
            Action(
                provider.team,
                f"Fix {provider.service} so that it fulfils the pact of {consumer.label}, and verify again.",
            ),
            Action(consumer.team, f"Or change what {consumer.service} expects, and deploy that version first."),
        )
    if provider.still_readable:
        return (
            Action(
                consumer.team,
                f"Keep {consumer.service} able to read what {provider.label} wrote: its messages are still"
                " within the channel's retention.",
            ),
        )
    if mine:
        kept = "field or value" if edge.wire is Wire.EVENT else "element"
        return (
            Action(provider.team, f"Restore the {kept} in {edge.contract}, or provide the old major version beside the new one."),
            Action(consumer.team, f"Or deploy a version of {consumer.service} that does not use it first."),
        )
    return (
        Action(
            provider.team,
            f"Deploy a version of {provider.service} that provides what {consumer.service} needs of {edge.contract} first.",
        ),
        Action(consumer.team, f"Or build {consumer.service} against the version of {edge.contract} that is deployed."),
    )


def _name(edge: Edge) -> tuple[str, str, str, str, str]:
    return (edge.contract, edge.consumer.service, edge.consumer.version or "", edge.provider.service, edge.provider.version or "")
