"""Which rule is the mirror of which: what sees an edit undone, and what sees it on the other side of the conversation."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from registry.engines.jsonschema.comparer import schema_rules
from registry.engines.openapi import contract_rules
from registry.engines.openapi.schemas import openapi_schema_rules
from registry.engines.rulebook.rule import Action, Rule

FILE = Path(__file__).with_name("symmetry.toml")

MIRRORED: Mapping[Action, Action] = {
    Action.ADDED: Action.REMOVED,
    Action.REMOVED: Action.ADDED,
    Action.NARROWED: Action.WIDENED,
    Action.WIDENED: Action.NARROWED,
}
"""What an action is undone by; a deprecation is called off by a change, as the file of reasons says."""

_SIDES = {"request": "response", "response": "request"}


def contract() -> tuple[Rule[Any], ...]:
    """The rules about everything but schemas, by id."""
    return contract_rules()


def schemas() -> tuple[Rule[Any], ...]:
    """The rules about schemas, by id; each is asked in requests and in responses."""
    return tuple(sorted((*schema_rules(), *openapi_schema_rules()), key=lambda rule: rule.id))


def undone_by(rule: Rule[Any]) -> str | None:
    """The id of the rule that sees the same edit the other way round; None when there is none.

    The file of reasons may name it; else it stands at the mirrored coordinates in the same file, or alone there or in the file. A
    change is one both ways.
    """
    named = _by("undone", rule)
    if named or rule.action is Action.CHANGED:
        return named or rule.id
    rivals = schemas() if rule in schemas() else contract()
    others = [other for other in rivals if other.action is MIRRORED.get(rule.action)]
    beside = [other for other in others if other.check.__module__ == rule.check.__module__]
    alike = [other for other in others if (other.area, other.aspect) == (rule.area, rule.aspect)]
    found = next((ids for ids in ([each for each in beside if each in alike], beside, alike) if len(ids) == 1), None)
    return found[0].id if found else None


def across(rule: Rule[Any]) -> str | None:
    """The id of the rule that sees the same edit in what the other side writes; None when there is none.

    A rule whose name has no side is asked on both.
    """
    side, _, rest = rule.id.partition("-")
    if side not in _SIDES or rule in schemas():
        return rule.id
    twin = f"{_SIDES[side]}-{rest}"
    return twin if any(other.id == twin for other in contract()) else _by("across", rule)


@cache
def reasons(sort: str) -> Mapping[str, Mapping[str, str]]:
    """Why a rule has no mirror, or another one than its coordinates say: by id, the reason and perhaps the rule it is (`by`)."""
    entries = tomllib.loads(FILE.read_text("utf-8"))[sort]
    found: dict[str, Mapping[str, str]] = {}
    for entry in entries:
        found.update({name: {"reason": entry["reason"]} for name in entry.get("rules", ())})
        for one, other in entry.get("pairs", ()):
            found[one] = {"reason": entry["reason"], "by": other}
            found[other] = {"reason": entry["reason"], "by": one}
    return found


def _by(sort: str, rule: Rule[Any]) -> str | None:
    return reasons(sort).get(rule.id, {}).get("by")
