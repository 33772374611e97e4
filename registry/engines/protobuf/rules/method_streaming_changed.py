"""A method streams differently."""

from __future__ import annotations

from collections.abc import Iterator

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

_OLD = "message Cart { string id = 1; } service Carts { rpc Get(Cart) returns (Cart); }"


@over(each_method, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="method-client-streaming-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.METHOD,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("Get(Cart)", "Get(stream Cart)")),
    fine=Example(old=_OLD, new=_OLD.replace("1; }", "1; string name = 2; }")),
    names=("RPC_SAME_CLIENT_STREAMING",),
)
def method_client_streaming_changed(pair: Pair[Method]) -> Iterator[Finding]:
    """The client of a method sends a stream and sent one message, or the other way round.

    Generated code has another signature, and the other end waits for what never comes.
    """
    old, new = pair.old.proto.client_streaming, pair.new.proto.client_streaming
    if old != new:
        yield Finding(
            f"{pair.new.full_name} changed from client {_kind(old)} to client {_kind(new)}",
            pair.revisions.old.text.locate(pair.old),
            pair.revisions.new.text.locate(pair.new),
            witness=NoWitness("the change is in how many messages a call has, not in a message"),
        )


@over(each_method, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="method-server-streaming-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.METHOD,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("returns (Cart)", "returns (stream Cart)")),
    fine=Example(old=_OLD, new=_OLD.replace("1; }", "1; string name = 2; }")),
    names=("RPC_SAME_SERVER_STREAMING",),
)
def method_server_streaming_changed(pair: Pair[Method]) -> Iterator[Finding]:
    """The server of a method sends a stream and sent one message, or the other way round.

    Generated code has another signature, and the other end waits for what never comes.
    """
    old, new = pair.old.proto.server_streaming, pair.new.proto.server_streaming
    if old != new:
        yield Finding(
            f"{pair.new.full_name} changed from server {_kind(old)} to server {_kind(new)}",
            pair.revisions.old.text.locate(pair.old),
            pair.revisions.new.text.locate(pair.new),
            witness=NoWitness("the change is in how many messages a call has, not in a message"),
        )


def _kind(streaming: bool) -> str:
    return "streaming" if streaming else "unary"
