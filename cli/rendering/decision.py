"""A can-i-deploy answer for people: worst edges first, each with its evidence and, when it is red, what clears it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cli.rendering.words import counted, faint, plain, severity_word, short_version, undecided_word, verdict_word
from registry.domain.deployability import Action, Decision, Evidence, EvidenceKind, JudgedEdge, Party
from registry.domain.verdict import Severity, Verdict

_CHANGES = 5


def decision_page(decision: Decision) -> str:
    """The edges, then one line with the verdict and one with the next step."""
    blocks = ["\n".join(_edge(judged)) for judged in decision.edges]
    return "\n\n".join([*blocks, f"{_verdict_line(decision)}\nnext: {_next_step(decision)}"])


def _edge(judged: JudgedEdge) -> Iterator[str]:
    edge = judged.edge
    yield (
        f"{verdict_word(judged.verdict)}  {edge.wire}  {click.style(plain(edge.contract), bold=True)}: "
        f"{_party(edge.consumer)} relies on {_party(edge.provider)}"
    )
    yield f"    {plain(judged.reason)}"
    if edge.evidence.kind is not EvidenceKind.NONE:
        yield _fact("evidence", _evidence(edge.evidence, judged.reason))
    if judged.verdict is not Verdict.YES:
        yield from _blocking(edge.evidence)
    for action in judged.actions:
        yield from _action(action)


def _fact(label: str, text: str) -> str:
    return f"    {faint(f'{label:<9}')} {text}"


def _party(party: Party) -> str:
    if party.version is None:
        return f"{plain(party.service)} (not deployed)"
    details = [party.instance] if party.instance else []
    details += ["its messages can still be read"] if party.still_readable else []
    more = f" ({plain(', '.join(details))})" if details else ""
    return f"{plain(party.service)} {short_version(party.version)}{more}"


def _evidence(evidence: Evidence, reason: str) -> str:
    when = f", {evidence.recorded_at:%Y-%m-%d %H:%M} UTC" if evidence.recorded_at else ""
    detail = "" if evidence.detail in {"", reason} else f": {evidence.detail}"
    return plain(f"{evidence.kind} {evidence.reference}{when}{detail}")


def _blocking(evidence: Evidence) -> Iterator[str]:
    changes = [change for change in evidence.changes if change.severity is Severity.BREAKING]
    for change in changes[:_CHANGES]:
        place = change.new or change.old
        yield _fact("because", f"{severity_word(change.severity)} {plain(f'{change.called} at {place}: {change.message}')}")
    for question in evidence.undecided[:_CHANGES]:
        yield _fact("because", f"{undecided_word()} {plain(f'{question.rule}: {question.construct}')}")
    more = max(0, len(changes) - _CHANGES) + max(0, len(evidence.undecided) - _CHANGES)
    if more:
        yield _fact("", f"and {more} more; --format json has all")


def _action(action: Action) -> Iterator[str]:
    yield _fact("to do", plain(f"{action.team}: {action.what}"))
    if action.command:
        yield _fact("", click.style(plain(action.command), bold=True))


def _verdict_line(decision: Decision) -> str:
    asked = decision.question
    where = f"{asked.service} {short_version(asked.version)} to {asked.environment}"
    return f"verdict: {verdict_word(decision.verdict)}, {plain(where)}: {plain(decision.summary)}"


def _next_step(decision: Decision) -> str:
    if decision.verdict is Verdict.YES:
        asked = decision.question
        command = (
            f"interlock record-deployment --service {asked.service} --version {asked.version} --environment {asked.environment}"
        )
        return plain(f"deploy, then `{command}`.")
    open_edges = sum(judged.verdict is not Verdict.YES for judged in decision.edges)
    return f"clear {counted(open_edges, 'edge')} as said above, and ask again."
