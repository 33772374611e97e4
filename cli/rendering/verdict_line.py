"""The end of a report: the verdict, the counts behind it, and what to do next."""

from __future__ import annotations

from cli.rendering.tally import COUNTED, WAIVED, tally
from cli.rendering.words import counted, verdict_word
from registry.domain.verdict import Verdict
from registry.services.checking.report import CheckReport


def verdict_lines(report: CheckReport) -> str:
    """One line with the verdict and the counts, one with the next step."""
    return f"verdict: {verdict_word(report.verdict)}, {_counts(report)}\nnext: {_next_step(report)}"


def _counts(report: CheckReport) -> str:
    if not report.checks:
        return "there was nothing to compare with"
    found = tally(report)
    words = ", ".join(f"{found[name]} {name}" for name in COUNTED if found[name] and name != WAIVED) or "no change"
    return f"{words}{f' ({found[WAIVED]} waived)' if found[WAIVED] else ''} in {counted(len(report.checks), 'comparison')}"


def _next_step(report: CheckReport) -> str:
    match report.verdict:
        case Verdict.NO:
            return (
                "keep what was promised and deprecate it with a sunset date, publish a new major version beside the old one, or "
                f"have the finding waived; `interlock explain {_worst_rule(report)}` says why it breaks."
            )
        case Verdict.UNKNOWN:
            return (
                "write the construct named in a form that can be decided, have it waived with a reason, or set "
                'on_unknown = "warn" for the contract.'
            )
        case Verdict.YES:
            return (
                "nothing; what was promised still holds." if report.checks else "publish once, and later changes have a baseline."
            )


def _worst_rule(report: CheckReport) -> str:
    return next(change.rule for check in report.checks if check.gates for change in check.comparison.changes if change.blocks)
