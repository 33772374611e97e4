"""What pages and endpoints show: the registry's rows, joined for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from registry.domain.change import Comparison, Waiver
from registry.domain.records import (
    ContractRecord,
    DeploymentRecord,
    EnvironmentRecord,
    PactPublicationRecord,
    ReleaseRecord,
    ReleaseStateRecord,
    ReleaseSummary,
    ServiceRecord,
    ServiceVersionRecord,
    VerificationRecord,
)
from registry.domain.semver import Version
from registry.services.catalog.content_rows import Contents


@dataclass(frozen=True, slots=True)
class Producer:
    """A service version that provides a contract, and where it runs. Channel and retention are those of an event."""

    service: str
    team: str
    version: str
    environments: tuple[str, ...]
    contract_version: Version | None
    channel: str
    retention_seconds: int | None


@dataclass(frozen=True, slots=True)
class Consumer:
    """A service version that consumes a contract, where it runs, and how that is known.

    `contract_version` is the release that it was built against; None for an own reader schema and where only pacts tell.
    `elements` None: it declared no detail and may use all of the contract.
    """

    service: str
    team: str
    version: str
    environments: tuple[str, ...]
    contract_version: Version | None
    elements: tuple[str, ...] | None
    source: str


@dataclass(frozen=True, slots=True)
class ContractSummary:
    """A contract as lists show it. `lines` are the newest standing releases of its major lines, highest first."""

    contract: ContractRecord
    lines: tuple[ReleaseSummary, ...]
    producers: tuple[Producer, ...]
    consumers: tuple[Consumer, ...]
    changed_at: datetime | None

    @property
    def channels(self) -> tuple[str, ...]:
        """Where the event is written, by name."""
        return tuple(sorted({producer.channel for producer in self.producers if producer.channel}))


@dataclass(frozen=True, slots=True)
class ContractDetail:
    """A contract with everybody around it. Releases are newest first; `aliases` are its former names."""

    contract: ContractRecord
    aliases: tuple[str, ...]
    releases: tuple[ReleaseSummary, ...]
    producers: tuple[Producer, ...]
    consumers: tuple[Consumer, ...]
    waivers: tuple[Waiver, ...]


@dataclass(frozen=True, slots=True)
class ReleaseDetail:
    """One release: what it contains, what it is made of, what changed since its baseline, and what became of it.

    `document` is the root document, None for Protobuf. When bytes were purged, `contents` and `document` are None, and `examples`
    is empty.
    """

    contract: ContractRecord
    release: ReleaseRecord
    states: tuple[ReleaseStateRecord, ...]
    published_by: ServiceVersionRecord
    files: tuple[tuple[str, str, int], ...]
    """(path, blob digest, size in bytes)."""
    contents: Contents | None
    document: bytes | None
    examples: Mapping[str, bytes]
    """The exact bytes of the examples by path."""


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event: the contract, and the release that is shown; None while none was made."""

    detail: ContractDetail
    shown: ReleaseDetail | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A contract that a service version provides or consumes, with the number that its revision has."""

    contract: ContractRecord
    version: Version | None
    channel: str
    retention_seconds: int | None
    own_reader: bool = False
    """Whether a consumer reads the contract by a schema of its own."""


@dataclass(frozen=True, slots=True)
class PactStatus:
    """A pact that a consumer version published, with the newest verification by each provider version, newest first."""

    publication: PactPublicationRecord
    verifications: tuple[VerificationRecord, ...]


@dataclass(frozen=True, slots=True)
class ServiceSummary:
    """A service as lists show it. Its newest version is that of its main branch, where there is one."""

    service: ServiceRecord
    entities: tuple[str, ...]
    newest: ServiceVersionRecord | None
    provides: tuple[str, ...]
    consumes: tuple[str, ...]
    running: tuple[DeploymentRecord, ...]


@dataclass(frozen=True, slots=True)
class ServiceDetail:
    """A service. What it provides, consumes and publishes as pacts is that of its newest version."""

    service: ServiceRecord
    entities: tuple[str, ...]
    newest: ServiceVersionRecord | None
    provides: tuple[Offer, ...]
    consumes: tuple[Offer, ...]
    running: tuple[DeploymentRecord, ...]
    versions: tuple[ServiceVersionRecord, ...]
    pacts_as_consumer: tuple[PactStatus, ...]
    pacts_as_provider: tuple[PactStatus, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """What runs where: for each service one cell for each environment, in the order of `environments`."""

    environments: tuple[EnvironmentRecord, ...]
    rows: tuple[tuple[ServiceRecord, tuple[tuple[DeploymentRecord, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class FileDifference:
    """One file in two releases. `lines` is the unified diff, whose first two lines name the file on either side.

    A file of more than 5,000 lines is `too_long` to be compared line by line.
    """

    path: str
    lines: tuple[str, ...]
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Two releases compared, with the consumers that each change reaches."""

    contract: ContractRecord
    old: ReleaseRecord
    new: ReleaseRecord
    comparison: Comparison
    files: tuple[FileDifference, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The registry at a glance: counts, the newest releases, and what stands deprecated, the soonest to go first."""

    services: int
    events: int
    contracts: int
    environments: int
    newest: tuple[tuple[ContractRecord, ReleaseSummary], ...]
    deprecated: tuple[tuple[ContractRecord, ReleaseSummary], ...]
