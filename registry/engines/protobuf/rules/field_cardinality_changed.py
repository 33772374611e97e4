"""A field occurs differently often, or its absence means something else."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Field
from registry.engines.protobuf.features import (
    Cardinality,
    cardinality_of,
)
from registry.engines.protobuf.pairs import (
    Pair,
    each_field,
)
from registry.engines.protobuf.rule import Harm, ProtobufFinding, over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_OLD = "message Cart { string item = 1; }"
_SINGULAR = {Cardinality.EXPLICIT, Cardinality.IMPLICIT}


@over(each_field, Category.FILE, Category.PACKAGE)
@rule(
    id="field-cardinality-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.REQUIREDNESS,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new="message Cart { repeated string item = 1; }"),
    fine=Example(old=_OLD, new="message Cart { string item = 1; string name = 2; }"),
    names=("FIELD_SAME_CARDINALITY",),
)
def field_cardinality_changed(pair: Pair[Field]) -> Iterator[Finding]:
    """A field became repeated, singular, a map, required, or lost or gained presence.

    Generated code has other accessors, and singular and repeated values are read as one another only in part.
    """
    old, new = _cardinalities(pair)
    if old is not new and not _inside_map(pair):
        yield _finding(pair, old, new)


@over(each_field, Category.WIRE)
@rule(
    id="field-cardinality-changed-on-wire",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.SERIALISATION,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new="message Cart { repeated string item = 1; }"),
    fine=Example(old=_OLD, new="message Cart { optional string item = 1; }"),
    names=("FIELD_WIRE_COMPATIBLE_CARDINALITY",),
)
def field_cardinality_changed_on_wire(pair: Pair[Field]) -> Iterator[Finding]:
    """A field occurs differently often in the binary encoding.

    Presence may change; a map is written as repeated entries.
    """
    old, new = _cardinalities(pair)
    if _on_the_wire(old) is not _on_the_wire(new) and not _inside_map(pair):
        yield _finding(pair, old, new)


@over(each_field, Category.WIRE_JSON, Category.CSR)
@rule(
    id="field-cardinality-changed-on-wire-or-json",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.VALUES,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new="message Cart { repeated string item = 1; }"),
    fine=Example(old=_OLD, new="message Cart { optional string item = 1; }"),
    names=("FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY",),
)
def field_cardinality_changed_on_wire_or_json(pair: Pair[Field]) -> Iterator[Finding]:
    """A field occurs differently often in the binary or in the JSON encoding.

    Presence may change; JSON writes a map as an object and a repeated field as an array.
    """
    old, new = _cardinalities(pair)
    if _in_json(old) is not _in_json(new) and not _inside_map(pair):
        yield _finding(pair, old, new)


def _cardinalities(pair: Pair[Field]) -> tuple[Cardinality, Cardinality]:
    return cardinality_of(pair.old, pair.revisions.old.everything), cardinality_of(pair.new, pair.revisions.new.everything)


def _in_json(cardinality: Cardinality) -> Cardinality:
    return Cardinality.EXPLICIT if cardinality in _SINGULAR else cardinality


def _on_the_wire(cardinality: Cardinality) -> Cardinality:
    return Cardinality.REPEATED if cardinality is Cardinality.MAP else _in_json(cardinality)


def _inside_map(pair: Pair[Field]) -> bool:
    """The entry of a map seems to take its presence from the file, and behaves the same whatever that is."""
    return all(field.scope is not None and field.scope.is_map_entry and not field.is_extension for field in (pair.old, pair.new))


def _finding(pair: Pair[Field], old: Cardinality, new: Cardinality) -> Finding:
    return ProtobufFinding(
        f"{pair.new} changed from {old} to {new}",
        pair.revisions.old.text.locate(pair.old),
        pair.revisions.new.text.locate(pair.new),
        witness=pair.revisions.witness(pair.old, pair.new),
        harm=_harm(old, new),
    )


def _harm(old: Cardinality, new: Cardinality) -> Harm:
    if _on_the_wire(old) is not _on_the_wire(new):
        return Harm.WIRE
    return Harm.JSON if _in_json(old) is not _in_json(new) else Harm.SOURCE
