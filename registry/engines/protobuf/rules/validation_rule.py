"""What validation rules refuse, as protovalidate or protoc-gen-validate declares them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.custom_options import Plain
from registry.engines.protobuf.option_pairs import OptionPair, each_new_field, each_option
from registry.engines.protobuf.pairs import Revisions
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.validation import Difference, differences
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

_OLD = """// file: buf/validate/validate.proto
syntax = "proto2"; package buf.validate;
import "google/protobuf/descriptor.proto";
extend google.protobuf.FieldOptions { optional FieldRules field = 1159; }
message FieldRules { optional bool required = 25; optional StringRules string = 14; }
message StringRules { optional uint64 min_len = 2; optional uint64 max_len = 3; repeated string in = 10; }
// file: cart.proto
import "buf/validate/validate.proto";
message Cart { string code = 1 [(buf.validate.field).string = { min_len: 3 max_len: 20 }]; }
"""
_NARROWED = Example(old=_OLD, new=_OLD.replace("max_len: 20", "max_len: 10"))
_WIDENED = Example(old=_OLD, new=_OLD.replace("min_len: 3", "min_len: 1"))
_WITNESS = NoWitness("the bytes stay the same: they are refused by the program that validates them")


def _each_validated(revisions: Revisions) -> Iterator[OptionPair]:
    return chain(each_option(revisions), each_new_field(revisions))


@over(_each_validated)
@rule(
    id="validation-rule-narrowed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=_NARROWED,
    fine=_WIDENED,
)
def validation_rule_narrowed(pair: OptionPair) -> Iterator[Finding]:
    """A validation rule refuses what it took before.

    What old clients send, and what was stored, is refused. Of a new field only that it is required counts, since old clients leave
    it out.
    """
    for item in differences(pair.before, pair.after):
        if item.narrows and (pair.old is not None or item.constraint.rpartition(".")[2] == "required"):
            yield _finding(pair, item, "refuses more")


@over(_each_validated)
@rule(
    id="validation-rule-widened",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=_WIDENED,
    fine=_NARROWED,
)
def validation_rule_widened(pair: OptionPair) -> Iterator[Finding]:
    """A validation rule takes what it refused before.

    Old readers refuse what new writers may send.
    """
    for item in differences(pair.before, pair.after):
        if item.widens and pair.old is not None:
            yield _finding(pair, item, "takes more")


def _finding(pair: OptionPair, item: Difference, verb: str) -> Finding:
    what = f"{item.constraint or item.option} changed from {_shown(item.old)} to {_shown(item.new)}"
    return Finding(f"{pair.name} {verb} than before: {what}", *pair.places(item.option), witness=_WITNESS)


def _shown(value: Plain | None) -> str:
    match value:
        case None:
            return "nothing"
        case (bound, bool()):
            return repr(bound)
        case _:
            return repr(value)
