"""The end of a report: the verdict, the counts behind it, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from cli.rendering.tally import COUNTED, WAIVED, tally
from cli.rendering.words import counted, verdict_word
from registry.domain.change import Change
from registry.domain.verdict import Verdict
from registry.services.checking.report import CheckReport


def verdict_lines(report: CheckReport) -> str:
    """One line with the verdict and the counts, one with the next step."""
    return f"verdict: {verdict_word(report.verdict)}, {_counts(report)}\nnext: {_next_step(report)}"


def _counts(report: CheckReport) -> str:
    if not report.checks:
        return "there was nothing to compare with"
    found = tally(report)
    words = ", ".join(f"{found[name]} {name}" for name in COUNTED if found[name] and name != WAIVED) or (
        "no change" if report.compared else "no finding"
    )
    of = "comparison" if report.compared else "contract"
    return f"{words}{f' ({found[WAIVED]} waived)' if found[WAIVED] else ''} in {counted(len(report.checks), of)}"


def _next_step(report: CheckReport) -> str:
    if report.checks and not report.compared:
        return "correct what is named, or choose other rules; docs/lint.md says how." if any(_changes(report)) else "nothing."
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


def _changes(report: CheckReport) -> Iterator[Change]:
    return (change for check in report.checks for change in check.comparison.changes)


def _worst_rule(report: CheckReport) -> str:
    return next(change.rule for check in report.checks if check.gates for change in check.comparison.changes if change.blocks)
