"""A method of a service is gone."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.elements import Service
from registry.engines.protobuf.pairs import (
    Pair,
    each_service,
    only_in,
)
from registry.engines.protobuf.promise import removal
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

_OLD = """message Cart { string id = 1; }
service Carts { rpc Get(Cart) returns (Cart); rpc Put(Cart) returns (Cart); }
"""


@over(each_service, Category.FILE, Category.PACKAGE)
@rule(
    id="method-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.METHOD,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=Example(old=_OLD, new=_OLD.replace("rpc Put(Cart) returns (Cart); ", "")),
    fine=Example(old=_OLD, new=_OLD.replace("(Cart); }", "(Cart) { option deprecated = true; } }")),
    names=("RPC_NO_DELETE",),
)
def method_removed(pair: Pair[Service]) -> Iterator[Finding]:
    """A method of a service is gone.

    Every call of it is answered with UNIMPLEMENTED. Deprecate it with a sunset first.
    """
    for gone in only_in(pair.old.methods, pair.new.methods):
        place = pair.revisions.new.text.locate(pair.new)
        yield removal(pair.revisions, gone, place, f"method {gone.full_name} was removed")
