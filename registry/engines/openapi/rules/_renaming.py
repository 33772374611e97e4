"""The words for operations that look renamed."""

from __future__ import annotations

from collections.abc import Iterable

from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.model import Operation


def renamed_to(contracts: ContractPair, old: Operation) -> str:
    """A sentence, after a space, about the path that a removed operation looks renamed to; "" where there is none."""
    new = contracts.renamed.get(old.element)
    return f" It looks renamed to {new.template}, where requests and responses have the same shape." if new else ""


def renamed_from(contracts: ContractPair, new: Iterable[Operation]) -> str:
    """A sentence, after a space, about the paths that new operations look renamed from; "" where there are none."""
    elements = {operation.element for operation in new}
    found = [old.partition(" ")[2] for old, became in contracts.renamed.items() if became.element in elements]
    return f" It looks renamed from {' and '.join(dict.fromkeys(found))}." if found else ""
