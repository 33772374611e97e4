"""What a contract offers: its elements and its description."""

from __future__ import annotations

from datetime import date

from registry.engines.protobuf.features import Cardinality
from registry.engines.protobuf.inventory import describe, elements, methods
from tests.protobuf.support import compiled

TEXT = """
// One price.
message Price {
  int64 units = 1;
  map<string, Price> by_country = 2;
  oneof source {
    // Sunset: 2027-03-31
    string list = 3 [deprecated = true];
  }
  repeated Unit unit = 4;
}
enum Unit {
  UNIT_UNSPECIFIED = 0; // Not known.
}
// Prices of products.
service Prices {
  // Answers with every change.
  rpc Watch(Price) returns (stream Price) {
    option deprecated = true;
  }
}
"""


def test_elements_are_full_names_without_map_entries() -> None:
    """What a manifest or a waiver can name; entries of maps are the compiler's."""
    assert elements(compiled(TEXT)) == {
        "example.Price",
        "example.Price.units",
        "example.Price.by_country",
        "example.Price.list",
        "example.Price.unit",
        "example.Unit",
        "example.UNIT_UNSPECIFIED",
        "example.Prices",
        "example.Prices.Watch",
    }


def test_methods_tell_how_they_are_called() -> None:
    """Request, response, streaming and life cycle of each method."""
    (method,) = methods(compiled(TEXT))
    assert (method.service, method.name) == ("example.Prices", "Watch")
    assert (method.request, method.response) == ("example.Price", "example.Price")
    assert (method.client_streaming, method.server_streaming) == (False, True)
    assert (method.about.deprecated, method.about.sunset) == (True, None)
    assert method.about.comment == "Answers with every change."


def test_messages_list_their_fields() -> None:
    """Types as they are written, cardinality resolved, deprecation with its date."""
    (message,) = describe(compiled(TEXT)).messages
    assert message.about.comment == "One price."
    assert [(field.number, field.type, field.cardinality, field.oneof) for field in message.fields] == [
        (1, "int64", Cardinality.IMPLICIT, ""),
        (2, "map<string, example.Price>", Cardinality.MAP, ""),
        (3, "string", Cardinality.EXPLICIT, "source"),
        (4, "example.Unit", Cardinality.REPEATED, ""),
    ]
    assert [field.about.sunset for field in message.fields] == [None, None, date(2027, 3, 31), None]


def test_enums_list_their_values() -> None:
    """Values with their numbers and comments."""
    (enum,) = describe(compiled(TEXT)).enums
    assert [(value.name, value.number, value.about.comment) for value in enum.values] == [("UNIT_UNSPECIFIED", 0, "Not known.")]
