"""buf is the oracle: the same findings at the same places, for random edits and for chosen ones."""

from __future__ import annotations

import json
from random import Random

import pytest

from registry.domain.contract import Mode, Source
from registry.domain.errors import BadInput
from registry.domain.policy import ProtobufPolicy
from registry.engines.protobuf.catalogue import catalogue
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.compiler import compile as compile_source
from registry.engines.protobuf.selection import Category, ConfigVersion, Selection
from tests.protobuf.conftest import Buf
from tests.protobuf.mutation import BASE, mutate
from tests.protobuf.support import AS_OF, Annotation, annotations

EVERYTHING = ProtobufPolicy(use=tuple(category.value for category in Category))

P2, P3 = 'syntax = "proto2";\npackage p;\n', 'syntax = "proto3";\npackage p;\n'
E23, E24 = 'edition = "2023";\npackage p;\n', 'edition = "2024";\npackage p;\n'
JAVA = 'import "google/protobuf/java_features.proto";\n'
CPP = 'import "google/protobuf/cpp_features.proto";\n'
GROUP = P2 + "message A { optional group G = 1 { optional int32 x = 1; } }"
ENUM_INSIDE = P3 + "message A { enum E { X = 0; Y = 1; } E e = 1; map<string, E> f = 2; }"
CHOSEN = {
    "required by feature": (
        E23 + "message A { string a = 1; }",
        E23 + "message A { string a = 1 [features.field_presence = LEGACY_REQUIRED]; }",
    ),
    "edition": (E23 + "message A { string a = 1; }", E24 + "message A { string a = 1; }"),
    "proto2 to editions": (
        P2 + "message A { optional string a = 1; enum E { X = 0; } }",
        E23 + "message A { string a = 1; enum E { X = 0; } }",
    ),
    "group to delimited": (
        GROUP,
        E23 + "message A { message G { int32 x = 1; } G g = 1 [features.message_encoding = DELIMITED]; }",
    ),
    "group to message": (GROUP, E23 + "message A { message G { int32 x = 1; } G g = 1; }"),
    "another group": (GROUP, P2 + "message A { optional group H = 1 { optional int32 x = 1; } }"),
    "features in literals": (
        E23 + "message A { string a = 1; enum E { X = 0; } }",
        E23
        + "message A {\n  option features = { json_format: LEGACY_BEST_EFFORT };\n"
        + "  string a = 1 [features = { utf8_validation: NONE }];\n"
        + "  enum E {\n    option features = { enum_type: CLOSED json_format: LEGACY_BEST_EFFORT };\n    X = 0;\n  }\n}",
    ),
    "a feature of Java in a literal": (
        E23 + "message A { string a = 1; }",
        E23 + JAVA + "message A { string a = 1\n [features = { utf8_validation: NONE [pb.java] { utf8_validation: VERIFY } }]; }",
    ),
    "features of C++": (
        E23 + CPP + "message A { string a = 1; bytes b = 2; }",
        E23
        + CPP
        + "message A { string a = 1 [features.(pb.cpp).string_type = VIEW];\n"
        + " bytes b = 2\n [features.(pb.cpp) = { string_type: CORD }]; }",
    ),
    "maps": (
        P3 + "message A { } message B { map<string, A> m = 1; map<int32, A> n = 2; repeated A r = 3; map<string, int32> z = 4; }",
        P3 + "message A { } message C { }\n message B {\n map<string, C> m = 1;\n map<int64, A> n = 2;\n map<string, A> r = 3; }",
    ),
    "an enum that moved with its values": (
        ENUM_INSIDE,
        P3 + "message A {\n F.E e = 1;\n map<string, F.E> f = 2; }\n message F { enum E { X = 0; Y = 1; Z = 2; } }",
    ),
    "an enum that moved without them": (ENUM_INSIDE, P3 + "message A {\n F.E e = 1; }\n message F { enum E { X = 0; Z = 2; } }"),
    "negative reserved numbers": (
        P3 + "enum E { X = 0; Y = -1; reserved -10 to -5, 100 to max; }",
        P3 + "enum E {\n X = 0; reserved -10 to -6, 100 to 200; }",
    ),
    "defaults": (
        P2
        + "message A { optional float f = 1 [default = nan]; optional double d = 2 [default = inf];\n"
        + ' optional bytes b = 3 [default = "\\377"]; }',
        P2
        + "message A { optional float f = 1 [default = nan];\n optional double d = 2\n [ default\n =\n -inf];\n"
        + ' optional bytes b = 3 [default = "\\376"]; }',
    ),
    "defaults across types": (
        P2
        + 'message A { optional float f = 1 [default = 1.1]; optional string s = 2 [default = "a"]; optional E e = 3; }\n'
        + "enum E { X = 2; Y = 0; }",
        P2
        + 'message A { optional double f = 1 [default = 1.1];\n optional bytes s = 2 [default = "a"];\n optional E e = 3; }\n'
        + "enum E { Y = 0; X = 2; }",
    ),
    "tabs and accents": (
        P3 + "message A {\tint32 a = 1; int32 b = 2;\t}",
        P3 + "message A {\n\tint64\ta\t=\t1; /* é */ int64 b = 2;}",
    ),
    "no package any more": (P3 + "message A { }", 'syntax = "proto3";\nmessage A { }'),
    "another extension under the number": (
        P2 + "message A { extensions 10 to 20; message B { extend A { optional int32 x = 10; } } }",
        P2 + "message A { extensions 10 to 20; message B { }\n extend A { optional string y = 10; } }",
    ),
}


def _source(files: dict[str, str]) -> Source:
    return Source({name: text.encode() for name, text in files.items()}, "")


def _ours(old: dict[str, str], new: dict[str, str]) -> set[Annotation]:
    before, after = compile_source(_source(old)), compile_source(_source(new))
    return annotations(compare(before, after, mode=Mode.BACKWARD, as_of=AS_OF, policy=EVERYTHING))


@pytest.mark.parametrize("seed", range(90))
def test_random_edits_are_judged_alike(seed: int, buf: Buf) -> None:
    """One to three random edits of a small shop's contract: the same rules at the same places, in every category."""
    new = mutate(BASE, Random(seed))
    try:
        ours = _ours(dict(BASE), new)
    except BadInput:
        return  # an edit that no compiler accepts
    assert sorted(ours) == sorted(buf.breaking(BASE, new))


@pytest.mark.parametrize("name", CHOSEN)
def test_chosen_edits_are_judged_alike(name: str, buf: Buf) -> None:
    """Edits at the edges of the language: the same rules at the same places."""
    old, new = ({"x.proto": text} for text in CHOSEN[name])
    assert sorted(_ours(old, new)) == sorted(buf.breaking(old, new))


@pytest.mark.parametrize("version", ConfigVersion)
def test_categories_hold_the_same_rules(version: ConfigVersion, buf: Buf) -> None:
    """In every version of the configuration a category selects the rules that buf lists under it."""
    listed = buf.run("config", "ls-breaking-rules", "--version", version.value, "--format", "json").stdout.splitlines()
    theirs = {item["id"]: set(item["categories"]) for item in map(json.loads, listed)}
    ours = {name: _categories(name, rule.categories, version) for rule in catalogue() for name in rule.names}
    assert {name: categories for name, categories in ours.items() if categories} == theirs


def _categories(name: str, categories: frozenset[Category], version: ConfigVersion) -> set[str]:
    selections = {category.value: Selection(use=frozenset({category.value}), version=version) for category in Category}
    return {value for value, selection in selections.items() if selection.asks(name, categories)}
