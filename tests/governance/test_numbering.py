"""Which number a release needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.change import Change, Comparison, Undecided, Waiver
from registry.domain.semver import Bump, Version
from registry.domain.verdict import Direction, Severity
from registry.engines.governance.numbering import needed_bump, neighbours, newest, propose

NUMBERS = st.builds(
    Version, st.integers(0, 4), st.integers(0, 4), st.integers(0, 4), st.sampled_from([(), ("rc", "1"), ("rc", "2")])
)


def a_change(severity: Severity, waived: bool = False) -> Change:
    change = Change("some-rule", severity, Direction.BOTH, None, None, "something changed", ("GET /a",))
    return change.waived(Waiver("some-rule", "GET /a", "agreed", "ana", "2030-01-01T00:00:00+00:00")) if waived else change


@pytest.mark.parametrize(
    ("changes", "bump"),
    [
        ((), Bump.PATCH),
        ((a_change(Severity.SAFE),), Bump.MINOR),
        ((a_change(Severity.RISKY),), Bump.MINOR),
        ((a_change(Severity.SAFE), a_change(Severity.BREAKING)), Bump.MAJOR),
        ((a_change(Severity.BREAKING, waived=True),), Bump.MINOR),
    ],
)
def test_the_worst_change_decides_the_bump(changes: tuple[Change, ...], bump: Bump) -> None:
    """A break needs a major unless it was waived, anything else worth naming a minor, other bytes a patch."""
    assert needed_bump(Comparison(changes)) is bump


def test_an_undecided_question_needs_a_minor() -> None:
    """What could not be decided is at least worth naming."""
    question = Undecided("schema-narrowed", Direction.BACKWARD, "$dynamicRef", None, None, "cannot tell")
    assert needed_bump(Comparison(undecided=(question,))) is Bump.MINOR


def test_where_nothing_is_gated_a_break_is_a_minor() -> None:
    """Mode none promises nothing, so it never forces a new major line."""
    assert needed_bump(Comparison((a_change(Severity.BREAKING),)), gated=False) is Bump.MINOR


@given(NUMBERS, st.sets(NUMBERS))
def test_neighbours_are_the_closest_full_releases_of_the_line(version: Version, taken: set[Version]) -> None:
    """Nothing of the same major line lies between a number and its neighbours."""
    below, above = neighbours(version, taken)
    line = [other for other in taken if other.major == version.major and not other.prerelease and other != version]
    assert below == max((other for other in line if other < version), default=None)
    assert above == min((other for other in line if other > version), default=None)


@given(st.sets(NUMBERS, min_size=1), st.sampled_from(Bump))
def test_a_proposal_is_above_all_that_was_released(taken: set[Version], bump: Bump) -> None:
    """The registry never proposes a number that is not the newest of its kind."""
    after = newest(taken)
    assert after is not None
    assert propose(after, bump) > after


@given(NUMBERS)
def test_a_version_reads_back(version: Version) -> None:
    """Printing and parsing are inverse."""
    assert Version.parse(str(version)) == version


@pytest.mark.parametrize("text", ["1", "1.0", "01.0.0", "1.0.0-", "1.0.0-01", "v1.0.0", "1.0.0 ", "1.0.0-a..b", "١.0.0", ""])
def test_what_is_not_semver_is_not_read(text: str) -> None:
    """Leading zeros, missing parts, empty identifiers, prefixes, blanks and other scripts' digits are refused."""
    assert Version.parse(text) is None


def test_precedence_is_that_of_the_specification() -> None:
    """The example of Semantic Versioning 2.0.0, section 11.4."""
    order = [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
    ]
    assert sorted(map(Version.of, reversed(order))) == list(map(Version.of, order))
