"""docs/checkout-rules.md: every rule, and the change of the checkout platform that fires it.

    python -m contracts.checkout.rule_table [--check]

With --check nothing is written, and a stale page is an error.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contracts.checkout.changes import candidate_changes, history_changes, major_changes
from contracts.checkout.edits.edit import comparison, edits
from registry.domain.change import Change
from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.rulebook.rule import Rule
from registry.services.rule_catalogue import ids_in_findings, rules

PAGE = Path(__file__).parents[2] / "docs" / "checkout-rules.md"
AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
"""A fixed moment, before every sunset of the platform, so that the page does not change with the calendar."""

_HEAD = """# Which change of the checkout platform fires which rule

Written by `ci/generate`; do not edit. Every rule is listed, with the steps of the platform's
[history](../contracts/checkout/history/README.md) and the [candidates](../contracts/checkout/README.md#what-changes) that fire it,
and where no candidate does with an [edit](../contracts/checkout/edits) of one of today's contracts: the file, and what changes.
A test makes each edit, and sees that it fires its rule and no other. A schema rule is shown once, whichever role the schema has
in an API. *Asked for* means that the rule belongs to another of buf's categories than FILE, by which the gate judges.
"""


@dataclass(frozen=True, slots=True)
class _Firing:
    """That a change fired a rule, and how the page names the change."""

    kind: str
    rule: str
    severity: Severity
    name: str
    by_edit: bool


def page() -> str:
    """The whole page."""
    fired = _fired()
    parts = [_HEAD]
    for kind in ContractKind:
        found = {rule.id: _firings(rule, fired) for rule in rules([kind])}
        shown = sum(any(not firing.by_edit for firing in firings) for firings in found.values())
        edited = sum(bool(firings) for firings in found.values()) - shown
        parts.append(f"## {kind}\n\n{len(found)} rules: {shown} fired by the history or a candidate, {edited} by an edit alone.\n")
        parts.append("| rule | severity seen | fired by |\n| --- | --- | --- |")
        parts.extend(f"| `{name}` | {_severities(firings)} | {_names(firings)} |" for name, firings in found.items())
        parts.append("")
    return "\n".join(parts)


def _fired() -> Mapping[tuple[str, str], list[_Firing]]:
    """What fired, by the kind of the contract and the id in the finding."""
    found: dict[tuple[str, str], list[_Firing]] = defaultdict(list)
    for firing in (*_by_history_and_candidates(), *_by_edits()):
        found[firing.kind, firing.rule].append(firing)
    return found


def _by_history_and_candidates() -> Iterator[_Firing]:
    shown = (
        *history_changes(AS_OF),
        *major_changes(AS_OF),
        *candidate_changes("additive", AS_OF),
        *candidate_changes("breaking", AS_OF),
    )
    for change in shown:
        for check in change.report.checks:
            for row in check.comparison.changes:
                yield _Firing(check.kind, row.rule, row.severity, f"`{change.name}`", by_edit=False)


def _by_edits() -> Iterator[_Firing]:
    """What edits fire of the rules that they are for; what they fire besides is better shown elsewhere."""
    for edit in edits():
        asked = f" (asked for with {edit.category})" if edit.category else ""
        name = f"`{edit.file}`: {edit.what.removesuffix('.')}{asked}"
        own: Iterator[Change] = (row for row in comparison(edit, AS_OF).changes if row.rule in edit.ids)
        for row in own:
            yield _Firing(str(edit.contract.kind), row.rule, row.severity, name, by_edit=True)


def _firings(rule: Rule[Any], fired: Mapping[tuple[str, str], list[_Firing]]) -> list[_Firing]:
    return [firing for kind in ContractKind for name in ids_in_findings(rule, kind) for firing in fired.get((str(kind), name), ())]


def _severities(firings: list[_Firing]) -> str:
    seen = {firing.severity for firing in firings}
    return ", ".join(severity for severity in Severity if severity in seen) or "–"


def _names(firings: list[_Firing]) -> str:
    names = sorted({(firing.by_edit, firing.name) for firing in firings})
    return "; ".join(name for _, name in names) or "–"


def main(arguments: list[str]) -> int:
    """Write the page, or check it; returns the exit code."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.name} is stale; run ci/generate", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
