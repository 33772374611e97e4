"""A field moved into a oneof, out of one, or to another."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Field
from registry.engines.protobuf.pairs import (
    Pair,
    each_field,
)
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule


@over(each_field, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="field-oneof-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old="message Payment { string card = 1; string iban = 2; }",
        new="message Payment { oneof by { string card = 1; string iban = 2; } }",
    ),
    fine=Example(
        old="message Payment { string card = 1; string iban = 2; }",
        new="message Payment { string card = 1; string iban = 2; string cash = 3; }",
    ),
    names=("FIELD_SAME_ONEOF",),
)
def field_oneof_changed(pair: Pair[Field]) -> Iterator[Finding]:
    """A field moved into a oneof, out of one, or from one to another.

    Setting one field of a oneof clears the others, so what one side sends together the other reads in part. Accessors change as
    well.
    """
    old, new = pair.old.oneof, pair.new.oneof
    if (old.name if old else None) != (new.name if new else None):
        yield Finding(
            f"{pair.new} moved from {f'oneof {old.name}' if old else 'no oneof'} to {f'oneof {new.name}' if new else 'no oneof'}",
            pair.revisions.old.text.locate(pair.old),
            pair.revisions.new.text.locate(pair.new),
            witness=NoWitness("one field alone reads the same: it shows only when fields of the oneof are sent together"),
        )
