"""Avro contracts as services publish, read, deploy and look at them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from registry.domain.contract import ContractKind, Mode, Source
from registry.domain.deployability import EvidenceKind, Wire
from registry.domain.errors import BadExample, BadReference, BadRequest, ReleaseRefused
from registry.domain.publication import ConsumedContract, ProvidedContract
from registry.domain.semver import Version
from registry.domain.verdict import Severity, Verdict
from registry.services.catalog.events import event
from registry.services.deployability.answer import can_i_deploy
from registry.storage.store import Store
from tests.services.support import NOW, Registry, a_version

NOTE = {"name": "note", "type": "string", "default": ""}


def record(*fields: Any) -> dict[str, Any]:
    return {
        "type": "record",
        "name": "OrderPlaced",
        "namespace": "shop",
        "fields": [{"name": "orderId", "type": "string"}, *fields],
    }


def an_avro_event(
    *fields: Any, version: str = "1.0.0", mode: Mode = Mode.FULL_TRANSITIVE, examples: dict[str, Any] | None = None
) -> ProvidedContract:
    """A provided event in Avro with an order id and some more fields."""
    files = {"event.avsc": json.dumps(record(*fields)).encode()}
    files |= {name: json.dumps(value).encode() for name, value in (examples or {}).items()}
    return ProvidedContract(
        contract="OrderPlaced",
        kind=ContractKind.AVRO,
        source=Source(files, "event.avsc"),
        version=Version.parse(version),
        mode=mode,
        is_event=True,
        channel="orders.events",
        examples=tuple(examples or ()),
    )


def a_reader(*fields: Any, uses: tuple[str, ...] = (), name: str = "reader.avsc") -> ConsumedContract:
    """A consumer's own reader schema."""
    source = Source({name: json.dumps(record(*fields)).encode()}, name)
    return ConsumedContract("OrderPlaced", None, source, uses)


def deploy(registry: Registry, service: str, version: str) -> None:
    def work(store: Store) -> None:
        found = store.services.version(store.services.by_name(service), version)
        store.environments.deploy(store.environments.by_name("production"), found, "", "ana", NOW)

    registry.database.write(work)


def test_an_event_is_published_and_shown(registry: Registry) -> None:
    """Its fields are rows, with what else the schema says of them."""
    status = {"type": "enum", "name": "Status", "symbols": ["OPEN", "PAID"], "default": "OPEN"}
    line = {"type": "record", "name": "Line", "fields": [{"name": "sku", "type": "string", "doc": "What is bought."}]}
    fields = (
        {"name": "status", "type": status},
        {"name": "lines", "type": {"type": "array", "items": line}},
        {"name": "spare", "type": ["null", "Line"], "default": None},
    )
    registry.release(an_avro_event(*fields))
    with registry.database.read() as store:
        shown = event(store, "OrderPlaced", registry.limits).shown
    assert shown is not None
    assert shown.contents is not None
    rows = {row.path: row for row in shown.contents.fields}
    assert list(rows) == ["$.orderId", "$.status", "$.lines", "$.lines[].sku", "$.spare", "$.spare.sku"]
    assert rows["$.status"].rules == ("one of OPEN, PAID", "OPEN for what is unknown")
    assert (rows["$.lines"].type, rows["$.lines[].sku"].description) == ("array of record Line", "What is bought.")
    assert (rows["$.spare"].type, rows["$.spare"].required, rows["$.spare"].rules) == (
        "null or record Line",
        False,
        ("default null",),
    )


def test_a_release_fits_every_release_of_its_line(registry: Registry) -> None:
    """Transitive modes go back to the first: a default that comes late does not heal what the first version lacks."""
    amount = {"name": "amount", "type": "int"}
    registry.release(an_avro_event())
    registry.release(an_avro_event(amount | {"default": 0}, version="1.1.0"))
    with pytest.raises(ReleaseRefused) as refusal:
        registry.release(an_avro_event(amount, version="1.2.0"))
    assert refusal.value.baseline == "OrderPlaced 1.0.0"
    assert [change.rule for change in refusal.value.comparison.changes if change.blocks] == ["field-added-without-default"]


@pytest.mark.parametrize(
    ("mode", "passes"),
    [
        (Mode.NONE, True),
        (Mode.BACKWARD, False),
        (Mode.BACKWARD_TRANSITIVE, False),
        (Mode.FORWARD, True),
        (Mode.FORWARD_TRANSITIVE, True),
        (Mode.FULL, False),
        (Mode.FULL_TRANSITIVE, False),
    ],
)
def test_the_seven_modes_gate_over_the_history(registry: Registry, mode: Mode, passes: bool) -> None:
    """A field without a default keeps new readers from old data, and old readers do not mind."""
    registry.release(an_avro_event(mode=mode))
    new = an_avro_event({"name": "amount", "type": "int"}, version="1.1.0", mode=mode)
    if passes:
        assert registry.release(new).created
    else:
        with pytest.raises(ReleaseRefused):
            registry.release(new)


def test_a_break_reaches_every_consumer_whatever_it_uses(registry: Registry) -> None:
    """A record that is refused is lost as a whole."""
    registry.release(an_avro_event(NOTE | {"default": "x"}), version="v1")
    uses = ("OrderPlaced $.orderId",)
    registry.publish(
        a_version(service="cart", version="c1", consumes=(ConsumedContract("OrderPlaced", Version(1, 0, 0), None, uses),))
    )
    deploy(registry, "cart", "c1")
    with pytest.raises(ReleaseRefused) as refusal:
        registry.release(an_avro_event({"name": "note", "type": "int", "default": 0}, version="1.1.0"))
    (change,) = [change for change in refusal.value.comparison.changes if change.blocks]
    assert change.rule == "type-changed"
    assert [(use.service, use.elements) for use in change.consumers] == [("cart", uses)]


def test_a_field_with_a_default_is_removed_unless_somebody_uses_it(registry: Registry) -> None:
    """Resolution allows it; a consumer in production does not."""
    registry.release(an_avro_event(NOTE))
    with_uses = ConsumedContract("OrderPlaced", Version(1, 0, 0), None, ("OrderPlaced $.note",))
    registry.publish(a_version(service="cart", version="c1", consumes=(with_uses,)))
    deploy(registry, "cart", "c1")
    with pytest.raises(ReleaseRefused) as refusal:
        registry.release(an_avro_event(version="1.1.0"))
    (change,) = refusal.value.comparison.changes
    assert (change.rule, change.severity) == ("field-removed", Severity.BREAKING)
    registry.publish(a_version(service="cart", version="c2", consumes=(replace(with_uses, uses=("OrderPlaced $.orderId",)),)))
    deploy(registry, "cart", "c2")
    assert registry.release(an_avro_event(version="1.1.0")).created


@pytest.mark.parametrize(
    ("field", "verdict"),
    [
        (NOTE, Verdict.YES),
        ({"name": "note", "type": "string"}, Verdict.NO),
        ({"name": "orderNumber", "type": "long", "default": 0}, Verdict.YES),
    ],
    ids=["a default for what is not written", "no default", "another field with a default"],
)
def test_a_consumers_own_reader_is_resolved_with_what_is_deployed(registry: Registry, field: Any, verdict: Verdict) -> None:
    """Its schema decides, not a release that it never saw."""
    registry.release(an_avro_event(), version="v1")
    registry.publish(a_version(service="cart", version="c1", consumes=(a_reader(field, uses=("OrderPlaced $.orderId",)),)))
    deploy(registry, "orders", "v1")
    with registry.database.read() as store:
        decision = can_i_deploy(store, "cart", "c1", "production", now=NOW, limits=registry.limits)
    (edge,) = decision.edges
    assert (edge.edge.wire, edge.edge.evidence.kind) == (Wire.EVENT, EvidenceKind.COMPARISON)
    assert edge.edge.evidence.verdict is verdict


def test_a_reader_of_another_kind_is_refused(registry: Registry) -> None:
    """The file's name tells the kind."""
    registry.release(an_avro_event())
    json_schema = json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema"}).encode()
    wrong = ConsumedContract("OrderPlaced", None, Source({"reader.schema.json": json_schema}, "reader.schema.json"))
    with pytest.raises(BadRequest, match="of kind avro"):
        registry.publish(a_version(service="cart", version="c1", consumes=(wrong,)))


def test_a_reader_that_is_no_schema_is_refused(registry: Registry) -> None:
    """At its place, before anything is written."""
    registry.release(an_avro_event())
    with pytest.raises(BadReference):
        registry.publish(a_version(service="cart", version="c1", consumes=(a_reader({"name": "x", "type": "Money"}),)))


@pytest.mark.parametrize(
    ("example", "path"),
    [
        ({"orderId": 5}, "/orderId"),
        ({"orderId": "7", "amount": {"long": 1}}, "/amount"),
        ({"orderId": "7", "amount": "1"}, "/amount"),
        ([], ""),
    ],
)
def test_an_example_that_is_no_record_is_refused(registry: Registry, example: Any, path: str) -> None:
    """At the value that does not fit."""
    amount = {"name": "amount", "type": ["null", "int"], "default": None}
    with pytest.raises(BadExample) as refusal:
        registry.release(an_avro_event(amount, examples={"one.json": example}))
    assert refusal.value.location is not None
    assert refusal.value.location.path == path


@pytest.mark.parametrize("amount", [None, 1, {"int": 1}])
def test_a_value_of_a_union_stands_plain_or_under_its_branch(registry: Registry, amount: Any) -> None:
    """As people write it, and as the JSON encoding has it."""
    field = {"name": "amount", "type": ["null", "int"], "default": None}
    examples = {"one.json": {"orderId": "7", "amount": amount}, "two.json": {"orderId": "8"}}
    assert registry.release(an_avro_event(field, examples=examples)).created
