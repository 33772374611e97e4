"""The completeness of the OpenAPI rules: every edit that the specification allows is told, or a waiver says why not."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import pytest

from registry.domain.contract import Mode
from tests.edit_space.audit import names, report, reports, wheres
from tests.edit_space.cells import Cell, edits, edits_of, fields_without_cell
from tests.edit_space.page import PAGE, assembled, titled
from tests.edit_space.places import ANYWHERE, Where
from tests.edit_space.published import SCHEMA, VERSIONS, objects
from tests.edit_space.table import rows
from tests.edit_space.waivers import waiver_for, waivers
from tests.edit_space.words import DISCRIMINATOR, WORDS, XML

NAMES = names()
OBJECTS = tuple(dict.fromkeys(name for name, _, _ in NAMES))
PLAIN_OBJECTS = tuple(dict.fromkeys(cell.object for cell in edits()))


def spelt(name):
    return "{}.{} {}".format(*name)


@pytest.mark.parametrize("name", NAMES, ids=spelt)
def test_an_edit_is_told_or_waived_in_every_place(name):
    """A rule reports it, or a waiver gives the reason and no rule reports it; and docs/openapi-edit-space.md says the same."""
    for where, told in reports(name).items():
        waiver = waiver_for(name, where)
        assert told or waiver, f"{spelt(name)} ({where}): no rule reports it, and no waiver says why"
        assert not (told and waiver), f"{spelt(name)} ({where}): a waiver that is not needed: {waiver}, {told}"
    assert page_rows()[name[0]][first_column(rows(name)[0])] == rows(name), "the page is stale: run ci/generate"


ORDERED = [name for name in NAMES if name[0] == SCHEMA and name[2] in ("narrowed", "widened")]


@pytest.mark.parametrize("name", ORDERED, ids=spelt)
def test_what_narrows_hurts_writers_and_what_widens_hurts_readers(name):
    """A schema that admits less is safe in what clients read, one that admits more in what they write; elsewhere they hurt."""
    for where, told in reports(name).items():
        harmless = (name[2] == "widened") == where.written_by_clients
        severities = {each.severity for each in told}
        assert severities == {"safe"} if harmless else severities - {"safe"}, f"{where}: {told}"


def test_every_field_of_the_specification_is_edited():
    """Each field of each object has an edit, and each word of a schema has values to be edited with."""
    assert fields_without_cell() == []
    for version in VERSIONS:
        model = objects(version)
        assert model[SCHEMA].keys() <= WORDS.keys()
        assert model["discriminator"].keys() - {"x-"} <= DISCRIMINATOR.keys()
        assert model["xml"].keys() - {"x-"} <= XML.keys()


@pytest.mark.parametrize("waiver", waivers(), ids=str)
def test_a_waiver_speaks_about_some_edit(waiver):
    """A waiver for an edit that nobody can make says nothing."""
    assert any(waiver.covers(name, where) for name in NAMES for where in wheres(name))


def test_the_page_has_every_edit_and_adds_them_up():
    """docs/openapi-edit-space.md has the edits of the audit, no others, and their totals."""
    found = page_rows()
    assert [(holder, column) for holder in found for column in found[holder]] == [
        (name[0], column)
        for holder in OBJECTS
        for name in NAMES
        if name[0] == holder
        for column in [f"`{shown(name[1])}` {name[2]}"]
    ]
    told = [(holder, row) for holder in found for lines in found[holder].values() for row in lines]
    assert PAGE.read_text("utf-8") == assembled(told)


@pytest.mark.parametrize("version", VERSIONS[:-1])
@pytest.mark.parametrize("holder", PLAIN_OBJECTS)
def test_an_edit_is_told_alike_in_every_version(holder, version):
    """What 3.0 and 3.1 have in common with 3.2 is told by the same rules, as badly."""
    for edit in (edit for edit in edits_of(version) if edit.cell.object == holder and not edit.cell.where.side):
        newest = edits()[edit.cell]
        here = reports((holder, edit.cell.field, edit.cell.action))[edit.cell.where]
        same = all(
            {**one, "openapi": ""} == {**other, "openapi": ""} for one, other in ((edit.old, newest.old), (edit.new, newest.new))
        )
        if here and same:
            assert report(edit) == here, str(edit.cell)


NOT_MIRRORED = {
    "deprecated": "who publishes the contract promises it to clients, whoever writes the message",
    "x-sunset": "who publishes the contract promises it to clients, whoever writes the message",
    "x-stability-level": "who publishes the contract promises it to clients, whoever writes the message",
    "in": "how bad it is that a parameter moved depends on what old clients send, and new ones send nothing old",
}
"""Fields about which the two sides are not told alike, with the reason."""

MESSAGES = [
    cell
    for cell in edits()
    if cell.where.part and not cell.where.side and cell.where != ANYWHERE and cell.field not in NOT_MIRRORED
]


@pytest.mark.parametrize("holder", tuple(dict.fromkeys(cell.object for cell in MESSAGES)))
def test_in_webhooks_and_callbacks_the_sides_change_places(holder):
    """What an edit of a message does there to new clients of an old server, it does elsewhere to old clients of a new one."""
    for cell in (cell for cell in MESSAGES if cell.object == holder):
        here = reports((cell.object, cell.field, cell.action))[cell.where]
        for side in ("webhook", "callback"):
            there = Cell(cell.object, cell.field, cell.action, Where(side, cell.where.part))
            if here and there in edits():
                assert report(edits()[there], Mode.FORWARD) == here, str(there)


def first_column(row: str) -> str:
    return row.split(" | ", maxsplit=1)[0].removeprefix("| ")


def shown(field: str) -> str:
    return {"*": "any entry", "x-": "x-…"}.get(field, field)


@cache
def page_rows() -> dict[str, dict[str, tuple[str, ...]]]:
    """The rows of the page, by object and first column."""
    called = {titled(holder): holder for holder in OBJECTS}
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for section in re.split(r"(?m)^## ", PAGE.read_text("utf-8"))[1:]:
        lines = defaultdict(tuple)
        for row in re.findall(r"(?m)^\| `.*$", section):
            lines[first_column(row)] += (row,)
        found[called[section.split("\n", 1)[0]]] = dict(lines)
    return found
