"""A method has another request or response."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Method
from registry.engines.protobuf.pairs import (
    Pair,
    each_method,
)
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_REQUEST, _RESPONSE = (2,), (3,)
_OLD = """message Cart { string id = 1; } message Other { string id = 1; }
service Carts { rpc Get(Cart) returns (Cart); }
"""


@over(each_method, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="method-request-type-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.METHOD,
    aspect=Aspect.TYPE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("Get(Cart)", "Get(Other)")),
    fine=Example(old=_OLD, new=_OLD.replace("1; }", "1; string name = 2; }")),
    names=("RPC_SAME_REQUEST_TYPE",),
)
def method_request_type_changed(pair: Pair[Method]) -> Iterator[Finding]:
    """A method has another request message.

    Generated code has another signature, and the fields of one message are read as those of the other.
    """
    if not pair.revisions.same_type(pair.old.request, pair.new.request):
        yield Finding(
            f"method {pair.new.full_name} changed its request from {pair.old.request} to {pair.new.request}",
            pair.revisions.old.text.locate_exactly(pair.old, _REQUEST),
            pair.revisions.new.text.locate_exactly(pair.new, _REQUEST),
        )


@over(each_method, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="method-response-type-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.METHOD,
    aspect=Aspect.VALUES,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("returns (Cart)", "returns (Other)")),
    fine=Example(old=_OLD, new=_OLD.replace("1; }", "1; string name = 2; }")),
    names=("RPC_SAME_RESPONSE_TYPE",),
)
def method_response_type_changed(pair: Pair[Method]) -> Iterator[Finding]:
    """A method has another response message.

    Generated code has another signature, and the fields of one message are read as those of the other.
    """
    if not pair.revisions.same_type(pair.old.response, pair.new.response):
        yield Finding(
            f"method {pair.new.full_name} changed its response from {pair.old.response} to {pair.new.response}",
            pair.revisions.old.text.locate_exactly(pair.old, _RESPONSE),
            pair.revisions.new.text.locate_exactly(pair.new, _RESPONSE),
        )
