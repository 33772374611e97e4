"""The HTTP routes of methods, as `google.api.http` declares them (google/api/http.proto)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TypeAlias

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.custom_options import Plain
from registry.engines.protobuf.option_pairs import OptionPair, each_option
from registry.engines.protobuf.pairs import Revisions
from registry.engines.protobuf.rule import over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, by_direction, rule

HTTP = "google.api.http"
_DEFINED = """// file: google/api/http.proto
syntax = "proto3"; package google.api;
import "google/protobuf/descriptor.proto";
extend google.protobuf.MethodOptions { HttpRule http = 72295728; }
message HttpRule {
  oneof pattern { string get = 2; string put = 3; string post = 4; string delete = 5; string patch = 6; }
  string body = 7;
  repeated HttpRule additional_bindings = 11;
}
"""
_OLD = (
    _DEFINED
    + """// file: cart.proto
import "google/api/http.proto";
message Cart { string id = 1; }
service Carts {
  rpc Put(Cart) returns (Cart) { option (google.api.http) = { put: "/v1/carts/{id}" body: "*" }; }
}
"""
)
_OTHER_PATH = Example(old=_OLD, new=_OLD.replace("/v1/carts/", "/v1/baskets/"))
_SAME_PATH = Example(old=_OLD, new=_OLD.replace("{id}", "{id=*}"))
_VERBS = ("get", "put", "post", "delete", "patch")
_VARIABLE = re.compile(r"\{[^{}=]*(?:=([^{}]*))?\}")
_WITNESS = NoWitness("a route is not in the bytes of a message")


@dataclass(frozen=True, slots=True)
class _Binding:
    """What a route takes the request's message and the response's body from."""

    template: str
    body: Plain
    response_body: Plain


_Route: TypeAlias = tuple[str, str]
"""The verb, and the path with the names of its variables left out: what tells requests apart."""
_Routes: TypeAlias = Mapping[_Route, _Binding]


@dataclass(frozen=True, slots=True, eq=False)
class _Routed:
    """A method whose routes differ; `served` are the routes of every method of the new revision."""

    pair: OptionPair
    before: _Routes
    after: _Routes
    served: Set[_Route]


def _each_routed(revisions: Revisions) -> Iterator[_Routed]:
    routed = [pair for pair in each_option(revisions) if pair.before.get(HTTP) != pair.after.get(HTTP)]
    services = revisions.after.services.values() if routed else ()
    options = (revisions.options_after.of(method) for service in services for method in service.methods.values())
    served = {route for option in options for route in _routes(option.get(HTTP))}
    for pair in routed:
        yield _Routed(pair, _routes(pair.before.get(HTTP)), _routes(pair.after.get(HTTP)), served)


@over(_each_routed)
@rule(
    id="http-route-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.PATH,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=_OTHER_PATH,
    fine=_SAME_PATH,
)
def http_route_removed(routed: _Routed) -> Iterator[Finding]:
    """A method is no longer served under an HTTP verb and path.

    Clients that call it over HTTP get 404 or 405. Keep the old route among the additional bindings.
    """
    for route, binding in routed.before.items():
        if route not in routed.served:
            yield _finding(routed, f"{routed.pair.name} is no longer served as {route[0]} {binding.template}", removes_promise=True)


@over(_each_routed)
@rule(
    id="http-route-added",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.PATH,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=_OTHER_PATH,
    fine=_SAME_PATH,
)
def http_route_added(routed: _Routed) -> Iterator[Finding]:
    """A method is served under another HTTP verb or path as well.

    An old server does not know the route.
    """
    for route, binding in routed.after.items():
        if route not in routed.before:
            yield _finding(routed, f"{routed.pair.name} is now served as {route[0]} {binding.template}")


@over(_each_routed)
@rule(
    id="http-body-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.REQUEST_BODY,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace('body: "*"', "")),
    fine=_SAME_PATH,
)
def http_body_changed(routed: _Routed) -> Iterator[Finding]:
    """The body of a route holds another part of the message.

    What clients send in the body is read as another field, or not at all; what they read there likewise.
    """
    for route, old in routed.before.items():
        new = routed.after.get(route, old)
        for part, left, right in (("request", old.body, new.body), ("response", old.response_body, new.response_body)):
            if left != right:
                words = f"from {left or 'nothing'} to {right or 'nothing'}"
                yield _finding(routed, f"{route[0]} {new.template} changed what the body of its {part} holds {words}")


def _finding(routed: _Routed, message: str, *, removes_promise: bool = False) -> Finding:
    return Finding(message, *routed.pair.places(HTTP), witness=_WITNESS, removes_promise=removes_promise)


def _routes(option: Plain | None) -> _Routes:
    """The routes of a method: its rule's own, and the additional ones."""
    if not isinstance(option, Mapping):
        return {}
    found: dict[_Route, _Binding] = {}
    additional = option.get("additional_bindings", ())
    for binding in (option, *(additional if isinstance(additional, tuple) else ())):
        if isinstance(binding, Mapping) and (pattern := _pattern(binding)) is not None:
            verb, template = pattern
            found[verb, _VARIABLE.sub(_segments, template)] = _Binding(
                template, binding.get("body", ""), binding.get("response_body", "")
            )
    return found


def _pattern(binding: Mapping[str, Plain]) -> tuple[str, str] | None:
    custom = binding.get("custom")
    if isinstance(custom, Mapping):
        return str(custom.get("kind", "")), str(custom.get("path", ""))
    return next(((verb.upper(), str(binding[verb])) for verb in _VERBS if verb in binding), None)


def _segments(variable: re.Match[str]) -> str:
    """What a variable matches: one segment, unless it says otherwise."""
    return variable[1] or "*"
