"""Manifests that Python's TOML reader recurses, counts or multiplies itself to death over."""

from __future__ import annotations

from time import process_time

import pytest

from registry.domain.errors import LimitExceeded
from registry.services.manifests import read_manifest

COSTLY = {
    "lists": "a = " + "[" * 100_000,
    "inline tables": "a = " + "{a = " * 2_000,
    "a dotted key": ".".join(["a"] * 50_000) + " = 1",
    "a dotted key with spaces": " . ".join(["a"] * 50_000) + " = 1",
    "a dotted key in quotes": ".".join(['"a"'] * 50_000) + " = 1",
    "a dotted header": "[" + ".".join(["a"] * 50_000) + "]",
    "digits": "a = " + "1" * 5_000,
    "bytes": "#" * (1 << 20) + "\n",
}


@pytest.mark.parametrize("kind", COSTLY)
def test_a_manifest_beyond_the_limits_is_refused(kind: str) -> None:
    """At its place, and at once."""
    began = process_time()
    with pytest.raises(LimitExceeded) as refused:
        read_manifest("interlock.toml", COSTLY[kind].encode())
    assert process_time() - began < 2.0
    assert refused.value.place is not None


def test_brackets_and_dots_in_strings_and_comments_do_not_nest() -> None:
    """Only structure counts."""
    prose = "a.[{" * 300
    text = (
        f'# {prose}\n[service]\nname = "orders"\nteam = "t"\ndomain = "d"\ndescription = """{prose}"""\nmain_branch = \'{prose}\'\n'
    )
    assert read_manifest("interlock.toml", text.encode()).service.description == prose


def test_a_byte_order_mark_is_no_part_of_a_manifest() -> None:
    """Some editors put one there."""
    text = '\ufeff[service]\nname = "orders"\nteam = "t"\ndomain = "d"\n'
    assert read_manifest("interlock.toml", text.encode()).service.name == "orders"
