"""The suffix says how a file is written; without one that does, its text decides."""

from __future__ import annotations

import pytest

from registry.domain.change import Json
from registry.domain.errors import DuplicateKey, Malformed
from registry.engines.documents.document import Syntax, locate, read


@pytest.mark.parametrize(
    ("name", "text", "syntax", "value"),
    [
        ("a.json", '{"a": 1}', Syntax.JSON, {"a": 1}),
        ("A.JSON", '{"a": 1}', Syntax.JSON, {"a": 1}),
        ("v1.json/a.yaml", '{"a": 1}', Syntax.YAML, {"a": 1}),
        ("a.yml", "a: 1", Syntax.YAML, {"a": 1}),
        ("a", ' \n{"a": 1}', Syntax.JSON, {"a": 1}),
        ("a.txt", "[1]", Syntax.JSON, [1]),
        ("a", "a: 1", Syntax.YAML, {"a": 1}),
        ("a", "{a: 1}", Syntax.YAML, {"a": 1}),
    ],
)
def test_chosen(name: str, text: str, syntax: Syntax, value: Json) -> None:
    """The document knows its notation, and its places are found in that notation."""
    document = read(name, text.encode())
    assert (document.syntax, document.value) == (syntax, value)
    assert locate(document, "") is not None


def test_json_means_json() -> None:
    """A `.json` file is not read as YAML when it is not JSON."""
    with pytest.raises(Malformed, match="not JSON"):
        read("a.json", b"a: 1")


def test_neither() -> None:
    """A text that starts like JSON and is neither is refused as JSON."""
    with pytest.raises(Malformed, match="not JSON"):
        read("a", b'{"a": 1')


def test_a_fault_that_is_no_syntax_error_stands() -> None:
    """JSON that is refused for what it says is not tried again as YAML."""
    with pytest.raises(DuplicateKey, match="one object"):
        read("a", b'{"a": 1, "a": 2}')
