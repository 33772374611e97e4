"""An OAuth flow of a security scheme, or a scope of one, came or went."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._flows import flows, kept_flows, scheme_with_flows, scopes
from registry.engines.openapi.rules._shared import OFFER_ADDED, OFFER_REMOVED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule

_ONE = scheme_with_flows("{clientCredentials: {tokenUrl: https://login.example/token, scopes: {read: Read}}}")
_TWO = scheme_with_flows(
    "{clientCredentials: {tokenUrl: https://login.example/token, scopes: {read: Read, write: Write}}, "
    "password: {tokenUrl: https://login.example/token, scopes: {}}}"
)


@rule(
    id="security-flow-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=OFFER_REMOVED,
    breaks=Example(old=_TWO, new=_ONE),
    fine=Example(old=_ONE, new=_TWO),
    names=("api-security-component-oauth-scope-removed",),
)
def security_flow_removed(contracts: ContractPair) -> Iterator[Finding]:
    """An OAuth flow, or a scope of one, is no longer offered.

    Old clients that ask for a token in that way, or for that scope, get none.
    """
    for scheme in contracts.schemes.kept:
        for name in flows(scheme.old).keys() - flows(scheme.new).keys():
            yield scheme.changed(f"The flow {name} of `{scheme.old.name}` was removed.", removes_promise=True)
    for scheme, name, old, new in kept_flows(contracts):
        for scope in scopes(old):
            if scope not in scopes(new):
                message = f"The scope {scope} of the flow {name} of `{scheme.old.name}` was removed."
                yield scheme.changed(message, removes_promise=True)


@rule(
    id="security-flow-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=OFFER_ADDED,
    breaks=Example(old=_ONE, new=_TWO),
    fine=Example(old=_TWO, new=_ONE),
    names=("api-security-component-oauth-scope-added",),
)
def security_flow_added(contracts: ContractPair) -> Iterator[Finding]:
    """An OAuth flow, or a scope of one, is offered that was not before.

    Old clients get their tokens as they did. New clients that rely on it get none from what is still the old server.
    """
    for scheme in contracts.schemes.kept:
        for name in flows(scheme.new).keys() - flows(scheme.old).keys():
            yield scheme.changed(f"The flow {name} of `{scheme.new.name}` is new.")
    for scheme, name, old, new in kept_flows(contracts):
        for scope in scopes(new):
            if scope not in scopes(old):
                yield scheme.changed(f"The scope {scope} of the flow {name} of `{scheme.new.name}` is new.")
