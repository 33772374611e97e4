"""A field kept its number and changed its name."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Field
from registry.engines.protobuf.pairs import (
    Pair,
    each_field,
)
from registry.engines.protobuf.rule import Harm, ProtobufFinding, over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_NAME = (1,)


@over(each_field, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.CSR)
@rule(
    id="field-renamed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old="message Cart { string id = 1; }", new="message Cart { string cart_id = 1; }"),
    fine=Example(old="message Cart { string id = 1; }", new="message Cart { string id = 1; string name = 2; }"),
    names=("FIELD_SAME_NAME",),
)
def field_renamed(pair: Pair[Field]) -> Iterator[Finding]:
    """A field has another name under the same number.

    Generated code and the JSON encoding know a field by its name; the binary encoding does not.
    """
    old, new = (field.full_name if field.is_extension else field.name for field in (pair.old, pair.new))
    if old != new:
        same_json = pair.old.proto.json_name == pair.new.proto.json_name
        yield ProtobufFinding(
            f"{pair.old} was renamed to {new}",
            pair.revisions.old.text.locate_exactly(pair.old, _NAME),
            pair.revisions.new.text.locate_exactly(pair.new, _NAME),
            harm=Harm.SOURCE if same_json else Harm.JSON,
            advice="" if same_json else f'keep its JSON name with `[json_name = "{pair.old.proto.json_name}"]`',
        )
