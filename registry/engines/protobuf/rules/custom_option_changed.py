"""A custom option changed that no other rule knows."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.option_pairs import OptionPair, each_option
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.rules.field_behavior import FIELD_BEHAVIOR
from registry.engines.protobuf.rules.http_route import HTTP
from registry.engines.protobuf.validation import VALIDATION
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_OLD = """// file: shop/options.proto
syntax = "proto3"; package shop;
import "google/protobuf/descriptor.proto";
extend google.protobuf.MethodOptions { string role = 50001; }
// file: cart.proto
import "shop/options.proto";
message Cart { string id = 1; }
service Carts { rpc Get(Cart) returns (Cart) { option (shop.role) = "reader"; } }
"""
_KNOWN = frozenset({HTTP, FIELD_BEHAVIOR, *VALIDATION})
_SHOWN = 200


@over(each_option)
@rule(
    id="custom-option-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.DOCUMENT,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(old=_OLD, new=_OLD.replace('"reader"', '"owner"')),
    fine=Example(old=_OLD, new=_OLD.replace("string id = 1;", "string id = 1; string note = 2;")),
    cap_reason="what the option means is not known here",
)
def custom_option_changed(pair: OptionPair) -> Iterator[Finding]:
    """A custom option of a declaration was added, removed or changed.

    Programs and gateways read such options; whether this one decides over what they accept, its owner knows.
    """
    for option in sorted({*pair.before, *pair.after} - _KNOWN):
        old, new = pair.before.get(option), pair.after.get(option)
        if old != new:
            yield Finding(f"option ({option}) of {pair.name} changed from {_shown(old)} to {_shown(new)}", *pair.places(option))


def _shown(value: object) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} ..."
