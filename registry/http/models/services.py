"""Services and their versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from registry.domain.contract import ContractKind
from registry.domain.records import BindingRecord, DeploymentRecord, Role, ServiceRecord, ServiceVersionRecord
from registry.http.models.base import Name, RequestModel, ResponseModel
from registry.http.models.environments import DeploymentOut
from registry.services.catalog.values import Offer, ServiceDetail, ServiceSummary


class ServiceOut(ResponseModel):
    """A service and the team that owns it."""

    name: str
    team: str
    domain: str
    description: str
    main_branch: str


class ServiceVersionOut(ResponseModel):
    """A published version of a service."""

    service: str
    team: str
    version: str
    content: str = Field(description="The digest of all that it was published with.")
    repository: str
    commit: str
    branch: str
    committed_at: datetime | None
    published_at: datetime
    actor: str


class ServiceRow(ServiceOut):
    """A service as lists show it: the names of what its newest version provides and consumes, and what runs."""

    entities: list[str]
    newest: ServiceVersionOut | None
    provides: list[str]
    consumes: list[str]
    running: list[DeploymentOut]

    @staticmethod
    def of(found: ServiceSummary) -> ServiceRow:
        """The row of a service."""
        return ServiceRow(
            **_facts(found.service),
            entities=list(found.entities),
            newest=None if found.newest is None else ServiceVersionOut.model_validate(found.newest),
            provides=list(found.provides),
            consumes=list(found.consumes),
            running=[DeploymentOut.of(row) for row in found.running],
        )


class OfferOut(ResponseModel):
    """A contract that the newest version of a service provides or consumes, with the number of its revision."""

    contract: str
    version: str | None
    channel: str
    retention_seconds: int | None
    own_reader: bool = Field(description="Whether a consumer reads the contract by a schema of its own.")

    @staticmethod
    def of(offer: Offer) -> OfferOut:
        """The row of an offer."""
        return OfferOut(
            contract=offer.contract.name,
            version=str(offer.version) if offer.version else None,
            channel=offer.channel,
            retention_seconds=offer.retention_seconds,
            own_reader=offer.own_reader,
        )


class ServiceFull(ServiceOut):
    """A service: what its newest version provides and consumes, and what runs."""

    entities: list[str]
    newest: ServiceVersionOut | None
    provides: list[OfferOut]
    consumes: list[OfferOut]
    running: list[DeploymentOut]

    @staticmethod
    def of(found: ServiceDetail) -> ServiceFull:
        """The whole of a service."""
        return ServiceFull(
            **_facts(found.service),
            entities=list(found.entities),
            newest=None if found.newest is None else ServiceVersionOut.model_validate(found.newest),
            provides=[OfferOut.of(offer) for offer in found.provides],
            consumes=[OfferOut.of(offer) for offer in found.consumes],
            running=[DeploymentOut.of(row) for row in found.running],
        )


class BindingOut(ResponseModel):
    """What a service version provides or consumes."""

    role: Role
    contract: str
    kind: ContractKind
    is_event: bool
    revision: str
    entry: str
    version: str | None = Field(description="The contract version that was declared.")
    channel: str
    retention_seconds: int | None

    @staticmethod
    def of(binding: BindingRecord) -> BindingOut:
        """The row of a binding."""
        return BindingOut(
            role=binding.role,
            contract=binding.contract,
            kind=binding.kind,
            is_event=binding.is_event,
            revision=binding.revision,
            entry=binding.entry,
            version=str(binding.declared_version) if binding.declared_version else None,
            channel=binding.channel,
            retention_seconds=binding.retention_seconds,
        )


class ServiceVersionFull(ServiceVersionOut):
    """A service version with what it provides and consumes, and where it ran."""

    bindings: list[BindingOut]
    deployments: list[DeploymentOut]

    @staticmethod
    def assembled(
        version: ServiceVersionRecord, bindings: tuple[BindingRecord, ...], deployments: tuple[DeploymentRecord, ...]
    ) -> ServiceVersionFull:
        """The whole of a service version."""
        return ServiceVersionFull(
            **ServiceVersionOut.model_validate(version).model_dump(),
            bindings=[BindingOut.of(binding) for binding in bindings],
            deployments=[DeploymentOut.of(deployment) for deployment in deployments],
        )


class ServiceTransferIn(RequestModel):
    """The new owner of a service, its entities and its contracts."""

    team: Name


def _facts(service: ServiceRecord) -> dict[str, Any]:
    return ServiceOut.model_validate(service).model_dump()
