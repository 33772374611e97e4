"""Contracts, who is around them, and what their owners do with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from registry.domain import comparison_json
from registry.domain.change import Waiver
from registry.domain.contract import ContractKind, Mode, OnUnknown
from registry.domain.policy import Allowance
from registry.domain.policy_json import comparison_policy_to_json
from registry.domain.records import ContractRecord
from registry.http.models.base import Element, Line, Moment, Name, Reason, RequestModel, ResponseModel
from registry.http.models.comparison import Comparison, WaiverOut
from registry.http.models.releases import ReleaseRow
from registry.services.catalog.values import Consumer, ContractDetail, ContractSummary, Difference, Producer


class ContractOut(ResponseModel):
    """A contract under its current name. The id stays when the name changes."""

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


class ProducerOut(ResponseModel):
    """A service version that provides a contract, and where it runs."""

    service: str
    team: str
    version: str
    environments: list[str]
    contract_version: str | None
    channel: str
    retention_seconds: int | None

    @staticmethod
    def of(producer: Producer) -> ProducerOut:
        """The row of a producer."""
        return ProducerOut(
            service=producer.service,
            team=producer.team,
            version=producer.version,
            environments=list(producer.environments),
            contract_version=str(producer.contract_version) if producer.contract_version else None,
            channel=producer.channel,
            retention_seconds=producer.retention_seconds,
        )


class ConsumerOut(ResponseModel):
    """A service version that consumes a contract, where it runs, and how that is known."""

    service: str
    team: str
    version: str
    environments: list[str]
    contract_version: str | None
    elements: list[str] | None = Field(description="What it uses; null: it declared no detail and may use all.")
    source: str

    @staticmethod
    def of(consumer: Consumer) -> ConsumerOut:
        """The row of a consumer."""
        return ConsumerOut(
            service=consumer.service,
            team=consumer.team,
            version=consumer.version,
            environments=list(consumer.environments),
            contract_version=str(consumer.contract_version) if consumer.contract_version else None,
            elements=None if consumer.elements is None else list(consumer.elements),
            source=consumer.source,
        )


class ContractRow(ContractOut):
    """A contract as lists show it; `lines` are the newest standing releases of its major lines."""

    lines: list[ReleaseRow]
    producers: list[str]
    consumers: list[str]
    channels: list[str]
    changed_at: datetime | None

    @staticmethod
    def of(summary: ContractSummary) -> ContractRow:
        """The row of a contract."""
        return ContractRow(
            **_facts(summary.contract),
            lines=[ReleaseRow.of(release) for release in summary.lines],
            producers=sorted({producer.service for producer in summary.producers}),
            consumers=sorted({consumer.service for consumer in summary.consumers}),
            channels=list(summary.channels),
            changed_at=summary.changed_at,
        )


class ProtobufPolicyOut(ResponseModel):
    """Which of buf's rules judge a Protobuf contract, and what may pass beyond them."""

    use: list[str]
    exclude: list[str]
    allow: list[Allowance]


class ComparisonPolicyOut(ResponseModel):
    """What the owner has two revisions compared by."""

    minimum_notice: dict[str, int] = Field(description="Days before the sunset, by stability level.")
    protobuf: ProtobufPolicyOut


class ContractFull(ContractOut):
    """A contract with everybody around it."""

    aliases: list[str]
    policy: ComparisonPolicyOut
    releases: list[ReleaseRow]
    producers: list[ProducerOut]
    consumers: list[ConsumerOut]
    waivers: list[WaiverOut]

    @staticmethod
    def of(detail: ContractDetail) -> ContractFull:
        """The whole of a contract."""
        return ContractFull(
            **_facts(detail.contract),
            aliases=list(detail.aliases),
            policy=ComparisonPolicyOut.model_validate(comparison_policy_to_json(detail.contract.policy)),
            releases=[ReleaseRow.of(release) for release in detail.releases],
            producers=[ProducerOut.of(producer) for producer in detail.producers],
            consumers=[ConsumerOut.of(consumer) for consumer in detail.consumers],
            waivers=[WaiverOut.model_validate(waiver) for waiver in detail.waivers],
        )


class DifferenceOut(Comparison):
    """Two releases compared, with the consumers that each change reaches."""

    contract: str
    old_version: str
    new_version: str

    @staticmethod
    def of(found: Difference) -> DifferenceOut:
        """The comparison of two releases."""
        return DifferenceOut(
            contract=found.contract.name,
            old_version=str(found.old.version),
            new_version=str(found.new.version),
            **comparison_json.to_json(found.comparison),
        )


class WaiverIn(RequestModel):
    """Leave for one rule to break one element of a contract."""

    rule: Line
    element: Element
    reason: Reason
    expires: Moment

    def waiver(self) -> Waiver:
        """The waiver; its actor is whoever makes the request."""
        return Waiver(self.rule, self.element, self.reason, "", self.expires.isoformat())


class TransferIn(RequestModel):
    """The new owner of a contract."""

    team: Name
    service: Name | None = None


class RenameIn(RequestModel):
    """The new name of a contract; the old one goes on leading to it."""

    name: Name


def _facts(contract: ContractRecord) -> dict[str, Any]:
    return ContractOut.model_validate(contract).model_dump()
