"""Whether what a contract imports is what the registry has released.

A release imports only what was released before it, under a number that never changes: so no two contracts can import each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from registry.domain.contract import ContractKind, digest_of, digest_of_files
from registry.domain.errors import BadRequest, NotFound
from registry.domain.imports import Import, imported_contracts
from registry.domain.publication import ProvidedContract
from registry.domain.records import ReleaseState
from registry.storage.store import Store


def check_imports(store: Store, provided: ProvidedContract, now: datetime) -> tuple[str, ...]:
    """What people should be told about the releases that a Protobuf contract imports; `check` and `publish` ask the same.

    Raises NotFound for a contract or release that does not exist, and BadRequest for one of another kind or of other bytes.
    """
    if provided.kind is not ContractKind.PROTOBUF:
        return ()
    imported = imported_contracts(provided.source.files)
    return tuple(notice for pin, files in sorted(imported.items(), key=str) for notice in _check(store, provided, pin, files, now))


def _check(store: Store, provided: ProvidedContract, pin: Import, paths: tuple[str, ...], now: datetime) -> Iterator[str]:
    contract = store.contracts.find(pin.contract)
    if contract is None:
        raise NotFound("contract", pin.contract, f"{provided.contract} imports {pin}: its owner has to publish it first.")
    if contract.kind is not ContractKind.PROTOBUF:
        raise BadRequest(f"{provided.contract} imports {pin}, which is of kind {contract.kind}: Protobuf imports Protobuf.")
    release = store.releases.find(contract, pin.version)
    if release is None:
        hint = f"{provided.contract} imports it; import a release that was published before."
        raise NotFound(f"release of {contract.name}", str(pin.version), hint)
    digests = {path: digest_of(provided.source.files[f"{pin.folder}/{path}"]) for path in paths}
    if digest_of_files(digests) != release.revision:
        raise BadRequest(
            f"{provided.contract} imports {pin} with other files than were released; run `interlock pull --force {pin}`."
        )
    states = store.releases.states(release)
    if states and states[-1].state is ReleaseState.YANKED:
        yield f"{provided.contract} imports {pin}, which was yanked: {states[-1].reason}"
    elif states and states[-1].sunset is not None and states[-1].sunset <= now:
        yield f"{provided.contract} imports {pin}, which is past its sunset, {states[-1].sunset.date()}."
