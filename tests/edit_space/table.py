"""The rows of docs/openapi-edit-space.md: what is told of each edit, with places of equal outcome together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from registry.engines.jsonschema.comparer import schema_rules
from registry.engines.openapi.contract_pair import Role
from registry.engines.openapi.schemas import openapi_schema_rules
from tests.edit_space.audit import Name, Told, reports
from tests.edit_space.places import Where
from tests.edit_space.waivers import waiver_for

_SIDES = {"": "operations", "webhook": "webhooks", "callback": "callbacks"}

SILENT = "nothing"
"""What an edit is said to be that no rule reports and no waiver explains."""


def rows(name: Name) -> tuple[str, ...]:
    """The lines of the table for one edit: each outcome with its places."""
    _, field, action = name
    places: dict[str, list[Where]] = defaultdict(list)
    for where, told in reports(name).items():
        places[_outcome(name, where, told)].append(where)
    everywhere = tuple(reports(name))
    return tuple(
        f"| `{_entry(field)}` {action} | {_named(found, everywhere)} | {len(found)} | {outcome} |"
        for outcome, found in places.items()
    )


def _outcome(name: Name, where: Where, told: tuple[Told, ...]) -> str:
    if told:
        return ", ".join(dict.fromkeys(f"`{_plain(each.rule)}` {each.severity}" for each in told))
    waiver = waiver_for(name, where)
    if waiver is None:
        return SILENT
    return f"**open**: {waiver.reason}" if waiver.is_open else f"*{waiver.reason}*"


def _entry(field: str) -> str:
    return {"*": "any entry", "x-": "x-…"}.get(field, field)


def _plain(rule: str) -> str:
    """The id of a rule, without the role of a schema."""
    for role in sorted(Role, key=len, reverse=True):
        if rule.removeprefix(f"{role}-") in _schema_rule_ids():
            return rule.removeprefix(f"{role}-")
    return rule


@cache
def _schema_rule_ids() -> frozenset[str]:
    return frozenset(rule.id for rule in (*schema_rules(), *openapi_schema_rules()))


def _named(found: Sequence[Where], everywhere: Sequence[Where]) -> str:
    """Places in few words."""
    if len(everywhere) == 1:
        return str(found[0])
    if len(found) == len(everywhere):
        return "everywhere"
    messages = [where for where in everywhere if where.part]
    written = [where for where in messages if where.written_by_clients]
    if len(messages) == len(everywhere) and set(found) == set(written):
        return "what clients write"
    if len(messages) == len(everywhere) and set(found) == set(messages) - set(written):
        return "what clients read"
    return "; ".join(_by_side(found, everywhere))


def _by_side(found: Sequence[Where], everywhere: Sequence[Where]) -> Iterator[str]:
    """The places, those of the same sides together: "any parameter, request (webhooks, callbacks)"."""
    parts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for part in dict.fromkeys(where.part for where in found):
        sides = tuple(where.side for where in found if where.part == part)
        whole = {where.side for where in everywhere if where.part == part}
        parts[() if set(sides) == whole != {""} else tuple(sorted(sides))].append(part)
    for sides, named in parts.items():
        label = ", ".join(_SIDES[side] for side in sides)
        listed = ", ".join(filter(None, _parameters_together(named, everywhere)))
        plain = not sides or (sides == ("",) and not any(where.side for where in everywhere))
        yield listed if plain and listed else f"{listed} ({label})" if listed else label


def _parameters_together(parts: Sequence[str], everywhere: Sequence[Where]) -> Iterator[str]:
    """The parts, with the sorts of parameters as one where all that there are stand among them."""
    told: set[str] = set()
    for part in parts:
        _, word, rest = part.partition(" parameter")
        together = {where.part for where in everywhere if where.part.partition(" parameter")[1:] == (word, rest)}
        name = f"any parameter{rest}" if word and together <= set(parts) and len(together) > 1 else part
        if name not in told:
            told.add(name)
            yield name
