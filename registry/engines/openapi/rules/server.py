"""The addresses at which an operation is served changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.model import Servers
from registry.engines.openapi.wording import listed
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@rule(
    id="server-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SERVER,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(
        old="GET /carts: {}\nservers: [{url: https://eu.example}, {url: https://us.example}]",
        new="GET /carts: {}\nservers: [{url: https://eu.example}]",
    ),
    fine=Example(
        old="GET /carts: {}\nservers: [{url: https://eu.example}]",
        new="GET /carts: {}\nservers: [{url: https://eu.example/}]",
    ),
    cap_reason="A list of servers often names environments, and what answers at an address is decided outside the contract.",
)
def server_removed(contracts: ContractPair) -> Iterator[Finding]:
    """An address, or a value of one of its variables, is no longer listed.

    Clients that were configured with it are no longer promised an answer there.
    """
    for servers in contracts.servers.kept:
        gone = sorted(_addresses(servers.old) - _addresses(servers.new))
        if gone:
            yield servers.changed(f"No longer listed as a server: {listed(gone)}.", removes_promise=True)


@rule(
    id="server-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SERVER,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(
        old="GET /carts: {}\nservers: [{url: https://eu.example}]",
        new="GET /carts: {}\nservers: [{url: https://eu.example}, {url: https://us.example}]",
    ),
    fine=Example(
        old="GET /carts: {}\nservers: [{url: https://eu.example}]",
        new="GET /carts: {}\nservers: [{url: https://eu.example, description: Europe}]",
    ),
    cap_reason="What answers at an address is decided outside the contract.",
)
def server_added(contracts: ContractPair) -> Iterator[Finding]:
    """An address, or a value of one of its variables, is newly listed.

    Old clients do not know it.
    """
    for servers in contracts.servers.kept:
        come = sorted(_addresses(servers.new) - _addresses(servers.old))
        if come:
            yield servers.changed(f"Newly listed as a server: {listed(come)}.")


def _addresses(servers: Servers) -> set[str]:
    """Every address that a list of servers spells out, with the values of its variables where they are listed."""
    found: set[str] = set()
    for server in servers.servers:
        spelt = {server.url.rstrip("/") or "/"}
        for name, values in server.variables.items():
            if values:
                spelt = {url.replace(f"{{{name}}}", value) for url in spelt for value in values}
        found |= spelt
    return found
