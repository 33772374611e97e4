"""Checking what a branch would publish."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from registry.domain.contract import OnUnknown
from registry.domain.verdict import Verdict
from registry.http.models.base import Items, Line, Name, RequestModel, ResponseModel
from registry.http.models.comparison import Change, Undecided
from registry.http.models.publications import ServiceVersionIn


class CheckIn(RequestModel):
    """What a branch would publish."""

    service_versions: Items[ServiceVersionIn] = Field(min_length=1)
    baseline_commit: Line | None = Field(default=None, description="The merge base with the main branch.")
    environments: Items[Name] = Field(default=[], description="Environments to compare with beside those of the policies.")


class CheckedChange(Change):
    """A change, and in which comparison it was found."""

    service: str
    contract: str
    version: str | None
    against: str


class CheckedUndecided(Undecided):
    """An open question, and in which comparison it came up."""

    service: str
    contract: str
    version: str | None
    against: str


class CheckedContract(ResponseModel):
    """One contract against one baseline."""

    service: str
    contract: str
    version: str | None
    against: str
    kind: str
    gates: bool
    on_unknown: OnUnknown
    knows_consumers: bool
    verdict: Verdict


class CheckReport(ResponseModel):
    """Everything that was compared, and what people should be told besides."""

    verdict: Verdict
    as_of: datetime | None = Field(description="The moment at which sunsets were judged.")
    changes: list[CheckedChange]
    undecided: list[CheckedUndecided]
    contracts: list[CheckedContract]
    notices: list[str]
