"""The look before the compiler: the short way lets nothing through that the exact one refuses."""

from __future__ import annotations

from random import Random

from registry.domain.contract import Source
from registry.domain.errors import BadInput, Malformed
from registry.engines.protobuf.compiler import compile as compile_source
from registry.engines.protobuf.limits import CompileLimits
from registry.engines.protobuf.prescan import scan

PARTS = ("{", "}", "[", "]", "<", ">", "\n", "//", "/*", "*/", '"', "'", "\\", " ", "x", ";", "\t", 'import "../x"')
LIMITS = CompileLimits(nesting=3)


def _refused(text: str) -> bool:
    try:
        scan({"a.proto": text.encode()}, LIMITS)
    except Malformed:  # nothing but blanks
        return False
    except BadInput:
        return True
    return False


def test_brackets_and_imports_count_wherever_they_stand() -> None:
    """Random texts: after a closing bracket too many, where only the exact way goes, the answer is never stricter than without."""
    random = Random(5)
    for _ in range(5_000):
        text = "".join(random.choices(PARTS, k=random.randint(1, 25)))
        # A closing bracket too many in front sends the text the exact way, and leaves the depth as it is.
        assert not _refused(f"}}\n{text}") or _refused(f"\n{text}"), text


def test_comments_in_every_form_hide_brackets() -> None:
    """What the language does not see is no depth."""
    hidden = "{" * 100
    text = f'syntax = "proto3"; // {hidden}\n  // {hidden}\n/* {hidden}\n// {hidden} */ option go_package = "{hidden}"; // */\n'
    assert compile_source(Source({"a.proto": text.encode()}, "")).own == {"a.proto"}
