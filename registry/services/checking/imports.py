"""Words about the releases that a contract imports, where they are others than before."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind, Source
from registry.domain.imports import imported_contracts
from registry.domain.publication import ProvidedContract
from registry.domain.semver import Version


def import_notices(old: Source, provided: ProvidedContract) -> Iterator[str]:
    """Words for each import that moved to a release which does not promise to fit the one before it.

    Within a major line the imported contract's own gate has judged what changed. Not a finding: the house's own rules judge what a
    contract's files declare, and the rules of buf that judge imports, too, are those that were chosen.
    """
    if provided.kind is not ContractKind.PROTOBUF:
        return
    before = {pin.contract: pin.version for pin in imported_contracts(old.files)}
    for pin in sorted(imported_contracts(provided.source.files), key=str):
        held = before.get(pin.contract)
        if held is not None and not _promises_to_fit(held, pin.version):
            yield (
                f"{provided.contract}: imports {pin} instead of {held}, which need not fit; `interlock changelog {pin.contract}` "
                f"says what changed between them."
            )


def _promises_to_fit(old: Version, new: Version) -> bool:
    return old == new or (old.gated and new.gated and old.major == new.major and old < new)
