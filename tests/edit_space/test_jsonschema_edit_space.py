"""The edit space of JSON Schema: every word of every draft has its rules, or a written reason for silence."""

from __future__ import annotations

import pytest

from registry.domain.contract import Mode
from tests.edit_space.jsonschema_cells import MIRRORS, Cell, cells, sides, told, vocabulary, words_without_sample, worst
from tests.edit_space.jsonschema_page import PAGE, page
from tests.edit_space.jsonschema_words import WAIVERS, WAIVERS_BY_DRAFT, WORDS

BACKWARD, FORWARD = Mode.BACKWARD, Mode.FORWARD
PROMISES = {
    *("properties", "format", "default", "deprecated", "readOnly", "writeOnly"),
    *("contentEncoding", "contentMediaType", "contentSchema"),
}
"""Words whose rules look at what was promised, which a mirror does not undo."""
TOLD = [cell for cell in cells() if not cell.waiver]


def spelt(cell: Cell) -> str:
    return f"{cell.word}-{cell.action}-{cell.draft}"


def test_every_word_of_every_draft_is_edited() -> None:
    """What a meta-schema names has a sample, and no sample is of a word that no draft knows."""
    assert list(words_without_sample()) == []
    assert WORDS.keys() <= frozenset[str]().union(*(vocabulary(draft) for draft in ("draft-04", "draft-07", "2019-09", "2020-12")))


@pytest.mark.parametrize("cell", TOLD, ids=spelt)
def test_an_edit_is_reported_in_both_directions(cell: Cell) -> None:
    """Some rule tells the edit, to those whom it hurts and to those whom it does not, unless nobody can decide it."""
    rows = [told(cell, mode) for mode in (BACKWARD, FORWARD)]
    assert all(rows) or any(worst(found) == "unknown" for found in rows)


@pytest.mark.parametrize("cell", [cell for cell in cells() if cell.waiver], ids=spelt)
def test_a_waiver_is_needed(cell: Cell) -> None:
    """What is waived is told by no rule."""
    assert (told(cell, BACKWARD), told(cell, FORWARD)) == ((), ())


def test_no_waiver_is_left_over() -> None:
    """Every reason is of a word that some draft has."""
    assert WAIVERS.keys() <= WORDS.keys()
    assert {(cell.word, cell.draft) for cell in cells()} >= WAIVERS_BY_DRAFT.keys()


@pytest.mark.parametrize("cell", [cell for cell in TOLD if cell.action in ("narrowed", "widened")], ids=spelt)
def test_what_narrows_breaks_backward_alone_and_what_widens_forward_alone(cell: Cell) -> None:
    """The side that admits more writes what the other refuses; a rule that is capped says risky."""
    hurt, unhurt = (BACKWARD, FORWARD) if cell.action == "narrowed" else (FORWARD, BACKWARD)
    assert worst(told(cell, hurt)) in ("breaking", "risky")
    assert worst(told(cell, unhurt)) == "safe"


@pytest.mark.parametrize("cell", [cell for cell in TOLD if cell.action != "changed" and cell.word not in PROMISES], ids=spelt)
def test_an_edit_and_its_mirror_hurt_opposite_sides(cell: Cell) -> None:
    """Taking an edit back does forward what the edit did backward, but where a rule is capped for one side."""
    mirror = Cell(cell.word, MIRRORS[cell.action], cell.draft)
    rows = told(cell, BACKWARD), told(mirror, FORWARD)
    if "enum-value-added" not in {rule for rule, _ in (*rows[0], *rows[1])}:
        assert worst(rows[0]) == worst(rows[1])


def test_the_sides_of_an_edit_are_those_of_its_mirror_turned_round() -> None:
    """So that a law about mirrors is one about the same two documents."""
    for cell in TOLD:
        mirror = Cell(cell.word, MIRRORS[cell.action], cell.draft)
        if cell.action != "changed" and mirror in cells():
            values = [[side.library.root.value for side in sides(each)] for each in (cell, mirror)]
            assert values[0] == values[1][::-1]


def test_the_page_is_current() -> None:
    """`ci/generate` writes it anew."""
    assert PAGE.read_text("utf-8") == page(), f"docs/{PAGE.name} is stale: run ci/generate"
