"""Consumers of a gRPC contract of whom pacts of the plugin for Protobuf tell what they use."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import pytest
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto, FileDescriptorSet

from registry.domain.contract import ContractKind, Mode, Source
from registry.domain.errors import BadInput, LimitExceeded, ReleaseRefused, WrongKind
from registry.domain.publication import ProvidedContract
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.services.catalog.contracts import contract as contract_detail
from registry.services.pact_usage import read_pact
from tests.services.plugin_pacts import PACKAGE, call, descriptors_of, example, key_of, message, pact, pricing, raw_example
from tests.services.support import Registry, a_version

SECONDS = 5.0
GET = f"{PACKAGE}.PricingService/GetPrice"
ASK = f"{PACKAGE}.GetPriceRequest"
ANSWER = f"{PACKAGE}.GetPriceResponse"
PRICES = descriptors_of(pricing())

NESTED = """\
syntax = "proto2";
package nested.v1;
message Tree {
  optional string name = 1;
  repeated Tree branches = 2;
  map<string, Leaf> leaves = 3;
  repeated Colour colours = 4 [packed = true];
  optional group Root = 5 { optional int32 depth = 6; }
  extensions 100 to 200;
}
message Leaf { optional Colour colour = 1; optional int32 size = 2; }
enum Colour { option allow_alias = true; NONE = 0; GREEN = 1; FRESH = 1; BROWN = -1; }
extend Tree { optional string note = 100; }
"""
TREES = descriptors_of(NESTED)
TREE = "nested.v1.Tree"


def uses_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """What the interactions of a pact use, as it is stored."""
    return read_pact("cart-catalog.json", json.dumps(document).encode(), Limits()).uses["protobuf"]


def elements_of(document: dict[str, Any]) -> set[str]:
    """What the only interaction of a pact uses, without the package."""
    (use,) = uses_of(document)
    return {element.split(".v1.")[1] for element in use["elements"]}


def a_price(rules: tuple[str, ...] = (), method: str = GET, **answer: Any) -> dict[str, Any]:
    """A pact in which the cart asks for a price in EUR and reads some of the answer."""
    request = example(PRICES, ASK, {"sku": "mug", "currencyCode": "EUR"})
    return pact(PRICES, call(PRICES, method, request, example(PRICES, ANSWER, answer, rules)))


ASKED = {"PricingService.GetPrice", "GetPriceRequest.sku", "GetPriceRequest.currency_code"}


def test_a_call_uses_its_method_what_the_request_sets_and_what_the_response_has() -> None:
    """Fields at any depth and enum values by full name, none that the examples leave out, and none of the messages around them."""
    answer = {"unitPrice": {"minorUnits": 990}, "priceKind": "PRICE_KIND_LIST"}
    assert elements_of(a_price(**answer)) == ASKED | {
        "GetPriceResponse.unit_price",
        "Money.minor_units",
        "GetPriceResponse.price_kind",
        "PRICE_KIND_LIST",
    }


def test_a_matching_rule_names_fields_that_the_bytes_leave_out() -> None:
    """A field of its default value has no bytes, and is expected all the same."""
    assert elements_of(a_price(("$.unit_price.minor_units", "$.no_such_field"))) == ASKED | {
        "GetPriceResponse.unit_price",
        "Money.minor_units",
    }


@pytest.mark.parametrize("name", [f".{GET}", "PricingService/GetPrice"])
def test_methods_are_found_however_the_plugin_spelled_them(name: str) -> None:
    """With a leading dot, or without the package as older versions wrote it."""
    assert uses_of(a_price(method=name)) == [{**use, "description": f"a call of {name}"} for use in uses_of(a_price())]


def tree(value: dict[str, Any], *rules: str, name: str = TREE) -> set[str]:
    """What a message of a tree uses."""
    return elements_of(pact(TREES, message(TREES, name, example(TREES, TREE, value, rules))))


@pytest.mark.parametrize(
    ("value", "used"),
    [
        ({"branches": [{}, {"name": "a"}]}, {"Tree.branches", "Tree.name"}),
        ({"leaves": {"a": {"colour": "BROWN"}}}, {"Tree.leaves", "Leaf.colour", "BROWN"}),
        ({"colours": ["GREEN", "BROWN"]}, {"Tree.colours", "GREEN", "FRESH", "BROWN"}),
        ({"root": {"depth": 1}}, {"Tree.root", "Tree.Root.depth"}),
        ({"[nested.v1.note]": "x"}, {"note"}),
    ],
)
def test_every_shape_of_field_is_read(value: dict[str, Any], used: set[str]) -> None:
    """Repeated messages, maps without their entries, packed and negative and doubled enum values, groups, extensions."""
    assert tree(value) == used


@pytest.mark.parametrize("rule", ["$.leaves.*.size", "$.leaves['a'].size", "$.leaves.name.size"])
def test_rules_lead_through_the_entries_of_maps(rule: str) -> None:
    """A key is no field, even where a field is called the same."""
    assert tree({}, rule) == {"Tree.leaves", "Leaf.size"}


@pytest.mark.parametrize("rule", ["$.branches[*].name", "$.branches.*.name", "$.branches[0].name", "$.branches.name"])
def test_rules_lead_through_items(rule: str) -> None:
    """However a rule says each of them."""
    assert tree({}, rule, name="Tree") == {"Tree.branches", "Tree.name"}


def provided(text: str, version: str = "1.0.0") -> ProvidedContract:
    """The contract for prices."""
    source = Source({"pricing.proto": text.encode()}, "")
    return ProvidedContract("pricing", ContractKind.PROTOBUF, source, Version.of(version), Mode.BACKWARD)


def removed(registry: Registry, *lines: str) -> dict[str, list[tuple[str, str]]]:
    """Who is named in the findings when fields are removed, by field."""
    text = pricing()
    for line in lines:
        assert line in text
        text = text.replace(line, "")
    with pytest.raises(ReleaseRefused) as caught:
        registry.publish(a_version(provided(text, "1.1.0"), service="catalog", version="p2"))
    changes = [change for change in caught.value.comparison.changes if change.rule == "field-removed"]
    return {change.elements[0]: [(use.service, use.source) for use in change.consumers] for change in changes}


def test_a_finding_names_the_consumer_of_the_pact_or_says_that_there_is_none(registry: Registry) -> None:
    """A used field has the cart beside it, an unused one nobody; the catalogue shows the same uses."""
    registry.publish(a_version(provided(pricing()), service="catalog", version="p1"))
    document = a_price(unitPrice={"minorUnits": 990})
    registry.publish(a_version(service="cart", version="c1", pacts=(document,)))
    found = removed(registry, "  Money unit_price = 5;\n", "  Money total = 2;\n", "  int32 quantity = 3;\n")
    assert found == {
        f"{ANSWER}.unit_price": [("cart", "pact")],
        f"{PACKAGE}.QuoteBasketResponse.total": [],
        f"{ASK}.quantity": [],
    }
    with registry.database.read() as store:
        (consumer,) = contract_detail(store, "pricing", registry.limits).consumers
    assert (consumer.service, consumer.elements) == ("cart", uses_of(document)[0]["elements"])


def without(document: dict[str, Any], *members: str) -> dict[str, Any]:
    """A pact of which an older library left something out."""
    if "descriptorKey" in members:
        del document["interactions"][0]["pluginConfiguration"]["protobuf"]["descriptorKey"]
    if "encoded" in members:
        document["interactions"][0]["response"][0]["contents"]["encoded"] = False
    return document


@pytest.mark.parametrize("member", ["descriptorKey", "encoded"])
@pytest.mark.parametrize("method", [GET, "PricingService/GetPrice"])
def test_a_pact_that_tells_no_details_uses_all_that_the_method_carries(registry: Registry, method: str, member: str) -> None:
    """Without descriptors, or with contents in another form; other methods and their fields stay unused."""
    registry.publish(a_version(provided(pricing()), service="catalog", version="p1"))
    document = without(a_price(method=method, sku="mug"), member)
    registry.publish(a_version(service="cart", version="c1", pacts=(document,)))
    found = removed(registry, "  Money unit_price = 5;\n", "  Money total = 2;\n", "  int32 quantity = 3;\n")
    assert found == {
        f"{ANSWER}.unit_price": [("cart", "pact")],
        f"{PACKAGE}.QuoteBasketResponse.total": [],
        f"{ASK}.quantity": [("cart", "pact")],
    }


def test_a_pact_is_about_the_contract_that_has_the_elements(registry: Registry) -> None:
    """Of two contracts of one provider, the other has no such consumer."""
    source = Source({"trees.proto": NESTED.encode()}, "")
    other = ProvidedContract("trees", ContractKind.PROTOBUF, source, Version.of("1.0.0"), Mode.BACKWARD)
    registry.publish(a_version(provided(pricing()), other, service="catalog", version="p1"))
    registry.publish(a_version(service="cart", version="c1", pacts=(a_price(),)))
    with registry.database.read() as store:
        assert [len(contract_detail(store, name, registry.limits).consumers) for name in ("pricing", "trees")] == [1, 0]


def broken(change: str) -> dict[str, Any]:
    """A pact in which one thing is not as the plugin writes it."""
    document = a_price(sku="mug")
    (interaction,) = document["interactions"]
    held = document["metadata"]["plugins"][0]["configuration"][key_of(PRICES)]
    contents = interaction["response"][0]["contents"]
    match change:
        case "key":
            interaction["pluginConfiguration"]["protobuf"]["descriptorKey"] = "0" * 32
        case "no descriptors":
            del held["protoDescriptors"]
        case "descriptors cut in base64":
            held["protoDescriptors"] = held["protoDescriptors"][:101]
        case "descriptors cut":
            held["protoDescriptors"] = held["protoDescriptors"][:100]
        case "bytes cut in base64":
            contents["content"] = contents["content"][:3]
        case "bytes cut":
            contents["content"] = raw_example(b"\x0a\x03mu", ANSWER)["contents"]["content"]
        case "a number for a message":
            contents["content"] = raw_example(b"\x28\x01", ANSWER)["contents"]["content"]
        case _:
            interaction["pluginConfiguration"]["protobuf"]["service"] = "PricingService/Missing"
    return document


DESCRIPTORS = f"/metadata/plugins/0/configuration/{key_of(PRICES)}"
PLUGIN = "/interactions/0/pluginConfiguration/protobuf"
CONTENTS = "/interactions/0/response/0/contents"
BROKEN = {
    "key": (f"{PLUGIN}/descriptorKey", "does not hold"),
    "no descriptors": (DESCRIPTORS, "'protoDescriptors' is missing"),
    "descriptors cut in base64": (f"{DESCRIPTORS}/protoDescriptors", "must be base64"),
    "descriptors cut": (f"{DESCRIPTORS}/protoDescriptors", "not a Protobuf descriptor set, or it is truncated"),
    "bytes cut in base64": (f"{CONTENTS}/content", "must be base64"),
    "bytes cut": (CONTENTS, "not a message of type checkout.pricing.v1.GetPriceResponse"),
    "a number for a message": (CONTENTS, "has a number where field 5"),
    "method": (f"{PLUGIN}/service", "names a method that its descriptors do not have"),
}


@pytest.mark.parametrize("change", BROKEN)
def test_what_cannot_be_read_is_refused_at_its_place(change: str) -> None:
    """Nobody could verify such a pact either."""
    place, problem = BROKEN[change]
    with pytest.raises(WrongKind, match=problem) as refused:
        uses_of(broken(change))
    assert refused.value.place is not None
    assert (refused.value.place.file, refused.value.place.path) == ("cart-catalog.json", place)


def many_names() -> dict[str, Any]:
    """A megabyte of package before ten thousand messages: ten gigabytes of full names."""
    messages = [DescriptorProto(name=f"M{number}") for number in range(10_000)]
    return _described(FileDescriptorProto(name="a.proto", package="p" * 1_000_000, message_type=messages), b"")


def deep() -> dict[str, Any]:
    """A tree of two hundred levels."""
    data = b""
    for _ in range(200):
        data = b"\x12" + _varint(len(data)) + data
    return pact(TREES, message(TREES, TREE, raw_example(data, TREE)))


def wide() -> dict[str, Any]:
    """Three million empty branches."""
    return pact(TREES, message(TREES, TREE, raw_example(b"\x12\x00" * 3_000_000, TREE)))


def roomy() -> dict[str, Any]:
    """Two hundred thousand empty messages of a type with twenty thousand fields: the room of four billion fields."""
    fields = [FieldDescriptorProto(name=f"f{number}", number=number, type=3, label=1) for number in range(2, 20_000)]
    itself = FieldDescriptorProto(name="f1", number=1, type=11, label=3, type_name=".p.M0")
    file = FileDescriptorProto(name="a.proto", package="p", message_type=[DescriptorProto(name="M0", field=[itself, *fields])])
    return _described(file, b"\x0a\x00" * 200_000, "p.M0")


def large() -> dict[str, Any]:
    """Five megabytes of descriptors."""
    return _described(FileDescriptorProto(name="a.proto", package="p" * 5_000_000, message_type=[DescriptorProto(name="M0")]), b"")


def _described(file: FileDescriptorProto, data: bytes, name: str = "M0") -> dict[str, Any]:
    descriptors = FileDescriptorSet(file=[file]).SerializeToString()
    return pact(descriptors, message(descriptors, name, raw_example(data, name)))


def _varint(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + _varint(number >> 7)


COSTLY = [
    (many_names, "names in the descriptor set are too many or too long"),
    (deep, "levels deep"),
    (wide, "more fields than are read"),
    (large, "larger than"),
]


@pytest.mark.parametrize(("make", "problem"), COSTLY)
def test_what_costs_too_much_is_refused_in_time(make: Any, problem: str) -> None:
    """Within seconds, and at a place in the pact."""
    document = make()
    began = process_time()
    with pytest.raises(LimitExceeded, match=problem) as refused:
        uses_of(document)
    assert process_time() - began < SECONDS
    assert refused.value.place is not None
    assert refused.value.place.path


def test_empty_messages_take_no_room_for_their_fields() -> None:
    """However many fields their type declares."""
    document = roomy()
    began = process_time()
    (use,) = uses_of(document)
    assert use["elements"] == ("p.M0.f1",)
    assert process_time() - began < SECONDS


@pytest.mark.parametrize("word", [b"\xff\xfe\xff\xfe", b"a\x00bc", b"a bc"])
@pytest.mark.parametrize("member", [b"ffff", b"tttt", b"pppp"])
def test_names_that_are_none_are_refused(member: bytes, word: bytes) -> None:
    """What is no UTF-8 is no text to the runtime, and NUL none to the database."""
    field = FieldDescriptorProto(name="ffff", number=1, type=11, label=1, type_name=".tttt")
    file = FileDescriptorProto(name="a.proto", package="pppp", message_type=[DescriptorProto(name="M0", field=[field])])
    descriptors = FileDescriptorSet(file=[file]).SerializeToString().replace(member, word)
    with pytest.raises(WrongKind, match="none that the language allows"):
        uses_of(pact(descriptors, message(descriptors, "M0", raw_example(b"", "M0"))))


def test_recursive_types_end_where_the_example_does() -> None:
    """Fifty levels of one type are two names."""
    value: dict[str, Any] = {"name": "a"}
    for _ in range(50):
        value = {"branches": [value]}
    assert tree(value) == {"Tree.branches", "Tree.name"}


def test_nothing_is_written_of_a_publication_with_a_broken_pact(registry: Registry) -> None:
    """The version may be published again, with a pact that is whole."""
    with pytest.raises(BadInput):
        registry.publish(a_version(service="cart", version="c1", pacts=(broken("key"),)))
    assert registry.count("services") == 0
