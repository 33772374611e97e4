"""A method promises something else about being repeated."""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import MethodOptions

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Method
from registry.engines.protobuf.pairs import (
    Pair,
    each_method,
)
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

Level = MethodOptions.IdempotencyLevel
_OPTION = (4, 34)
_OLD = "message Cart { string id = 1; } service Carts { rpc Get(Cart) returns (Cart); }"


@over(each_method, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="method-idempotency-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.METHOD,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("(Cart); }", "(Cart) { option idempotency_level = NO_SIDE_EFFECTS; } }")),
    fine=Example(old=_OLD, new=_OLD.replace("(Cart); }", "(Cart) { option idempotency_level = IDEMPOTENCY_UNKNOWN; } }")),
    names=("RPC_SAME_IDEMPOTENCY_LEVEL",),
)
def method_idempotency_changed(pair: Pair[Method]) -> Iterator[Finding]:
    """The option idempotency_level of a method changed.

    Clients and proxies repeat or cache calls on its word; over HTTP it decides between GET and POST.
    """
    old, new = pair.old.proto.options.idempotency_level, pair.new.proto.options.idempotency_level
    if old != new:
        yield Finding(
            f"method {pair.new.full_name} changed its idempotency from {Level.Name(old)} to {Level.Name(new)}",
            pair.revisions.old.text.locate_exactly(pair.old, _OPTION),
            pair.revisions.new.text.locate_exactly(pair.new, _OPTION),
            witness=NoWitness("the promise is about calls, not about a message"),
        )
