"""The OAuth flows of a security scheme, as far as clients have to know them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.matching import Pair
from registry.engines.openapi.model import Scheme
from registry.engines.openapi.node import Node

ADDRESSES = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


def flows(scheme: Scheme) -> Mapping[str, Node]:
    """The flows of a scheme by name, without extensions."""
    return {name: flow for name, flow in scheme.node.within("flows") if not name.startswith("x-")}


def scopes(flow: Node) -> tuple[str, ...]:
    """The scopes that a flow offers."""
    return tuple(scope for scope, _ in flow.within("scopes"))


def kept_flows(contracts: ContractPair) -> Iterator[tuple[Pair[Scheme], str, Node, Node]]:
    """Every flow that a scheme offers in both versions: the scheme, the name of the flow, and the flow before and after."""
    for scheme in contracts.schemes.kept:
        new = flows(scheme.new)
        yield from ((scheme, name, flow, new[name]) for name, flow in flows(scheme.old).items() if name in new)


def scheme_with_flows(said: str) -> str:
    """The text of an example whose one operation asks for a scheme with some flows."""
    scheme = f"{{type: oauth2, flows: {said}}}"
    return f"GET /carts: {{security: [{{login: []}}]}}\ncomponents: {{securitySchemes: {{login: {scheme}}}}}"
