"""The JSON name of a field changed."""

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

_JSON_NAME = (10,)


@over(each_field, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.CSR)
@rule(
    id="field-json-name-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old="message Cart { string id = 1; }", new='message Cart { string id = 1 [json_name = "cartId"]; }'),
    fine=Example(old="message Cart { string id = 1; }", new='message Cart { string id = 1 [json_name = "id"]; }'),
    names=("FIELD_SAME_JSON_NAME",),
)
def field_json_name_changed(pair: Pair[Field]) -> Iterator[Finding]:
    """A field has another name in the JSON encoding.

    Readers of JSON look for the name that they know and skip the other one. A renamed field is reported as that, once.
    """
    old, new = pair.old.proto.json_name, pair.new.proto.json_name
    renamed = pair.old.name != pair.new.name and not pair.revisions.to_the_letter
    if old != new and not pair.old.is_extension and not renamed:
        yield Finding(
            f"{pair.new} changed its JSON name from {old} to {new}",
            pair.revisions.old.text.locate(pair.old, _JSON_NAME),
            pair.revisions.new.text.locate(pair.new, _JSON_NAME),
            witness=NoWitness("JSON names are not on the binary wire"),
        )
