"""Rules for people: one in full, or all in a list."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import click

from cli.rendering.words import faint, severity_word, table
from registry.engines.rulebook.rule import Rule


def rule_page(rule: Rule[Any]) -> str:
    """A rule in full: what it means, how it is judged, and an example that breaks beside one that does not."""
    title = f"{click.style(rule.id, bold=True)}  {faint(f'{rule.contract_kind}, {rule.area}, {rule.nature}')}"
    judged = ", ".join(f"{severity_word(severity)} {_direction(str(direction))}" for direction, severity in rule.severity.items())
    parts = [title, rule.doc, f"Judged: {judged}."]
    if rule.cap_reason:
        parts.append(f"Never breaking: {rule.cap_reason}")
    if rule.names:
        parts.append(f"Elsewhere called {', '.join(rule.names)}.")
    parts += [_example("Fires:", rule.breaks.old, rule.breaks.new), _example("Does not fire:", rule.fine.old, rule.fine.new)]
    return "\n\n".join(parts)


def rule_list(rules: Sequence[Rule[Any]]) -> str:
    """One line a rule: kind, id, severities, and the first sentence of its text."""
    return table([(str(rule.contract_kind), rule.id, _severities(rule), rule.summary) for rule in rules])


def _severities(rule: Rule[Any]) -> str:
    return " ".join(f"{severity}" if str(way) == "both" else f"{severity}/{way}" for way, severity in rule.severity.items())


def _direction(direction: str) -> str:
    return "in either direction" if direction == "both" else direction


def _example(title: str, old: str, new: str) -> str:
    return f"{title}\n{_column('old', old)}\n{_column('new', new)}"


def _column(label: str, text: str) -> str:
    return textwrap.indent(text.rstrip() or "(nothing)", f"    {faint(label)}  ")
