"""What a long report is about, before it begins: how often each rule was seen, worst first."""

from __future__ import annotations

from collections import Counter

from cli.rendering.rows import rows
from cli.rendering.tally import COUNTED, WAIVED
from cli.rendering.words import faint
from cli.terminal import plain
from registry.services.checking.report import CheckReport

_LONG = 20
_RULES = 5


def overview(report: CheckReport) -> str:
    """A line for each severity; nothing for a report that a screen holds."""
    seen: dict[str, Counter[str]] = {weight: Counter() for weight in COUNTED if weight != WAIVED}
    for row in rows(report):
        seen[row.weight][row.finding.rule] += 1
    if sum(counts.total() for counts in seen.values()) <= _LONG:
        return ""
    return "\n".join(_line(weight, counts) for weight, counts in seen.items() if counts)


def _line(weight: str, counts: Counter[str]) -> str:
    most = [f"{plain(rule)} {count}" for rule, count in counts.most_common(_RULES)]
    more = [f"{len(counts) - _RULES} more rules"] if len(counts) > _RULES else []
    return f"{counts.total():>5} {weight:<9} {faint(', '.join([*most, *more]))}"
