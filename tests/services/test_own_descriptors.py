"""Consumers of a gRPC contract that bring the descriptors which their stubs are made from."""

from __future__ import annotations

import json

import pytest

from registry.domain.contract import ContractKind, Mode, Source
from registry.domain.deployability import Decision
from registry.domain.errors import BadInput, BadRequest, ReleaseRefused
from registry.domain.publication import ConsumedContract, ProvidedContract
from registry.domain.semver import Version
from registry.domain.verdict import Verdict
from registry.engines.protobuf.compiler import compile as compile_source
from registry.services.deployability.answer import can_i_deploy
from registry.storage.store import Store
from tests.services.support import NOW, Registry, a_version, an_event_schema

PRICES = """\
syntax = "proto3";
package prices.v1;
message Ask { string sku = 1; }
message Price { int64 cents = 1; string currency = 2; Kind kind = 3; }
enum Kind { KIND_UNSPECIFIED = 0; KIND_SALE = 1; KIND_LIST = 2; }
service Prices { rpc Get(Ask) returns (Price); rpc Watch(Ask) returns (stream Price); }
"""
SUBSET = """\
syntax = "proto3";
package prices.v1;
message Ask { string sku = 1; }
message Price { int64 cents = 1; }
service Prices { rpc Get(Ask) returns (Price); }
"""
USES = {"prices.v1.Ask.sku", "prices.v1.Price.cents", "prices.v1.Prices.Get"}


def _files(text: str, name: str = "prices.proto") -> Source:
    return Source({name: text.encode()}, "")


def _provided(text: str = PRICES, version: str = "1.0.0") -> ProvidedContract:
    return ProvidedContract("prices", ContractKind.PROTOBUF, _files(text), Version.of(version), Mode.BACKWARD)


def _consumer(reader: Source, *, version: str = "c1", uses: tuple[str, ...] = ()) -> ConsumedContract:
    return ConsumedContract("prices", reader=reader, uses=uses)


def _deploy(registry: Registry, service: str, version: str) -> None:
    def work(store: Store) -> None:
        found = store.services.version(store.services.by_name(service), version)
        store.environments.deploy(store.environments.by_name("production"), found, "", "ana", NOW)

    registry.database.write(work)


def _ask(registry: Registry, version: str) -> Decision:
    with registry.database.read() as store:
        return can_i_deploy(store, "prices", version, "production", now=NOW, limits=registry.limits)


@pytest.fixture
def registry(registry: Registry) -> Registry:
    """Prices and a cart that uses a part of them, both in production."""
    registry.database.write(lambda store: store.environments.add("production", production=True, description="", now=NOW))
    registry.publish(a_version(_provided(), service="prices", version="p1"))
    registry.publish(a_version(service="cart", version="c1", consumes=(_consumer(_files(SUBSET, "cart/own.proto")),)))
    _deploy(registry, "prices", "p1")
    _deploy(registry, "cart", "c1")
    return registry


def _refused(registry: Registry, text: str) -> ReleaseRefused:
    with pytest.raises(ReleaseRefused) as caught:
        registry.publish(a_version(_provided(text, "1.1.0"), service="prices", version="p2"))
    return caught.value


def test_what_the_descriptors_declare_is_what_is_used(registry: Registry) -> None:
    """Methods, fields and enum values, one by one; neither the messages around them nor the file's name."""
    with registry.database.read() as store:
        contract = store.contracts.by_name("prices")
        version = store.services.version(store.services.by_name("cart"), "c1")
        assert set(store.services.uses(contract.id, [version.id])[version.id]) == USES


def test_a_finding_names_the_consumer_that_uses_the_element_and_no_other(registry: Registry) -> None:
    """A field that its stubs have reaches it; one that they left out reaches nobody."""
    found = _refused(registry, PRICES.replace("int64 cents = 1;", "").replace("string currency = 2;", ""))
    removed = {change.elements[0]: change.consumers for change in found.comparison.changes if change.rule == "field-removed"}
    (cart,) = removed["prices.v1.Price.cents"]
    assert (cart.service, cart.elements, cart.source) == ("cart", ("prices.v1.Price.cents",), "own descriptors")
    assert cart.environments == ("production",)
    assert removed["prices.v1.Price.currency"] == ()


@pytest.mark.parametrize(
    ("edit", "verdict"),
    [
        (("string currency = 2;", ""), Verdict.YES),
        (("rpc Watch(Ask) returns (stream Price);", ""), Verdict.YES),
        (("int64 cents = 1;", ""), Verdict.NO),
        (("int64 cents = 1;", "string cents = 1;"), Verdict.NO),
        (("rpc Get(Ask) returns (Price);", ""), Verdict.NO),
        (("rpc Get(Ask) returns (Price);", "rpc Get(Ask) returns (stream Price);"), Verdict.NO),
    ],
)
def test_a_version_may_go_where_the_stubs_still_work(registry: Registry, edit: tuple[str, str], verdict: Verdict) -> None:
    """Decided by the elements in the consumer's own descriptors, in bytes and JSON, wherever the release stands."""
    registry.publish(a_version(_provided(PRICES.replace(*edit), "2.0.0"), service="prices", version="p2"))
    (edge,) = _ask(registry, "p2").edges
    assert edge.edge.evidence.verdict is verdict, edge.edge.evidence.detail


def test_a_descriptor_set_does_as_well(registry: Registry) -> None:
    """As the build made it."""
    compiled = compile_source(_files(SUBSET)).file_set.SerializeToString()
    reader = Source({"own.binpb": compiled}, "")
    registry.publish(a_version(service="cart", version="c2", consumes=(_consumer(reader),)))
    with registry.database.read() as store:
        version = store.services.version(store.services.by_name("cart"), "c2")
        uses = store.services.uses(store.contracts.by_name("prices").id, [version.id])
    assert set(uses[version.id]) == USES


def test_declared_uses_come_before_derived_ones(registry: Registry) -> None:
    """A consumer knows better than its stubs."""
    reader = _consumer(_files(SUBSET), uses=("prices.v1.Price.cents",))
    registry.publish(a_version(service="cart", version="c3", consumes=(reader,)))
    with registry.database.read() as store:
        version = store.services.version(store.services.by_name("cart"), "c3")
        uses = store.services.uses(store.contracts.by_name("prices").id, [version.id])
    assert set(uses[version.id]) == {"prices.v1.Price.cents"}


def test_descriptors_that_do_not_compile_or_fit_are_refused(registry: Registry) -> None:
    """Bad input, and nothing is written."""
    broken = _consumer(_files(SUBSET.replace("int64", "Missing")))
    with pytest.raises(BadInput):
        registry.publish(a_version(service="cart", version="c4", consumes=(broken,)))
    schema = ConsumedContract("prices", reader=Source({"price.json": json.dumps(an_event_schema()).encode()}, "price.json"))
    with pytest.raises(BadRequest, match="of kind protobuf"):
        registry.publish(a_version(service="cart", version="c4", consumes=(schema,)))
