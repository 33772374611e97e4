"""Whether whoever was let in before is let in now: security requirements as a choice of sets of schemes with scopes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.model import Requirements, Scheme

ANYBODY: Mapping[str, frozenset[str]] = {}
"""What an operation without requirements asks for: nothing."""


def alternatives(requirements: Requirements) -> Sequence[Mapping[str, frozenset[str]]]:
    """The sets of schemes of which any lets a client in; anybody comes in where there is none."""
    return [alternative.schemes for alternative in requirements.alternatives] or [ANYBODY]


def renamed(contracts: ContractPair, needed: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """An alternative of the old version with its schemes called as the new version calls them.

    A scheme that the new version does not name, but has under another name with equal content, is the same scheme.
    """
    return {_name_in_new(contracts, name): scopes for name, scopes in needed.items()}


def admits(asked: Mapping[str, frozenset[str]], held: Mapping[str, frozenset[str]]) -> bool:
    """Whether a client that holds all of `held` satisfies `asked`."""
    return all(name in held and scopes <= held[name] for name, scopes in asked.items())


def same_schemes(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> bool:
    """Whether two alternatives ask for the same schemes, whatever the scopes."""
    return one.keys() == other.keys()


def spelt(needed: Mapping[str, frozenset[str]]) -> str:
    """An alternative in words, such as "`oauth` (carts:read) and `key`", or "no authentication"."""
    each = (f"`{name}` ({', '.join(sorted(scopes))})" if scopes else f"`{name}`" for name, scopes in sorted(needed.items()))
    return " and ".join(each) or "no authentication"


def _name_in_new(contracts: ContractPair, name: str) -> str:
    old = contracts.old_schemes.get(name)
    if old is None or name in contracts.new_schemes:
        return name
    return next((other for other, scheme in contracts.new_schemes.items() if _same(old, scheme)), name)


def _same(old: Scheme, new: Scheme) -> bool:
    return _essential(old) == _essential(new)


def _essential(scheme: Scheme) -> dict[str, object]:
    return {key: node.value for key, node in scheme.node.members() if key != "description" and not key.startswith("x-")}
