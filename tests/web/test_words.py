"""How values read on a page."""

from __future__ import annotations

from registry.domain.policy import Allowance, ComparisonPolicy, ProtobufPolicy
from web.words import policy_words


def test_a_policy_reads_as_what_it_changes() -> None:
    """A phrase for each part that is not as by default, and none for a contract without a policy."""
    policy = ComparisonPolicy((("stable", 90),), ProtobufPolicy(("WIRE",), ("ENUM_SAME_TYPE",), frozenset(Allowance)))
    assert policy_words(policy) == (
        "stable: deprecated at least 90 days before its sunset",
        "judged by WIRE",
        "not judged by ENUM_SAME_TYPE",
        "allowed: followed renames",
        "allowed: inline waivers",
        "allowed: reserved deletions",
        "allowed: sunset deletions",
    )
    assert policy_words(ComparisonPolicy()) == ()
