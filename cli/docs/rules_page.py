"""docs/rules.md: the catalogue of rules, from the same source as `interlock explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from registry.domain.contract import ContractKind
from registry.engines.rulebook.rule import Example, Rule
from registry.services.rule_catalogue import rules

_INTRODUCTION = """\
# Rules

Every finding carries the id of a rule. A rule is judged by direction: *backward*, new readers meet what old writers wrote;
*forward*, old readers meet what new writers write. Only *breaking* blocks, unless the `policy` of a manifest raises a *risky* rule.

A *language* rule is about which documents are valid: a proof that nothing was lost silences it, and a witness document confirms it.
A *promise* rule is about what was declared; no proof clears it.

`interlock explain RULE` prints the same for one rule."""

_KINDS = {
    ContractKind.OPENAPI: (
        "OpenAPI",
        "Changes inside schemas are found by the rules for JSON Schema below; their ids then start with where the schema stands: "
        "`request-`, `response-`, `request-parameter-` or `response-header-`.",
    ),
    ContractKind.JSONSCHEMA: ("JSON Schema", "For events, and for every schema of an OpenAPI document."),
    ContractKind.AVRO: (
        "Avro",
        "New readers resolve what old writers wrote, and old readers what new writers write; [avro.md](avro.md) says how.",
    ),
    ContractKind.PROTOBUF: ("Protobuf", "Where buf has a rule for the same, its id is given."),
}


def rules_page() -> str:
    """The rules by kind, with an index of each."""
    return "\n\n".join([_INTRODUCTION, *(block for kind in _KINDS for block in _kind(kind))]) + "\n"


def _kind(kind: ContractKind) -> Iterator[str]:
    title, note = _KINDS[kind]
    found = rules([kind])
    yield f"## {title}\n\n{note}"
    yield _index(kind, found)
    for area, members in groupby(sorted(found, key=lambda rule: (rule.area, rule.id)), key=lambda rule: rule.area):
        yield f"### {title}: {str(area).replace('-', ' ')}"
        yield from (_rule(rule) for rule in members)


def _index(kind: ContractKind, found: Sequence[Rule[Any]]) -> str:
    rows = [f"| [`{rule.id}`](#{_anchor(kind, rule)}) | {_severities(rule)} | {_cell(rule.summary)} |" for rule in found]
    return "\n".join(["| rule | severity | what was seen |", "| --- | --- | --- |", *rows])


def _rule(rule: Rule[Any]) -> str:
    parts = [f'<a id="{_anchor(rule.contract_kind, rule)}"></a>\n\n#### `{rule.id}`', rule.doc, _facts(rule)]
    if rule.cap_reason:
        parts.append(f"Never breaking: {rule.cap_reason}")
    parts += [_example("Fires", rule.contract_kind, rule.breaks), _example("Does not fire", rule.contract_kind, rule.fine)]
    return "\n\n".join(parts)


def _facts(rule: Rule[Any]) -> str:
    names = f" Elsewhere called {', '.join(f'`{name}`' for name in rule.names)}." if rule.names else ""
    return f"*{str(rule.nature).capitalize()}, {rule.action}; {_severities(rule)}.*{names}"


def _example(title: str, kind: ContractKind, example: Example) -> str:
    language, comment = ("proto", "//") if kind is ContractKind.PROTOBUF else ("yaml", "#")
    sides = (f"{comment} {label}\n{text.strip()}" for label, text in (("old", example.old), ("new", example.new)))
    return f"{title}:\n\n```{language}\n" + "\n".join(sides) + "\n```"


def _severities(rule: Rule[Any]) -> str:
    return ", ".join(f"{severity}" if way == "both" else f"{severity} {way}" for way, severity in rule.severity.items())


def _anchor(kind: ContractKind, rule: Rule[Any]) -> str:
    return f"{kind}-{rule.id}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
