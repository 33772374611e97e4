"""The addresses of pages: the one place that knows their shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from registry.domain.change import Change, Undecided
from registry.domain.contract import digest_of
from registry.domain.deployability import Edge
from registry.domain.location import Location
from registry.domain.records import ContractRecord


def contract_href(contract: ContractRecord) -> str:
    """The page of a contract; events have their own."""
    return f"/{'events' if contract.is_event else 'contracts'}/{_part(contract.name)}"


def contract_name_href(name: str) -> str:
    """The page of a contract of which only the name is known."""
    return f"/contracts/{_part(name)}"


def release_href(contract: str, version: object) -> str:
    """The page of a contract version."""
    return f"/contracts/{_part(contract)}/{_part(str(version))}"


def file_href(contract: str, version: object, path: str, line: int | None = None) -> str:
    """The page of a file of a contract version, at a line."""
    return f"{release_href(contract, version)}/files/{quote(path)}{f'#L{line}' if line else ''}"


def place_href(contract: str, version: object, place: Location) -> str:
    """The page of the file in which a place is, at its line."""
    return file_href(contract, version, place.file, place.position.line if place.position else None)


def diff_href(contract: str, old: object = None, new: object = None) -> str:
    """The comparison of two versions of a contract, or of the newest two."""
    query = {name: str(value) for name, value in (("from", old), ("to", new)) if value}
    return f"/contracts/{_part(contract)}/diff{f'?{urlencode(query)}' if query else ''}"


def service_href(service: str) -> str:
    """The page of a service."""
    return f"/services/{_part(service)}"


def decision_href(service: str, version: str = "", environment: str = "") -> str:
    """The answer to can-i-deploy, or the form that asks it."""
    query = {"service": service, "version": version, "environment": environment}
    return f"/decisions?{urlencode({name: value for name, value in query.items() if value})}"


def page_href(address: str, after: str) -> str:
    """The page of a list that starts after a name."""
    return f"{address}?{urlencode({'after': after})}"


def finding_id(finding: Change | Undecided) -> str:
    """The fragment that leads to a finding; equal findings have equal ones, also after the page was made anew."""
    facts = (finding.rule, finding.direction, finding.old, finding.new, finding.message, finding.elements)
    return f"{_part(finding.rule)}-{digest_of(repr(facts).encode())[:8]}"


def _part(text: str) -> str:
    return quote(text, safe="")


def crumbs_of(contract: ContractRecord) -> list[tuple[str, str]]:
    """The way down to what is below a contract: (address, name) of each page."""
    above = ("/events", "Events") if contract.is_event else ("/contracts", "Contracts")
    return [("/", "Catalog"), above, (contract_href(contract), contract.name)]


def edge_href(edge: Edge) -> str:
    """What an edge of a decision is about: a contract, or the pacts of a provider."""
    if edge.contract.startswith("pact "):
        return f"{service_href(edge.provider.service)}#pacts"
    return contract_name_href(edge.contract)


LINKS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        contract_href,
        contract_name_href,
        release_href,
        file_href,
        place_href,
        diff_href,
        service_href,
        decision_href,
        crumbs_of,
        edge_href,
        page_href,
        finding_id,
    )
}
"""What templates may call."""
