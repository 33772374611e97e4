"""Environments, and what runs or is supported there."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from registry.domain.records import DeploymentRecord
from registry.http.models.base import Line, Name, OptionalLine, RequestModel, ResponseModel, Text


class DeploymentOut(ResponseModel):
    """A version that runs, or is supported, in an environment; `ended_at` is null while it does."""

    environment: str
    service: str
    version: str
    team: str
    instance: str
    started_at: datetime
    ended_at: datetime | None
    supported: bool = Field(description="Whether this is a release to the environment, which ends nothing.")

    @staticmethod
    def of(record: DeploymentRecord) -> DeploymentOut:
        """The row of a deployment."""
        return DeploymentOut(
            environment=record.environment,
            service=record.service_version.service,
            version=record.service_version.version,
            team=record.service_version.team,
            instance=record.instance,
            started_at=record.started_at,
            ended_at=record.ended_at,
            supported=record.supported,
        )


class EnvironmentOut(ResponseModel):
    """A place where versions run."""

    name: str
    production: bool
    description: str


class EnvironmentIn(RequestModel):
    """A new environment."""

    name: Name
    production: bool
    description: Text = ""


class DeploymentIn(RequestModel):
    """A version that runs now, as one application instance; the one before it in that place has ended."""

    service: Name
    version: Line
    instance: OptionalLine = ""


class UndeploymentIn(RequestModel):
    """An application instance that is gone."""

    service: Name
    instance: OptionalLine = ""


class SupportIn(RequestModel):
    """A version that is offered to users in an environment, or no longer is."""

    service: Name
    version: Line
