"""Every way in which YAML is refused, with the error and the line and column of what is wrong."""

from __future__ import annotations

import pytest

from registry.domain.errors import BadInput, DuplicateKey, LimitExceeded, Malformed, NotANumber, NotText
from registry.domain.location import Location, Position
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits

REFUSED = {
    "empty": (b"", Malformed, (1, 1), "empty"),
    "only comments": (b"# nothing\n\n", Malformed, (1, 1), "empty"),
    "not UTF-8": (b"a: 1\nb: \xe9", NotText, (2, 4), "0xe9"),
    "NUL": (b"a: 1\nb: \x00", NotText, (2, 4), "NUL"),
    "escaped NUL": (b'a: "b\\0"', NotText, (1, 4), "NUL"),
    "escaped NUL in a key": (b'"a\\x00": 1', NotText, (1, 1), "NUL"),
    "lone surrogate": (b'a: "b"\nc: "\\ud800"', NotText, (2, 7), "surrogate"),
    "control character": (b"a: b\x07", NotText, (1, 5), "U+0007"),
    "byte order mark inside": ("a: \ufeffb".encode(), NotText, (1, 4), "U+FEFF"),
    "next line": ("a: 1\nb: c\x85d".encode(), Malformed, (2, 5), "U+0085"),
    "line separator": ("a: b\u2028c".encode(), Malformed, (1, 5), "U+2028"),
    "tab as indentation": (b"a:\n\tb: 1", Malformed, (2, 1), "cannot start any token"),
    "wrong indentation": (b"a: 1\n b: 2", Malformed, (2, 3), "not allowed"),
    "unfinished list": (b"a: [1,\n  2", Malformed, (2, 4), "',' or ']'"),
    "unfinished string": (b"a: 'b\n", Malformed, (2, 1), "end of stream"),
    "no such anchor": (b"a: 1\nb: *c", Malformed, (2, 4), '"c"'),
    "alias inside its own anchor": (b"a: &a\n  b: *a", Malformed, (2, 6), '"a"'),
    "alias as a key": (b"a: &a b\n*a : c", Malformed, (2, 1), "key"),
    "list as a key": (b"a: 1\n[b]: c", Malformed, (2, 1), "key"),
    "object as a key": (b"? {a: b}\n: c", Malformed, (1, 3), "key"),
    "key without a name": (b"? \n: c", Malformed, (1, 2), "no name"),
    "merge key": (b"a: &a {b: 1}\nc:\n  <<: *a", Malformed, (3, 3), "Merge keys"),
    "own tag": (b"a: 1\nb: !orders/money 3", Malformed, (2, 4), "!orders/money"),
    "language tag": (b"a: !!python/name:os.system ''", Malformed, (1, 4), "python"),
    "YAML 1.1 tag": (b"a: !!timestamp 2020-01-01", Malformed, (1, 4), "!!timestamp"),
    "tag of a key": (b"!!binary aGk=: 1", Malformed, (1, 1), "!!binary"),
    "tag that does not fit": (b"a: !!int b", Malformed, (1, 4), "!!int"),
    "tag of a list on an object": (b"a: !!seq {}", Malformed, (1, 4), "!!seq"),
    "tag directive": (b"# one\n%TAG ! tag:example.com,2026:\n---\na: 1", Malformed, (2, 1), "%TAG"),
    "YAML 1.1": (b"%YAML 1.1\n---\na: no", Malformed, (1, 1), "YAML 1.1"),
    "two documents": (b"a: 1\n---\nb: 2", Malformed, (2, 1), "second"),
    "duplicate key": (b"a: 1\nb: 2\na: 3", DuplicateKey, (3, 1), '"a"'),
    "duplicate key in braces": (b"a: {b: 1,\n  'b': 2}", DuplicateKey, (2, 3), '"b"'),
    "a number and its text": (b'"200": 1\n200: 2', DuplicateKey, (2, 1), '"200"'),
    "not a number": (b"a: '.nan'\nb: .NaN", NotANumber, (2, 4), ".NaN"),
    "infinity": (b"a: [1, -.inf]", NotANumber, (1, 8), "-.inf"),
    "beyond a float": (b"a: 1e999", NotANumber, (1, 4), "1e999"),
    "tagged beyond a float": (b"a: !!float " + b"1" * 400, NotANumber, (1, 4), "not a finite number"),
    "too long an integer": (b"a: " + b"1" * 5000, LimitExceeded, (1, 4), "5000 digits"),
    "100,000 lists in brackets": (b"[" * 100_000, LimitExceeded, (1, 201), "200 levels"),
    "100,000 objects in braces": (b"{a: " * 100_000, LimitExceeded, (1, 801), "200 levels"),
    "100,000 lists by dashes": (b"- " * 100_000, LimitExceeded, (1, 401), "200 levels"),
    "3,000 objects by indentation": (b"".join(b" " * n + b"a:\n" for n in range(3_000)), LimitExceeded, (201, 201), "200 levels"),
    "100,000 keys of keys": (b"? " * 100_000, Malformed, (1, 3), "key"),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize(("data", "error", "where", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(data: bytes, error: type[BadInput], where: tuple[int, int], said: str) -> None:
    """Text that readers could understand differently, or not at all, is refused at its place."""
    with pytest.raises(BadInput) as caught:
        read("orders.yaml", data)
    assert type(caught.value) is error
    assert caught.value.place == Location("orders.yaml", "", Position(*where))
    assert said in caught.value.message


def test_an_alias_bomb() -> None:
    """Nodes are counted as if every alias were written out, before any is."""
    names = "abcdefghi"
    lines = ["a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{names[index]}'] * 10)}]" for index, name in enumerate(names[1:])]
    with pytest.raises(LimitExceeded, match="more than 5000000 values, aliases included") as caught:
        read("bomb.yaml", "\n".join(lines).encode())
    assert caught.value.place is not None
    assert caught.value.place.position == Position(7, 20)


def test_aliases_in_moderation() -> None:
    """An alias is its anchor's node once more; it counts as many values as that, and as many levels."""
    data = b"price: &price {amount: 1, currency: EUR}\nlist: [*price, *price]\nkey: &text 200\nsame: *text"
    price = {"amount": 1, "currency": "EUR"}
    assert read("a.yaml", data, Limits(nodes=13, depth=3)).value == {
        "price": price,
        "list": [price, price],
        "key": 200,
        "same": 200,
    }
    with pytest.raises(LimitExceeded, match="12 values"):
        read("a.yaml", data, Limits(nodes=12))
    with pytest.raises(LimitExceeded, match="2 levels"):
        read("a.yaml", data, Limits(depth=2))


def test_many_tag_directives_cost_nothing() -> None:
    """A megabyte of directives, on which libyaml needs quadratic time, is refused at the first."""
    directives = "".join(f"%TAG !a{n}! tag:x{n}\n" for n in range(60_000))
    with pytest.raises(Malformed, match="%TAG"):
        read("tags.yaml", f"{directives}---\na: 1".encode())
