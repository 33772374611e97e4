"""An event says of its data that it adheres to another schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.engines.jsonschema.envelope import data_schema
from registry.engines.jsonschema.event_pair import EventPair
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_ENVELOPE: Final = "id: {}, source: {}, specversion: {const: '1.0'}, type: {const: shop.OrderPlaced}"
_SPOKEN: Final = NoWitness("the address is said as an example or a default, which no document has to carry")


@rule(
    id="data-schema-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.DOCUMENT,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old=f"properties: {{{_ENVELOPE}, dataschema: {{const: https://shop.example/order-placed.v1.json}}}}",
        new=f"properties: {{{_ENVELOPE}, dataschema: {{const: https://shop.example/order-placed.v2.json}}}}",
    ),
    fine=Example(
        old=f"properties: {{{_ENVELOPE}, dataschema: {{const: https://shop.example/order-placed.v1.json}}}}",
        new=f"properties: {{{_ENVELOPE}, dataschema: {{enum: [https://shop.example/order-placed.v1.json]}}}}",
    ),
)
def data_schema_changed(pair: EventPair) -> Iterator[Finding]:
    """The `dataschema` of a CloudEvent names another schema than before.

    Another address says that the data became incompatible, so it changes with the major line and only with it (CloudEvents 1.0.2,
    section 3.1.2): readers of this line choose their schema by it, and refuse or misread what carries an address they do not know.
    """
    old, new = data_schema(pair.old), data_schema(pair.new)
    if old is not None and new is not None and old.value != new.value:
        message = f"`dataschema` changed from {old.value} to {new.value}, and readers of this major line expect the first."
        yield Finding(message, old.location, new.location, elements=("$.dataschema",), witness=_SPOKEN)
