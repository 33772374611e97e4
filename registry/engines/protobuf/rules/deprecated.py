"""Something was marked as deprecated."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Element, EnumValue
from registry.engines.protobuf.pairs import (
    Pair,
    Revisions,
    each_enum,
    each_enum_number,
    each_field,
    each_file,
    each_message,
    each_method,
    each_service,
)
from registry.engines.protobuf.promise import is_deprecated, lifecycle
from registry.engines.protobuf.rule import ProtobufRule, over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule, safe

_TEXT = """{file}
message Cart {{ {message} string id = 1{field}; }}
enum Unit {{ {enum} UNIT_UNSPECIFIED = 0{value}; }}
service Carts {{ {service} rpc Get(Cart) returns (Cart) {{ {method} }} }}
"""
_PLAIN = dict.fromkeys(("file", "message", "field", "enum", "value", "service", "method"), "")
_STATEMENT = "option deprecated = true;"


def _pairs_of_values(revisions: Revisions) -> Iterator[Pair[EnumValue]]:
    for pair in each_enum_number(revisions):
        yield Pair(revisions, pair.old[0], pair.new[0])


def _deprecated_rule(
    kind: str, area: Area, walk: Callable[[Revisions], Iterator[Pair[Element]]], slot: str, written: str = _STATEMENT
) -> ProtobufRule[Pair[Element]]:
    """The rule for one kind of declaration. `slot` is where in the example `written` deprecates it."""
    plain, deprecated = _TEXT.format(**_PLAIN), _TEXT.format(**{**_PLAIN, slot: written})

    def check(pair: Pair[Element]) -> Iterator[Finding]:
        if not is_deprecated(pair.new) or is_deprecated(pair.old):
            return
        sunset = lifecycle(pair.revisions.new, pair.new).sunset
        end = f"with the sunset {sunset}" if sunset else "without a sunset; add a comment `Sunset: YYYY-MM-DD` before it is removed"
        name = pair.new.full_name or pair.new.file.name
        places = pair.revisions.old.text.locate(pair.old), pair.revisions.new.text.locate(pair.new)
        yield Finding(f"{kind} {name} was deprecated {end}", *places)

    article = "An" if kind[0] in "aeiou" else "A"
    check.__doc__ = f"{article} {kind} was marked as deprecated.\n\nConsumers have until its sunset to stop using it."
    make = rule(
        id=f"{kind.replace(' ', '-')}-deprecated",
        contract_kind=ContractKind.PROTOBUF,
        area=area,
        aspect=Aspect.LIFECYCLE,
        action=Action.DEPRECATED,
        nature=Nature.PROMISE,
        severity=safe(),
        breaks=Example(old=plain, new=deprecated),
        fine=Example(old=deprecated, new=plain),
    )
    return over(walk)(make(check))


file_deprecated = _deprecated_rule("file", Area.FILE, each_file, "file", _STATEMENT)
message_deprecated = _deprecated_rule("message", Area.MESSAGE, each_message, "message")
field_deprecated = _deprecated_rule("field", Area.FIELD, each_field, "field", " [deprecated = true]")
enum_deprecated = _deprecated_rule("enum", Area.ENUM, each_enum, "enum")
enum_value_deprecated = _deprecated_rule("enum value", Area.ENUM_VALUE, _pairs_of_values, "value", " [deprecated = true]")
service_deprecated = _deprecated_rule("service", Area.SERVICE, each_service, "service")
method_deprecated = _deprecated_rule("method", Area.METHOD, each_method, "method")
