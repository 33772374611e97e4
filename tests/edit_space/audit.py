"""What the engine says about each cell of the edit space."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from registry.domain.change import Comparison
from registry.domain.contract import Mode, Source
from registry.domain.verdict import Severity
from registry.engines.openapi import ApiContract, compare, parse
from tests.edit_space.cells import Edit, edits
from tests.edit_space.places import Where
from tests.edit_space.samples import Object
from tests.edit_space.schema_cells import Change, Group, batch, changes, groups, reached

AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
"""A fixed moment, before every sunset of the samples."""

_ORDER = [*(str(severity) for severity in Severity), "unknown"]

Name = tuple[str, str, str]
"""The object, the field and the action: all cells of a name are one edit, in several places."""


@dataclass(frozen=True)
class Told:
    """A rule that reports an edit, and how bad it is for old clients."""

    rule: str
    severity: str


Reports = Mapping[Where, tuple[Told, ...]]
"""What is reported of one edit, by place; nothing where it is silent."""


@cache
def names() -> tuple[Name, ...]:
    """Every edit of the edit space, by object, field and action."""
    return tuple(dict.fromkeys((*_plain(), *_of_schemas())))


@cache
def wheres(name: Name) -> tuple[Where, ...]:
    """The places in which an edit can be made."""
    if name in _plain():
        return tuple(_plain()[name])
    return tuple(place.where for group in _groups_of(_of_schemas()[name]) for place in group.places.values())


@cache
def reports(name: Name) -> Reports:
    """What is reported of an edit, in each of its places."""
    if name in _plain():
        return {where: report(edit) for where, edit in _plain()[name].items()}
    change = _of_schemas()[name]
    return {where: seen for group in _groups_of(change) for where, seen in _shared_report(change, group).items()}


def report(edit: Edit, mode: Mode = Mode.BACKWARD) -> tuple[Told, ...]:
    """What is reported of one edit at one place."""
    comparison = _compared(edit.old, edit.new, mode)
    changes = {Told(change.rule, change.severity) for change in comparison.changes}
    return _sorted(changes | {Told(question.rule, "unknown") for question in comparison.undecided})


@cache
def _plain() -> Mapping[Name, Mapping[Where, Edit]]:
    found: dict[Name, dict[Where, Edit]] = defaultdict(dict)
    for cell, edit in edits().items():
        found[cell.object, cell.field, cell.action][cell.where] = edit
    return found


@cache
def _of_schemas() -> Mapping[Name, Change]:
    return {(change.object, change.field, change.action): change for change in changes()}


def _groups_of(change: Change) -> tuple[Group, ...]:
    return groups(change.version, only_bodies=change.inside)


def _shared_report(change: Change, group: Group) -> Reports:
    shared = batch(change, group)
    comparison = _compared(shared.old, shared.new, Mode.BACKWARD)
    found: dict[Where, set[Told]] = {place.where: set() for place in group.places.values()}
    seen = [(Told(each.rule, each.severity), each.elements) for each in comparison.changes]
    seen += [(Told(each.rule, "unknown"), each.elements) for each in comparison.undecided]
    for told, elements in seen:
        for where in reached(group, elements):
            found[where].add(told)
    return {where: _sorted(told) for where, told in found.items()}


def _compared(old: Object, new: Object, mode: Mode) -> Comparison:
    return compare(_contract(old), _contract(new), mode=mode, as_of=AS_OF)


def _contract(document: Object) -> ApiContract:
    return parse(Source({"openapi.json": json.dumps(document).encode()}, "openapi.json"))


def _sorted(found: set[Told]) -> tuple[Told, ...]:
    return tuple(sorted(found, key=lambda each: (_ORDER.index(each.severity), each.rule)))
