"""How the properties of a form body are written."""

from __future__ import annotations

import pytest

from registry.domain.verdict import Severity
from tests.openapi.support import differences, found, severities

RULE = "encoding-serialisation-changed"
OBJECT = "{type: object, properties: {a: {type: string}}}"
DEEP = "{pin: {style: deepObject, explode: true}}"


def form(properties: str, encoding: str) -> str:
    """A request whose body is a form."""
    schema = f"{{type: object, properties: {properties}}}"
    content = f"{{application/x-www-form-urlencoded: {{schema: {schema}, encoding: {encoding}}}}}"
    return f"POST /cards: {{requestBody: {{content: {content}}}}}"


def test_another_style_of_an_object_breaks_and_both_are_named() -> None:
    """`pin[a]=1` is not `a=1`."""
    change = found(form(f"{{pin: {OBJECT}}}", "{}"), form(f"{{pin: {OBJECT}}}", DEEP), RULE)
    assert change.severity is Severity.BREAKING
    assert "was written with style form, explode true; now it is style deepObject, explode true" in change.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{other: {type: string}}", f"{{other: {{type: string}}, pin: {OBJECT}}}"),
        ("{pin: {type: string}}", "{pin: {type: integer}}"),
    ],
    ids=["a new property", "a scalar"],
)
def test_what_had_no_other_spelling_does_not_break(old: str, new: str) -> None:
    """A property that is new was never written otherwise, and a scalar is written as it is."""
    assert RULE not in severities(differences(form(old, "{}"), form(new, DEEP)))
