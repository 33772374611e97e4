"""What the registry remembers, as values: storage hands these out, services and faces read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from registry.domain.access import Scope
from registry.domain.change import Comparison
from registry.domain.contract import ContractKind, Mode, OnUnknown
from registry.domain.policy import ComparisonPolicy
from registry.domain.semver import Version


class Role(StrEnum):
    """What a service version has to do with a contract."""

    PROVIDES = "provides"
    CONSUMES = "consumes"


class ReleaseState(StrEnum):
    """What can happen to a release after it was made."""

    ACTIVE = "active"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"
    YANKED = "yanked"


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """A service."""

    id: int
    name: str
    team: str
    domain: str
    description: str
    main_branch: str


@dataclass(frozen=True, slots=True)
class ServiceVersionRecord:
    """A version of a service. `content` is the digest of all that it was published with."""

    id: int
    service_id: int
    service: str
    team: str
    version: str
    content: str
    repository: str
    commit: str
    branch: str
    committed_at: datetime | None
    published_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """A contract under its current name. `service` is the one that owns it, where one does."""

    id: str
    name: str
    kind: ContractKind
    team: str
    service: str | None
    is_event: bool
    entity: str | None
    mode: Mode
    on_unknown: OnUnknown
    description: str
    policy: ComparisonPolicy = ComparisonPolicy()


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A numbered release of a contract, with what changed since `baseline` (a version, or "" for the first of its line)."""

    id: int
    contract_id: str
    version: Version
    ordinal: int
    revision: str
    entry: str
    examples: tuple[str, ...]
    service_version_id: int
    baseline: str
    comparison: Comparison
    released_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class ReleaseNumber:
    """A release without its change log, which is all that the gate needs of most."""

    id: int
    version: Version
    ordinal: int
    revision: str
    entry: str
    baseline: str
    yanked: bool


@dataclass(frozen=True, slots=True)
class ReleaseStateRecord:
    """Something that happened to a release."""

    release_id: int
    state: ReleaseState
    reason: str
    sunset: datetime | None
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """A release as lists show it: its number and what became of it, without the changes. `sunset` is of the newest state."""

    id: int
    contract_id: str
    version: Version
    ordinal: int
    revision: str
    released_at: datetime
    state: ReleaseState
    sunset: datetime | None


@dataclass(frozen=True, slots=True)
class BindingRecord:
    """A service version that provides or consumes a revision of a contract."""

    id: int
    service_version: ServiceVersionRecord
    role: Role
    contract_id: str
    contract: str
    kind: ContractKind
    is_event: bool
    revision: str
    entry: str
    declared_version: Version | None
    channel: str
    retention_seconds: int | None
    examples: tuple[str, ...]

    @property
    def by_own_descriptors(self) -> bool:
        """Whether a consumer's stubs are made from Protobuf descriptors of its own, and not from a release."""
        return self.kind is ContractKind.PROTOBUF and self.role is Role.CONSUMES and self.declared_version is None


@dataclass(frozen=True, slots=True)
class PactRecord:
    """The content of a pact. `uses` is what it exercises, as the pact engine extracted it."""

    id: int
    consumer: str
    provider: str
    content: str
    uses: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PactPublicationRecord:
    """A consumer version and a pact that it published; `blob` is the digest of the exact bytes."""

    pact: PactRecord
    consumer_version: ServiceVersionRecord
    blob: str


@dataclass(frozen=True, slots=True)
class VerificationRecord:
    """A provider version's run of a pact content."""

    id: int
    content: str
    provider: str
    provider_version: str
    success: bool
    results: tuple[Mapping[str, Any], ...]
    verifier: str
    verified_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class EnvironmentRecord:
    """A place where versions run."""

    id: int
    name: str
    production: bool
    description: str


@dataclass(frozen=True, slots=True)
class DeploymentRecord:
    """A version that runs, or ran until `ended_at`, in an environment. `supported` marks a release to the environment."""

    id: int
    environment: str
    service_version: ServiceVersionRecord
    instance: str
    started_at: datetime
    ended_at: datetime | None
    supported: bool = False


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """An access token, without its secret."""

    name: str
    scopes: frozenset[Scope]
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who did what to which thing."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]
