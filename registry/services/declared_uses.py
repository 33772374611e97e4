"""What consumers declare in their manifests to use of a contract."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from registry.domain.contract import ContractKind
from registry.domain.records import ContractRecord
from registry.storage.store import Store

_NAMED_AFTER_THE_CONTRACT = (ContractKind.JSONSCHEMA, ContractKind.AVRO)
"""The kinds whose elements begin with the contract's name."""


def declared_uses(store: Store, contract: ContractRecord, version_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """The elements that some service versions declare to use, by version id; a version that declared no detail has no entry.

    The elements of an event begin with its name. What was declared under a former name is told under the current one, for a
    published version cannot be told again.
    """
    former = store.contracts.aliases(contract) if contract.kind in _NAMED_AFTER_THE_CONTRACT else ()
    declared = store.services.uses(contract.id, version_ids)
    return {
        version_id: frozenset(_renamed(element, former, contract.name) for element in elements)
        for version_id, elements in declared.items()
    }


def _renamed(element: str, former: Collection[str], current: str) -> str:
    name, space, path = element.partition(" ")
    return f"{current}{space}{path}" if name in former else element
