"""What `google.api.field_behavior` asks of clients (google/api/field_behavior.proto, AIP-203)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.custom_options import Options
from registry.engines.protobuf.option_pairs import OptionPair, each_new_field, each_option
from registry.engines.protobuf.pairs import Revisions
from registry.engines.protobuf.rule import over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

FIELD_BEHAVIOR = "google.api.field_behavior"
_OLD = """// file: google/api/field_behavior.proto
syntax = "proto3"; package google.api;
import "google/protobuf/descriptor.proto";
extend google.protobuf.FieldOptions { repeated FieldBehavior field_behavior = 1052; }
enum FieldBehavior { FIELD_BEHAVIOR_UNSPECIFIED = 0; OPTIONAL = 1; REQUIRED = 2; OUTPUT_ONLY = 3; }
// file: cart.proto
import "google/api/field_behavior.proto";
message Cart {
  string id = 1 [(google.api.field_behavior) = REQUIRED];
  string coupon = 2 [(google.api.field_behavior) = OPTIONAL];
}
"""
_NARROWED = Example(old=_OLD, new=_OLD.replace("= OPTIONAL]", "= REQUIRED]"))
_WIDENED = Example(old=_OLD, new=_OLD.replace("= REQUIRED]", "= OPTIONAL]"))
_ASKS = {
    "REQUIRED": "has to be set now",
    "OUTPUT_ONLY": "cannot be set by clients any more",
    "INPUT_ONLY": "is not sent to clients any more",
    "IMMUTABLE": "cannot be changed any more",
}
_WITNESS = NoWitness("how a field behaves is not in the bytes of a message")


def _each_field(revisions: Revisions) -> Iterator[OptionPair]:
    return chain(each_option(revisions), each_new_field(revisions))


@over(_each_field)
@rule(
    id="field-behavior-narrowed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.REQUIREDNESS,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=_NARROWED,
    fine=_WIDENED,
)
def field_behavior_narrowed(pair: OptionPair) -> Iterator[Finding]:
    """A field became required, immutable, or is only sent or only received now.

    Old clients leave it out, set it or wait for it, and are refused or left waiting. A new field that is required counts.
    """
    for word in sorted(_behavior(pair.after) - _behavior(pair.before)):
        if pair.old is not None or word == "REQUIRED":
            yield Finding(f"field {pair.name} {_ASKS[word]} ({word})", *pair.places(FIELD_BEHAVIOR), witness=_WITNESS)


@over(_each_field)
@rule(
    id="field-behavior-widened",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.REQUIREDNESS,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=_WIDENED,
    fine=_NARROWED,
)
def field_behavior_widened(pair: OptionPair) -> Iterator[Finding]:
    """A field is no longer required or immutable, or goes both ways now.

    New clients count on that, and an old server refuses them.
    """
    for word in sorted(_behavior(pair.before) - _behavior(pair.after)):
        yield Finding(f"field {pair.name} is no longer {word}", *pair.places(FIELD_BEHAVIOR), witness=_WITNESS)


def _behavior(options: Options) -> set[str]:
    """The words that ask something of clients; the others describe."""
    words = options.get(FIELD_BEHAVIOR, ())
    return {str(word) for word in words if word in _ASKS} if isinstance(words, tuple) else set()
