"""The value that a variable of a server has where nobody gives one changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule


def _server(default: str) -> str:
    variable = f"{{region: {{default: {default}, enum: [eu, us]}}}}"
    return f"GET /carts: {{}}\nservers: [{{url: 'https://{{region}}.example', variables: {variable}}}]"


@rule(
    id="server-variable-default-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SERVER,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(old=_server("eu"), new=_server("us")),
    fine=Example(old=_server("eu"), new=_server("eu")),
    cap_reason="Both addresses may be served; what answers at one is decided outside the contract.",
)
def server_variable_default_changed(contracts: ContractPair) -> Iterator[Finding]:
    """A variable of a server has another default.

    Clients that leave it to the default turn to another address from the day on which they read the new document.
    """
    for servers in contracts.servers.kept:
        new = {server.url: server for server in servers.new.servers}
        for server in servers.old.servers:
            for name, variable in server.node.within("variables"):
                other = new[server.url].node.member("variables") if server.url in new else None
                now = other.member(name) if other else None
                old_default, new_default = variable.text("default"), now.text("default") if now else None
                if old_default is not None and new_default is not None and old_default != new_default:
                    yield servers.changed(f"`{name}` of {server.url} is `{new_default}` by default, not `{old_default}`.")
