"""A method of a service is new."""

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
from registry.engines.protobuf.rule import over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

_OLD = """message Cart { string id = 1; }
service Carts { rpc Get(Cart) returns (Cart); }
"""


@over(each_service)
@rule(
    id="method-added",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.METHOD,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=Example(old=_OLD, new=_OLD.replace("(Cart); }", "(Cart); rpc Put(Cart) returns (Cart); }")),
    fine=Example(old=_OLD, new=_OLD.replace("(Cart); }", "(Cart) { option deprecated = true; } }")),
)
def method_added(pair: Pair[Service]) -> Iterator[Finding]:
    """A method of a service is new.

    An old server answers it with UNIMPLEMENTED, so a new client must not meet one.
    """
    for added in only_in(pair.new.methods, pair.old.methods):
        yield Finding(f"method {added.full_name} was added", None, pair.revisions.new.text.locate(added))
