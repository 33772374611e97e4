"""The numbered releases of a contract, and what happens to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from registry.domain import comparison_json
from registry.domain.records import ContractRecord, ReleaseRecord, ReleaseState, ReleaseStateRecord, ReleaseSummary
from registry.http.models.base import Moment, Reason, RequestModel, ResponseModel
from registry.http.models.comparison import Comparison


class ReleaseRow(ResponseModel):
    """A release as lists show it."""

    version: str
    ordinal: int
    revision: str
    released_at: datetime
    state: ReleaseState
    sunset: datetime | None

    @staticmethod
    def of(release: ReleaseSummary) -> ReleaseRow:
        """The row of a release."""
        return ReleaseRow(
            version=str(release.version),
            ordinal=release.ordinal,
            revision=release.revision,
            released_at=release.released_at,
            state=release.state,
            sunset=release.sunset,
        )


class ReleaseStateOut(ResponseModel):
    """Something that happened to a release."""

    state: ReleaseState
    reason: str
    sunset: datetime | None
    at: datetime
    actor: str


class ReleaseFull(ResponseModel):
    """A release: what it is made of, what changed since its baseline, and what became of it."""

    contract: str
    version: str
    ordinal: int
    revision: str
    entry: str
    examples: list[str]
    baseline: str = Field(description="The version that it was compared with; empty for the first of its line.")
    comparison: Comparison
    released_at: datetime
    actor: str
    states: list[ReleaseStateOut]

    @staticmethod
    def of(contract: ContractRecord, release: ReleaseRecord, states: tuple[ReleaseStateRecord, ...]) -> ReleaseFull:
        """The whole of a release."""
        return ReleaseFull(
            contract=contract.name,
            version=str(release.version),
            ordinal=release.ordinal,
            revision=release.revision,
            entry=release.entry,
            examples=list(release.examples),
            baseline=release.baseline,
            comparison=Comparison.model_validate(comparison_json.to_json(release.comparison)),
            released_at=release.released_at,
            actor=release.actor,
            states=[ReleaseStateOut.model_validate(state) for state in states],
        )


class ChangelogEntry(ResponseModel):
    """A release and its classified changes."""

    version: str
    ordinal: int
    baseline: str
    released_at: datetime
    comparison: Comparison

    @staticmethod
    def of(release: ReleaseRecord) -> ChangelogEntry:
        """The entry of a release."""
        return ChangelogEntry(
            version=str(release.version),
            ordinal=release.ordinal,
            baseline=release.baseline,
            released_at=release.released_at,
            comparison=Comparison.model_validate(comparison_json.to_json(release.comparison)),
        )


class StateChangeIn(RequestModel):
    """What is to happen to a release."""

    state: Annotated[Literal["deprecated", "superseded", "yanked"], Field(description="A yanked release stays yanked.")]
    reason: Reason
    sunset: Moment | None = Field(default=None, description="Until when a deprecated release is served.")
