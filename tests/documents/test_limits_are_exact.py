"""What is exactly as deep or as numerous as the limit is read, and one less is refused."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.change import Json
from registry.domain.errors import LimitExceeded
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits
from tests.documents.support import JSON_VALUES, written_as_json, written_as_yaml


def members(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []


def levels(value: Json) -> int:
    inner = max((levels(member) for member in members(value)), default=0)
    return inner + isinstance(value, dict | list)


def nodes(value: Json) -> int:
    return 1 + sum(nodes(member) for member in members(value))


@given(JSON_VALUES, st.sampled_from(["json", "yaml"]), st.randoms(use_true_random=False))
def test_levels(value: Json, suffix: str, random: Random) -> None:
    """Every list and object is one level, whatever brackets stand in strings and comments."""
    text = (written_as_json if suffix == "json" else written_as_yaml)(value, random).text.encode()
    deep = levels(value)
    read(f"value.{suffix}", text, Limits(depth=deep))
    if deep:
        with pytest.raises(LimitExceeded, match=f"deeper than {deep - 1} levels"):
            read(f"value.{suffix}", text, Limits(depth=deep - 1))


@given(JSON_VALUES, st.sampled_from(["json", "yaml"]), st.randoms(use_true_random=False))
def test_values(value: Json, suffix: str, random: Random) -> None:
    """Every value is counted once, and keys are not."""
    text = (written_as_json if suffix == "json" else written_as_yaml)(value, random).text.encode()
    many = nodes(value)
    read(f"value.{suffix}", text, Limits(nodes=many))
    with pytest.raises(LimitExceeded, match=rf"\b{many - 1}\b"):
        read(f"value.{suffix}", text, Limits(nodes=many - 1))
