"""What is written as JSON or YAML is read back as it was, and every pointer is found where it was written."""

from __future__ import annotations

import json
from random import Random

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.change import Json
from registry.engines.documents.document import locate, locate_all, read
from tests.documents.support import JSON_VALUES, Written, written_as_json, written_as_yaml


def same(one: Json, other: Json) -> bool:
    """Equal with 1, 1.0 and true told apart, and members in the same order."""
    return json.dumps(one) == json.dumps(other)


@given(JSON_VALUES, st.booleans())
def test_json_round_trip(value: Json, ascii_only: bool) -> None:
    """A value written by the standard library is read back, types included."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert same(read("value.json", text.encode()).value, value)


@given(JSON_VALUES, st.sampled_from([None, False, True]))
def test_yaml_round_trip(value: Json, flow: bool | None) -> None:
    """A value that another YAML writer wrote with explicit core tags is read back, types included."""
    text = yaml.safe_dump(value, default_style='"', default_flow_style=flow, allow_unicode=True, sort_keys=False)
    assert same(read("value.yaml", text.encode()).value, value)


@given(JSON_VALUES, st.randoms(use_true_random=False))
def test_plain_yaml_round_trip(value: Json, random: Random) -> None:
    """Numbers, booleans and null that YAML resolves itself are read back, types included."""
    assert same(read("value.yaml", written_as_yaml(value, random).text.encode()).value, value)


@given(JSON_VALUES, st.randoms(use_true_random=False))
def test_one_value_in_both_notations(value: Json, random: Random) -> None:
    """JSON text under a YAML name reads as the same value, where YAML has the characters."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isascii() and "\x7f" not in text:
        assert same(read("value.yaml", text.encode()).value, value)


def check_positions(name: str, written: Written) -> None:
    document = read(name, written.text.encode())
    assert locate_all(document, written.positions) == written.positions


@given(JSON_VALUES, st.randoms(use_true_random=False))
def test_pointers_in_json(value: Json, random: Random) -> None:
    """Every pointer is found where its key or item was written, whatever the white space."""
    check_positions("value.json", written_as_json(value, random))


@given(JSON_VALUES, st.randoms(use_true_random=False))
def test_pointers_in_yaml(value: Json, random: Random) -> None:
    """Every pointer is found where its key or item was written, whatever comments and empty lines."""
    check_positions("value.yaml", written_as_yaml(value, random))


@given(JSON_VALUES, st.randoms(use_true_random=False), st.sampled_from(["json", "yaml"]), st.data())
def test_a_pointer_that_leads_nowhere(value: Json, random: Random, suffix: str, data: st.DataObject) -> None:
    """A pointer that leads nowhere is answered by its nearest parent that exists."""
    written = (written_as_json if suffix == "json" else written_as_yaml)(value, random)
    document = read(f"value.{suffix}", written.text.encode())
    parent = data.draw(st.sampled_from(sorted(written.positions)))
    assert locate(document, f"{parent}/no such member/0") == written.positions[parent]


@pytest.mark.parametrize("text", ['\ufeff{"a": [1,\n 2]}', '{"a": [1,\n 2]}'])
def test_a_byte_order_mark_moves_nothing(text: str) -> None:
    """A byte order mark is no column of the first line."""
    for name in ("value.json", "value.yaml"):
        document = read(name, text.encode())
        places = {pointer: (at.line, at.column) for pointer, at in locate_all(document, ["", "/a", "/a/1"]).items()}
        assert document.value == {"a": [1, 2]}
        assert places == {"": (1, 1), "/a": (1, 2), "/a/1": (2, 2)}
