"""The JavaScript type of a 64-bit integer changed."""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import FieldOptions

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Field
from registry.engines.protobuf.pairs import (
    Pair,
    each_field,
)
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.protobuf.wire_types import SIXTY_FOUR_BITS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

JSType = FieldOptions.JSType
_JSTYPE = (8, 6)


@over(each_field, Category.FILE, Category.PACKAGE)
@rule(
    id="field-jstype-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(old="message Cart { int64 total = 1; }", new="message Cart { int64 total = 1 [jstype = JS_STRING]; }"),
    fine=Example(old="message Cart { int64 total = 1; }", new="message Cart { int64 total = 1 [jstype = JS_NORMAL]; }"),
    names=("FIELD_SAME_JSTYPE",),
    cap_reason="concerns the generated code of one language only",
)
def field_jstype_changed(pair: Pair[Field]) -> Iterator[Finding]:
    """A 64-bit integer is a string in JavaScript and was a number, or the other way round.

    JavaScript code that calculates with the field, or compares it, goes wrong in silence.
    """
    old, new = pair.old.proto.options.jstype, pair.new.proto.options.jstype
    if old != new and {pair.old.proto.type, pair.new.proto.type} <= SIXTY_FOUR_BITS:
        yield Finding(
            f"{pair.new} changed its jstype from {JSType.Name(old)} to {JSType.Name(new)}",
            pair.revisions.old.text.locate(pair.old, _JSTYPE),
            pair.revisions.new.text.locate(pair.new, _JSTYPE),
        )
