"""Whether the major lines of an event call themselves by names of their own."""

from __future__ import annotations

from registry.domain.errors import BadLine
from registry.domain.publication import ProvidedContract
from registry.domain.records import ContractRecord, ReleaseNumber
from registry.engines.documents.limits import Limits
from registry.services.formats import engine_of
from registry.storage.store import Store


def check_line_name(store: Store, contract: ContractRecord, provided: ProvidedContract, limits: Limits) -> None:
    """Raise BadLine where a document calls its line what the newest release of another line calls itself.

    Consumers choose the schema of an event by that name, so an incompatible one needs another (CloudEvents 1.0.2, section 3.1.2).
    """
    version = provided.version
    if version is None or not version.gated:
        return
    engine = engine_of(contract.kind)
    named = engine.line_name(engine.read(provided.source, limits))
    for release in _newest_of_others(store, contract, version.major) if named is not None else ():
        other = engine.line_name(engine.read(store.revisions.source(release.revision, release.entry), limits))
        if named is not None and other is not None and other.text == named.text:
            message = f"{contract.name} {version} has the dataschema of {release.version}: {named.text}."
            raise BadLine(message, named.place)


def _newest_of_others(store: Store, contract: ContractRecord, major: int) -> tuple[ReleaseNumber, ...]:
    """The newest release of every other line that stands."""
    newest: dict[int, ReleaseNumber] = {}
    for release in store.releases.numbers(contract):
        line = release.version.major
        if release.yanked or not release.version.gated or line == major:
            continue
        if line not in newest or newest[line].version < release.version:
            newest[line] = release
    return tuple(newest.values())
