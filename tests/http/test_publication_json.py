"""Publications, receipts and decisions keep their meaning as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from registry.domain.change import Change, Comparison, DocumentWitness, Undecided, Waiver
from registry.domain.contract import ContractKind, Mode, OnUnknown, Source
from registry.domain.deployability import Action, Decision, Edge, Evidence, EvidenceKind, JudgedEdge, Party, Question, Wire
from registry.domain.errors import BadRequest, BadVersion
from registry.domain.location import Location
from registry.domain.manifest import Policy, ServiceIdentity
from registry.domain.policy import Allowance, ComparisonPolicy, ProtobufPolicy, SeveritySetting
from registry.domain.publication import (
    ConsumedContract,
    ProvidedContract,
    Publication,
    PublicationReceipt,
    PublishedPact,
    ReleaseReceipt,
    ServiceVersion,
    ServiceVersionReceipt,
)
from registry.domain.semver import Version
from registry.domain.verdict import Direction, Severity, Verdict
from registry.services.decision_json import decision_from_json, decision_to_json
from registry.services.publication_json import (
    publication_from_json,
    publication_to_json,
    receipt_from_json,
    receipt_to_json,
)

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CHANGE = Change(
    rule="property-removed",
    severity=Severity.BREAKING,
    direction=Direction.FORWARD,
    old=Location("order.json", "/properties/total"),
    new=None,
    message="total is gone",
    elements=("OrderPlaced $.total",),
    witness=DocumentWitness({"total": 1}, "old", "new"),
)
QUESTION = Undecided("pattern-changed", Direction.BOTH, "pattern", None, Location("order.json", "/pattern"), "cannot tell")

PUBLICATION = Publication(
    service_versions=(
        ServiceVersion(
            service=ServiceIdentity("orders", "ordering", "checkout", "Takes orders.", ("order",), "trunk"),
            version="4f1c",
            repository="https://git.example/shop",
            commit="4f1c9e",
            branch="trunk",
            committed_at=MOMENT,
            provides=(
                ProvidedContract(
                    contract="OrderPlaced",
                    kind=ContractKind.JSONSCHEMA,
                    source=Source({"order.json": b'{"type": "object"}\n', "examples/one.json": b"\xff\x00"}, "order.json"),
                    version=Version(1, 2, 0),
                    mode=Mode.FULL_TRANSITIVE,
                    on_unknown=OnUnknown.WARN,
                    description="An order was placed.",
                    is_event=True,
                    channel="orders.placed",
                    retention_seconds=3600,
                    entity="order",
                    examples=("examples/one.json",),
                    owner="ordering",
                ),
            ),
            consumes=(
                ConsumedContract("cart-api", Version(2, 0, 0), None, ("GET /carts/{id}",)),
                ConsumedContract("StockReserved", None, Source({"reader.json": b"{}"}, "reader.json"), has_pacts=True),
            ),
            pacts=(PublishedPact("orders-cart.json", b"{}"),),
            policy=Policy(
                ("production",),
                ("default-changed",),
                (
                    SeveritySetting("default-changed", Severity.BREAKING),
                    SeveritySetting(
                        "maximum-tightened", Severity.RISKY, "orders", "GET /orders", "agreed", "2027-01-01T00:00:00+00:00"
                    ),
                ),
                ComparisonPolicy(
                    (("beta", 30), ("stable", 90)), ProtobufPolicy(("WIRE",), ("FIELD_SAME_NAME",), frozenset(Allowance))
                ),
            ),
        ),
    ),
    release=True,
    waivers=(("OrderPlaced", Waiver("property-removed", "OrderPlaced $.total", "unused", "", "2027-01-01T00:00:00+00:00")),),
)


def through_json(value: Any) -> Any:
    """What is left of a value after it travelled as text."""
    return json.loads(json.dumps(value))


def test_publication_survives_the_journey() -> None:
    """A publication read from its own body is equal to the one that was written, bytes included."""
    assert publication_from_json(through_json(publication_to_json(PUBLICATION))) == PUBLICATION


def test_receipt_survives_the_journey() -> None:
    """A receipt read from its own JSON is equal to the one that was written, findings included."""
    receipt = PublicationReceipt(
        (
            ServiceVersionReceipt(
                service="orders",
                version="4f1c",
                created=True,
                revisions=(("OrderPlaced", "ab" * 32, False),),
                releases=(ReleaseReceipt("OrderPlaced", Version(1, 2, 0), 3, True, "1.1.0", Comparison((CHANGE,), (QUESTION,))),),
                notices=("mind the gap",),
            ),
        )
    )
    assert receipt_from_json(through_json(receipt_to_json(receipt))) == receipt


def test_decision_survives_the_journey() -> None:
    """A decision read from its own JSON is equal to the one that was written, evidence and actions included."""
    edge = Edge(
        Wire.EVENT,
        "OrderPlaced",
        Party("inventory", "9a", "stock"),
        Party("orders", None, "ordering", "blue", still_readable=True),
        Evidence(EvidenceKind.COMPARISON, Verdict.NO, "ab..cd", "1 breaking", MOMENT, (CHANGE,), (QUESTION,)),
    )
    decision = Decision(
        Question("inventory", "9a", "production"),
        Verdict.NO,
        "1 of 1 edges is red",
        (JudgedEdge(edge, Verdict.NO, "total is gone", (Action("ordering", "restore total", "interlock diff"),)),),
    )
    assert decision_from_json(through_json(decision_to_json(decision))) == decision


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../up.json", "a/../../b", "a//b", "./a", "a\\b", "a\nb", "a\0b", "a/"])
def test_paths_stay_inside_the_contract(path: str) -> None:
    """A file path that is not relative, normal and printable is refused at its pointer."""
    body = publication_to_json(PUBLICATION)
    body["service_versions"][0]["provides"][0]["files"][1]["path"] = path
    with pytest.raises(BadRequest) as refusal:
        publication_from_json(body)
    assert refusal.value.location == Location("body", "/service_versions/0/provides/0/files/1/path")


def test_a_file_stands_once() -> None:
    """Two files of one path are refused: which one counts would be a guess."""
    body = publication_to_json(PUBLICATION)
    files = body["service_versions"][0]["provides"][0]["files"]
    files.append(files[0])
    with pytest.raises(BadRequest, match="twice"):
        publication_from_json(body)


@pytest.mark.parametrize("content", ["%%%", "abc", "é"])
def test_content_is_base64(content: str) -> None:
    """Content that is not base64 is refused at its pointer."""
    body = publication_to_json(PUBLICATION)
    body["service_versions"][0]["pacts"][0]["content"] = content
    with pytest.raises(BadRequest) as refusal:
        publication_from_json(body)
    assert refusal.value.location == Location("body", "/service_versions/0/pacts/0/content")


def test_numbers_are_semver() -> None:
    """A declared contract version that is not semver is refused at its pointer."""
    body = publication_to_json(PUBLICATION)
    body["service_versions"][0]["provides"][0]["version"] = "v1.2"
    with pytest.raises(BadVersion) as refusal:
        publication_from_json(body)
    assert refusal.value.location == Location("body", "/service_versions/0/provides/0/version")
