"""The OAuth flows of a security scheme changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import OFFER_ADDED, OFFER_REMOVED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_ADDRESSES = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


def _contract(flows: str) -> str:
    scheme = f"{{type: oauth2, flows: {flows}}}"
    return f"GET /carts: {{security: [{{login: []}}]}}\ncomponents: {{securitySchemes: {{login: {scheme}}}}}"


_ONE = _contract("{clientCredentials: {tokenUrl: https://login.example/token, scopes: {read: Read}}}")
_TWO = _contract(
    "{clientCredentials: {tokenUrl: https://login.example/token, scopes: {read: Read, write: Write}}, "
    "password: {tokenUrl: https://login.example/token, scopes: {}}}"
)
_ELSEWHERE = _contract("{clientCredentials: {tokenUrl: https://auth.example/token, scopes: {read: Read}}}")


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
        new = {name for name, _ in scheme.new.node.within("flows")}
        for name, flow in scheme.old.node.within("flows"):
            if name not in new:
                yield scheme.changed(f"The flow {name} of `{scheme.old.name}` was removed.", removes_promise=True)
                continue
            kept = scheme.new.node.member("flows")
            offered = kept.member(name) if kept else None
            left = {scope for scope, _ in offered.within("scopes")} if offered else set[str]()
            for scope, _ in flow.within("scopes"):
                if scope not in left:
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
    """An OAuth flow is offered that was not before.

    Old clients get their tokens as they did. New clients that rely on it get none from what is still the old server.
    """
    for scheme in contracts.schemes.kept:
        old = {name for name, _ in scheme.old.node.within("flows")}
        for name, _ in scheme.new.node.within("flows"):
            if name not in old:
                yield scheme.changed(f"The flow {name} of `{scheme.new.name}` is new.")


@rule(
    id="security-flow-address-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_ONE, new=_ELSEWHERE),
    fine=Example(old=_ONE, new=_TWO),
    names=("api-security-component-oauth-url-changed", "api-security-component-oauth-token-url-changed"),
)
def security_flow_address_changed(contracts: ContractPair) -> Iterator[Finding]:
    """An OAuth flow has another authorisation or token address.

    Old clients ask for their token where none is given any more.
    """
    for scheme in contracts.schemes.kept:
        new = dict(scheme.new.node.within("flows"))
        for name, flow in scheme.old.node.within("flows"):
            for key in _ADDRESSES:
                old_address = flow.text(key)
                if name in new and old_address is not None and new[name].text(key) != old_address:
                    yield scheme.changed(f"The {key} of the flow {name} of `{scheme.new.name}` is no longer {old_address}.")
