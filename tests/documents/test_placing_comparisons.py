"""A comparison gets its lines and columns from the files of both sides."""

from __future__ import annotations

from registry.domain.change import Change, Comparison, Undecided
from registry.domain.location import Location, Position
from registry.domain.verdict import Direction, Severity
from registry.engines.documents.placing import place

OLD = {"api.yaml": b"openapi: 3.1.0\npaths:\n  /carts:\n    get: {}\n", "shop.proto": b'syntax = "proto3";\n'}
NEW = {"api.json": b'{"openapi": "3.1.0",\n "paths": {}}'}


def change(old: Location | None, new: Location | None) -> Change:
    return Change("some-rule", Severity.BREAKING, Direction.BOTH, old, new, "something changed")


def test_both_sides_are_placed() -> None:
    """Old places are looked up in the old files and new places in the new ones, for changes and open questions alike."""
    old, new = Location("api.yaml", "/paths/~1carts/get"), Location("api.json", "/paths/~1carts")
    question = Undecided("some-rule", Direction.BOTH, "$dynamicRef", old, None, "not decided")
    placed = place(Comparison((change(old, new),), (question,)), OLD, NEW)
    assert placed.changes == (change(old.at(Position(4, 5)), new.at(Position(2, 2))),)
    assert placed.undecided == (question.located(old.at(Position(4, 5)), None),)


def test_what_has_a_place_or_cannot_have_one_stays() -> None:
    """Positions that are known, files of other formats and files that are not there are left alone."""
    known = Location("api.yaml", "/paths", Position(7, 7))
    proto = Location("shop.proto", "shop.v1.Cart")
    absent = Location("gone.yaml", "/paths")
    comparison = Comparison((change(known, None), change(proto, None), change(None, absent)))
    assert place(comparison, OLD, NEW) == comparison


def test_nothing_is_read_for_nothing() -> None:
    """A file in which no place is sought is not read a second time."""
    assert place(Comparison(), {"api.yaml": b"\xff"}, {}) == Comparison()
