"""docs/checkout-rules.md: every rule, and the change of the checkout platform that fires it.

    python -m contracts.checkout.rule_table [--check]

With --check nothing is written, and a stale page is an error.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from contracts.checkout.changes import candidate_changes, history_changes, major_changes
from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.services.rule_catalogue import ids_in_openapi, rules

PAGE = Path(__file__).parents[2] / "docs" / "checkout-rules.md"
AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
"""A fixed moment, before every sunset of the platform, so that the page does not change with the calendar."""

_HEAD = """# Which change of the checkout platform fires which rule

Written by `ci/generate`; do not edit. Every rule is listed. Where no change of the platform fires it, the rule's own two
examples in [rules.md](rules.md) do, as tests. A schema rule is shown once, whichever role the schema has in an API.
"""


def page() -> str:
    """The whole page."""
    fired = _fired()
    parts = [_HEAD]
    for kind in ContractKind:
        found = rules([kind])
        shown = sum(bool(_names(kind, rule.id, fired)) for rule in found)
        parts.append(f"## {kind}\n\n{len(found)} rules, {shown} of them fired by the platform.\n")
        parts.append("| rule | severity seen | fired by |\n| --- | --- | --- |")
        for rule in found:
            seen = _names(kind, rule.id, fired)
            severities = ", ".join(sorted({severity for severity, _ in seen}, key=lambda text: Severity(text).rank))
            names = ", ".join(sorted({f"`{name}`" for _, name in seen}))
            parts.append(f"| `{rule.id}` | {severities or '–'} | {names or 'its own examples'} |")
        parts.append("")
    return "\n".join(parts)


def _fired() -> Mapping[tuple[str, str], set[tuple[str, str]]]:
    """(kind, rule id) to (severity, name of the change)."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for name, kind, rule, severity in _rows():
        found[kind, rule].add((severity, name))
    return found


def _rows() -> Iterator[tuple[str, str, str, str]]:
    shown = (
        *history_changes(AS_OF),
        *major_changes(AS_OF),
        *candidate_changes("additive", AS_OF),
        *candidate_changes("breaking", AS_OF),
    )
    for change in shown:
        for check in change.report.checks:
            for row in check.comparison.changes:
                yield change.name, check.kind, row.rule, str(row.severity)


def _names(kind: ContractKind, rule: str, fired: Mapping[tuple[str, str], set[tuple[str, str]]]) -> set[tuple[str, str]]:
    found = set(fired.get((str(kind), rule), ()))
    if kind is ContractKind.JSONSCHEMA:
        in_apis = ids_in_openapi(next(item for item in rules([kind]) if item.id == rule))
        found.update(row for name in in_apis for row in fired.get((str(ContractKind.OPENAPI), name), ()))
    return found


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
