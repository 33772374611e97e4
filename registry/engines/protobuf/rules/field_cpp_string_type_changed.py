"""The C++ type of a string changed."""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

from registry.domain.contract import ContractKind
from registry.domain.location import Location
from registry.engines.protobuf.elements import Field
from registry.engines.protobuf.features import (
    CppStringType,
    cpp_string_type,
)
from registry.engines.protobuf.pairs import (
    Pair,
    each_field,
)
from registry.engines.protobuf.positions import SourceText
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_CTYPE = (8, 1)
_FEATURE = (8, 21, 1000, 2)
_TEXT = {FieldDescriptorProto.TYPE_STRING, FieldDescriptorProto.TYPE_BYTES}


@over(each_field, Category.FILE, Category.PACKAGE)
@rule(
    id="field-cpp-string-type-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(old="message Cart { string id = 1; }", new="message Cart { string id = 1 [ctype = CORD]; }"),
    fine=Example(old="message Cart { string id = 1; }", new="message Cart { string id = 1 [ctype = STRING]; }"),
    names=("FIELD_SAME_CPP_STRING_TYPE",),
    cap_reason="concerns the generated code of one language only",
)
def field_cpp_string_type_changed(pair: Pair[Field]) -> Iterator[Finding]:
    """A string or bytes field has another type in C++.

    C++ code that takes the old type no longer compiles. From string_piece back to string is fine.
    """
    if not {pair.old.proto.type, pair.new.proto.type} <= _TEXT or all(
        field.scope is not None and field.scope.is_map_entry for field in (pair.old, pair.new)
    ):
        return
    old, new = cpp_string_type(pair.old), cpp_string_type(pair.new)
    if old is not new and (old, new) != (CppStringType.STRING_PIECE, CppStringType.STRING):
        yield Finding(
            f"{pair.new} changed its C++ type from {old} to {new}",
            _place(pair.revisions.old.text, pair.old),
            _place(pair.revisions.new.text, pair.new),
        )


def _place(text: SourceText, field: Field) -> Location:
    """The older option where it is written, else the feature, else the field."""
    option = text.locate_exactly(field, _CTYPE)
    return option if option.position is not None else text.locate_feature(field, _FEATURE, "string_type", "pb.cpp")
