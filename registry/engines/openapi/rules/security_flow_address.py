"""An address at which an OAuth flow gives or renews tokens changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._flows import ADDRESSES, kept_flows, scheme_with_flows
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, by_direction, rule


def _flow(*said: str) -> str:
    return scheme_with_flows(f"{{clientCredentials: {{{', '.join(said)}, scopes: {{}}}}}}")


_HERE = _flow("tokenUrl: https://login.example/token")
_ELSEWHERE = _flow("tokenUrl: https://auth.example/token")
_RENEWED = _flow("tokenUrl: https://login.example/token", "refreshUrl: https://login.example/renew")


@rule(
    id="security-flow-address-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_HERE, new=_ELSEWHERE),
    fine=Example(old=_HERE, new=_RENEWED),
    names=("api-security-component-oauth-url-changed", "api-security-component-oauth-token-url-changed"),
)
def security_flow_address_changed(contracts: ContractPair) -> Iterator[Finding]:
    """An OAuth flow has another address for authorisation, tokens or their renewal, or none any more.

    Old clients ask for their token where none is given any more.
    """
    for scheme, name, old, new in kept_flows(contracts):
        for key in ADDRESSES:
            address = old.text(key)
            if address is not None and new.text(key) != address:
                yield scheme.changed(f"The {key} of the flow {name} of `{scheme.new.name}` is no longer {address}.")


@rule(
    id="security-flow-address-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old=_HERE, new=_RENEWED),
    fine=Example(old=_HERE, new=_ELSEWHERE),
    cap_reason="A client that cannot renew its token can ask for another one.",
)
def security_flow_address_added(contracts: ContractPair) -> Iterator[Finding]:
    """An OAuth flow has an address that it had not, such as one for renewing tokens.

    Old clients do not use it. A server that is still the old one renews nothing for new clients.
    """
    for scheme, name, old, new in kept_flows(contracts):
        for key in ADDRESSES:
            if old.text(key) is None and new.text(key) is not None:
                yield scheme.changed(f"The flow {name} of `{scheme.new.name}` now has a {key}.")
