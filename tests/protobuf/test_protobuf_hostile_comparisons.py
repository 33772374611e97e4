"""Contracts that compile and were made to hurt the comparison: each is answered in bounded time."""

from __future__ import annotations

import time
from random import Random

from registry.domain.policy import Allowance, ProtobufPolicy
from registry.engines.protobuf.text import Text
from tests.protobuf.support import between, only

EVERYTHING = ProtobufPolicy(allow=frozenset(Allowance))
OPTIONS = """// file: options.proto
syntax = "proto3"; package google.api;
import "google/protobuf/descriptor.proto";
extend google.protobuf.MethodOptions { HttpRule http = 72295728; }
message HttpRule { string get = 2; repeated HttpRule additional_bindings = 11; }
// file: cart.proto
import "options.proto";
"""


def chain(name: str, last: str, length: int = 600) -> str:
    """Messages that contain one another, longer than the interpreter's stack is deep."""
    links = "".join(f"message {name}{i} {{ {name}{i + 1} next = 1; }}\n" for i in range(length))
    return f"{links}message {name}{length} {{ {last} id = 1; }}\nmessage Root {{ {name}0 first = 1; }}\n"


def test_a_chain_of_messages_is_judged_without_bytes() -> None:
    """The runtime makes classes recursively: where it cannot, what was found is found all the same."""
    old = chain("A", "string", length=2_500)
    assert only(between(old, old.replace("A0 first", "string first")), "field-type-changed").blocks


def test_a_chain_of_renamed_messages_is_followed_to_its_end() -> None:
    """Each link stands or falls with the last one, in time that grows with their number."""
    started = time.process_time()
    stands = between(chain("A", "string"), chain("B", "string"), policy=EVERYTHING)
    falls = between(chain("A", "string"), chain("B", "fixed32"), policy=EVERYTHING)
    assert "field-type-changed" not in {change.rule for change in stands.changes}
    assert "type-replaced" not in {change.rule for change in falls.changes}
    assert time.process_time() - started < 20


def test_a_thousand_findings_on_one_line() -> None:
    """Finding a column does not walk over the line character by character."""

    def routes(folder: str) -> str:
        bound = " ".join(f'additional_bindings {{ get: "/{folder}/{i}" }}' for i in range(1_000))
        option = f'option (google.api.http) = {{ get: "/" {bound} }};'
        return f"{OPTIONS}message M {{ }} service S {{ rpc G(M) returns (M) {{ {option} }} }}"

    started = time.process_time()
    assert len(between(routes("a"), routes("b")).changes) == 2_000
    assert time.process_time() - started < 20


def test_columns_are_those_of_a_walk_over_the_line() -> None:
    """Tabs, characters of several bytes and carriage returns: what counting them one by one gives."""
    random = Random(7)
    for _ in range(500):
        line = "".join(random.choice("ab \té\r€") for _ in range(random.randrange(30)))
        data = line.encode()
        length = random.randrange(len(data) + 1)
        compiled = _counted(data[:length].decode("latin-1"), 8)
        assert Text(data).offset(0, compiled) == length
        text = data[:length].decode(errors="replace")
        assert Text(data).position(length).column == _counted(text, 4) + 1


def _counted(text: str, tab: int) -> int:
    width = 0
    for character in text:
        width = (width // tab + 1) * tab if character == "\t" else width + 1
    return width


def test_long_comments_are_read_once() -> None:
    """A waiver that never ends is none."""
    comment = f"// interlock:waive field-type-changed {' ' * 100_000} until {' ' * 100_000}\n"
    changes = between("message A { int32 a = 1; }", f"message A {{\n{comment} string a = 1; }}", policy=EVERYTHING).changes
    assert "cannot be read" in changes[0].message
