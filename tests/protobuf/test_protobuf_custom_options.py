"""Custom options as contracts: HTTP routes, field behaviour, validation rules, and what nobody knows."""

from __future__ import annotations

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet

from registry.domain.contract import Mode
from registry.domain.policy import ProtobufPolicy
from registry.domain.verdict import Severity
from registry.engines.protobuf.catalogue import catalogue
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.descriptors import read
from tests.protobuf.support import AS_OF, between, compiled, only

OPTIONS = """// file: options.proto
syntax = "proto3"; package google.api;
import "google/protobuf/descriptor.proto";
extend google.protobuf.MethodOptions { HttpRule http = 72295728; }
message HttpRule {
  oneof pattern { string get = 2; string put = 3; string post = 4; string delete = 5; CustomHttpPattern custom = 8; }
  string body = 7;
  string response_body = 12;
  repeated HttpRule additional_bindings = 11;
}
message CustomHttpPattern { string kind = 1; string path = 2; }
extend google.protobuf.FieldOptions { repeated FieldBehavior field_behavior = 1052; }
enum FieldBehavior { FIELD_BEHAVIOR_UNSPECIFIED = 0; REQUIRED = 2; OUTPUT_ONLY = 3; OPTIONAL = 1; UNORDERED_LIST = 6; }
// file: validate.proto
syntax = "proto2"; package buf.validate;
import "google/protobuf/descriptor.proto";
import "google/protobuf/duration.proto";
extend google.protobuf.FieldOptions { optional FieldRules field = 1159; }
extend google.protobuf.MessageOptions { optional MessageRules message = 1159; }
extend google.protobuf.OneofOptions { optional OneofRules oneof = 1159; }
message Rule { optional string id = 1; optional string message = 2; optional string expression = 3; }
message MessageRules { repeated Rule cel = 3; }
message OneofRules { optional bool required = 1; }
enum Ignore { IGNORE_UNSPECIFIED = 0; IGNORE_ALWAYS = 3; }
message FieldRules {
  optional bool required = 25; optional Ignore ignore = 27; repeated Rule cel = 23;
  optional StringRules string = 14; optional Int32Rules int32 = 3; optional BoolRules bool = 13;
  optional RepeatedRules repeated = 18; optional MapRules map = 19; optional DurationRules duration = 21;
}
message StringRules {
  optional uint64 min_len = 2; optional uint64 max_len = 3; optional string pattern = 6; repeated string in = 10;
  repeated string not_in = 11; optional bool email = 12; optional string const = 1; repeated string example = 34;
}
message Int32Rules { optional int32 lt = 2; optional int32 lte = 3; optional int32 gt = 4; optional int32 gte = 5; }
message BoolRules { optional bool const = 1; }
message RepeatedRules { optional uint64 min_items = 1; optional bool unique = 3; optional FieldRules items = 4; }
message MapRules { optional FieldRules keys = 4; }
message DurationRules { optional google.protobuf.Duration lt = 3; }
// file: cart.proto
import "options.proto";
import "validate.proto";
import "google/protobuf/duration.proto";
"""


def method(option: str) -> str:
    """A contract whose method has a route."""
    body = f"{{ option (google.api.http) = {{ {option} }}; }}" if option else ";"
    return f"{OPTIONS}message Cart {{ string id = 1; }}\nservice Carts {{ rpc Get(Cart) returns (Cart) {body} }}"


def field(options: str, declared: str = "string code = 1") -> str:
    """A contract whose field has options."""
    return f"{OPTIONS}message Cart {{ {declared}{f' [{options}]' if options else ''}; }}"


def found(old: str, new: str, mode: Mode = Mode.BACKWARD) -> dict[str, Severity]:
    """The rules that find something, with their severities."""
    return {change.rule: change.severity for change in between(old, new, mode=mode).changes}


GET = 'get: "/v1/carts/{id}"'


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (GET, 'get: "/v2/carts/{id}"', {"http-route-removed", "http-route-added"}),
        (GET, 'post: "/v1/carts/{id}"', {"http-route-removed", "http-route-added"}),
        (GET, "", {"http-route-removed"}),
        ("", GET, {"http-route-added"}),
        (GET, 'get: "/v1/carts/{cart_id=*}"', set()),
        (GET, 'get: "/v1/carts/{id=**}"', {"http-route-removed", "http-route-added"}),
        (GET, GET + ' additional_bindings { get: "/v1/old/{id}" }', {"http-route-added"}),
        (GET, 'get: "/v2/carts/{id}" additional_bindings { ' + GET + " }", {"http-route-added"}),
        (
            'custom: { kind: "HEAD" path: "/v1" }',
            'custom: { kind: "PURGE" path: "/v1" }',
            {"http-route-removed", "http-route-added"},
        ),
        ('post: "/v1" body: "*"', 'post: "/v1"', {"http-body-changed"}),
        ('get: "/v1"', 'get: "/v1" response_body: "id"', {"http-body-changed"}),
    ],
)
def test_routes_are_compared_as_http_clients_know_them(old: str, new: str, rules: set[str]) -> None:
    """By verb and path, whatever the variables are called and whichever binding comes first; bodies by what they hold."""
    assert set(found(method(old), method(new))) == rules


def test_a_route_may_move_to_another_method() -> None:
    """Clients over HTTP do not know the method."""
    old = method(GET)
    new = f"{method('')} service More {{ rpc Read(Cart) returns (Cart) {{ option (google.api.http) = {{ {GET} }}; }} }}"
    assert "http-route-removed" not in found(old, new)


def test_a_finding_about_an_option_stands_at_it() -> None:
    """Line and column of the option on both sides, with the method and what carries it."""
    change = only(between(method(GET), method('get: "/v2"')), "http-route-removed")
    assert change.removes_promise
    assert change.elements == ("example.Carts.Get",)
    for place in (change.old, change.new):
        assert place is not None
        assert (place.file, place.position and place.position.line) == ("cart.proto", 7)


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("OPTIONAL", "REQUIRED", {"field-behavior-narrowed"}),
        ("REQUIRED", "OPTIONAL", {"field-behavior-widened"}),
        ("REQUIRED", "OUTPUT_ONLY", {"field-behavior-narrowed", "field-behavior-widened"}),
        ("OPTIONAL", "UNORDERED_LIST", set()),
    ],
)
def test_field_behavior_is_a_promise(old: str, new: str, rules: set[str]) -> None:
    """What clients have to do more is narrowed, what they have to do less is widened; words that ask nothing do not count."""
    assert set(found(*(field(f"(google.api.field_behavior) = {word}") for word in (old, new)))) == rules


def test_a_new_field_that_is_required_breaks() -> None:
    """Old clients leave it out, however it is said that they must not."""
    old = field("")
    for option in ("(google.api.field_behavior) = REQUIRED", "(buf.validate.field).required = true"):
        new = field("", f"string code = 1; string name = 2 [{option}]")
        assert Severity.BREAKING in found(old, new).values()
        assert Severity.BREAKING not in found(old, new.replace(f" [{option}]", "")).values()


STRING, INT32 = "(buf.validate.field).string.", "(buf.validate.field).int32."
NARROWED, WIDENED = {"validation-rule-narrowed"}, {"validation-rule-widened"}


@pytest.mark.parametrize(
    ("old", "new", "rules", "declared"),
    [
        (f"{STRING}min_len = 3", f"{STRING}min_len = 4", NARROWED, "string code = 1"),
        (f"{STRING}max_len = 3", f"{STRING}max_len = 4", WIDENED, "string code = 1"),
        ("", f"{STRING}max_len = 3", NARROWED, "string code = 1"),
        (f"{STRING}email = true", f"{STRING}email = false", WIDENED, "string code = 1"),
        (f'{STRING}in = "a", {STRING}in = "b"', f'{STRING}in = "b"', NARROWED, "string code = 1"),
        (f'{STRING}in = "a", {STRING}in = "b"', f'{STRING}in = "b", {STRING}in = "a"', set(), "string code = 1"),
        (f'{STRING}not_in = "a"', f'{STRING}not_in = "a", {STRING}not_in = "b"', NARROWED, "string code = 1"),
        (f'{STRING}pattern = "a+"', f'{STRING}pattern = "b+"', NARROWED | WIDENED, "string code = 1"),
        (f'{STRING}const = "a"', "", WIDENED, "string code = 1"),
        (f'{STRING}example = "a"', f'{STRING}example = "b"', set(), "string code = 1"),
        ("", "(buf.validate.field).required = true", NARROWED, "string code = 1"),
        ("", "(buf.validate.field).ignore = IGNORE_ALWAYS", WIDENED, "string code = 1"),
        (f"{INT32}gt = 5", f"{INT32}gte = 5", WIDENED, "int32 code = 1"),
        (f"{INT32}lte = 5", f"{INT32}lt = 5", NARROWED, "int32 code = 1"),
        (f"{INT32}gte = 5", f"{INT32}gt = 4", WIDENED, "int32 code = 1"),
        ("(buf.validate.field).bool.const = false", "", WIDENED, "bool code = 1"),
        ("", "(buf.validate.field).repeated.items.string.min_len = 1", NARROWED, "repeated string code = 1"),
        ("", "(buf.validate.field).map.keys.string.min_len = 1", NARROWED, "map<string, string> code = 1"),
        (
            "(buf.validate.field).duration.lt = { seconds: 5 }",
            "(buf.validate.field).duration.lt = { seconds: 4 nanos: 9 }",
            NARROWED,
            "google.protobuf.Duration code = 1",
        ),
        (
            '(buf.validate.field).cel = { id: "a" expression: "this > 1" }',
            '(buf.validate.field).cel = { id: "b" expression: "this > 1" }',
            set(),
            "int32 code = 1",
        ),
        ("", '(buf.validate.field).cel = { id: "a" expression: "this > 1" }', NARROWED, "int32 code = 1"),
    ],
)
def test_validation_rules_narrow_and_widen(old: str, new: str, rules: set[str], declared: str) -> None:
    """Each constraint by what its name says it refuses, inside of lists and maps as well."""
    assert set(found(field(old, declared), field(new, declared))) == rules


def test_validation_of_messages_and_oneofs() -> None:
    """The same of what stands at a message or at a oneof."""
    plain = OPTIONS + "message Cart { oneof by { string card = 1; } }"
    oneof = "oneof by { option (buf.validate.oneof).required = true;"
    assert set(found(plain, plain.replace("oneof by {", oneof))) == NARROWED
    cel = 'message Cart { option (buf.validate.message).cel = { id: "a" expression: "true" };'
    assert set(found(plain, plain.replace("message Cart {", cel))) == NARROWED


@pytest.mark.parametrize(
    ("rule", "twin"),
    [
        ("http-route-removed", "http-route-added"),
        ("validation-rule-narrowed", "validation-rule-widened"),
        ("field-behavior-narrowed", "field-behavior-widened"),
    ],
)
def test_what_old_clients_meet_is_safe_for_new_ones(rule: str, twin: str) -> None:
    """Narrowed and removed break backward, widened and added forward, and either in both directions."""
    (example,) = (item.breaks for item in catalogue() if item.id == rule)
    assert found(example.old, example.new)[rule] is Severity.BREAKING
    assert found(example.old, example.new, Mode.FORWARD)[rule] is Severity.SAFE
    assert found(example.new, example.old)[twin] is Severity.SAFE
    assert found(example.new, example.old, Mode.FORWARD)[twin] is Severity.BREAKING
    assert found(example.new, example.old, Mode.FULL)[twin] is Severity.BREAKING


def test_an_option_that_nobody_knows_is_risky() -> None:
    """Whether it matters, its owner knows; it is shown with both values."""
    text = (
        '// file: o.proto\nsyntax = "proto3"; package o; import "google/protobuf/descriptor.proto";\n'
        "extend google.protobuf.EnumValueOptions {{ Colour colour = 50001; }}\n"
        "message Colour {{ string name = 1; repeated int32 rgb = 2; }}\n"
        '// file: cart.proto\nimport "o.proto"; enum Unit {{ UNIT_UNSPECIFIED = 0 [(o.colour) = {{ name: "red" rgb: {} }}]; }}'
    )
    change = only(between(text.format("1"), text.format("[1, 2]")), "custom-option-changed")
    assert change.severity is Severity.RISKY
    assert "Option (o.colour) of example.UNIT_UNSPECIFIED changed from" in change.message


def test_an_option_without_its_definition_is_compared_by_its_bytes() -> None:
    """A descriptor set may leave out what it imports: the number of the option is all that is known."""

    def stripped(text: str) -> bytes:
        whole = FileDescriptorSet.FromString(compiled(text).file_set.SerializeToString())
        del whole.file[:-1]
        whole.file[0].dependency[:] = []
        return whole.SerializeToString()

    old, new = (read(stripped(method(option))) for option in (GET, 'get: "/v2"'))
    change = only(compare(old, new, mode=Mode.BACKWARD, as_of=AS_OF), "custom-option-changed")
    assert "Option (72295728) of example.Carts.Get" in change.message


def test_rules_of_our_own_are_left_out_by_name() -> None:
    """A team that does not serve HTTP switches the routes off."""
    policy = ProtobufPolicy(exclude=("http-route-removed", "http-route-added"))
    assert between(method(GET), method('get: "/v2"'), policy=policy).changes == ()
