"""Comparisons: what changed between two revisions, with the proof, and who is hurt."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity, Verdict
from registry.http.models.base import ResponseModel


class Place(ResponseModel):
    """A place in a file: a JSON pointer in JSON and YAML, a full name in Protobuf; lines and columns count from 1.

    The end is after the last character, where it is known.
    """

    file: str
    path: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None

    @staticmethod
    def of(location: Location) -> Place:
        """The place that a location names."""
        position, end = location.position, location.end
        return Place(
            file=location.file,
            path=location.path,
            line=position.line if position else None,
            column=position.column if position else None,
            end_line=end.line if end else None,
            end_column=end.column if end else None,
        )


class DocumentWitness(ResponseModel):
    """A document that one version accepts and the other refuses."""

    type: Literal["document"]
    document: Any
    accepted_by: str
    refused_by: str


class HttpWitness(ResponseModel):
    """An exchange that was fine under one version and is not under the other."""

    type: Literal["http"]
    method: str
    target: str
    headers: dict[str, str]
    body: Any
    status: str | None


class WireWitness(ResponseModel):
    """Bytes written under one version and what the other reads in them."""

    type: Literal["wire"]
    message: str
    hex: str
    written: str
    read: str


class NoWitness(ResponseModel):
    """Why no document can show this change."""

    type: Literal["none"]
    reason: str


Witness = Annotated[DocumentWitness | HttpWitness | WireWitness | NoWitness, Field(discriminator="type")]


class ConsumerUse(ResponseModel):
    """A consumer that exercises what changed, and where it runs. No elements: it declared no detail and may use all."""

    service: str
    version: str
    environments: list[str]
    elements: list[str]
    source: str


class WaiverOut(ResponseModel):
    """Leave for one rule to break one element, until it expires."""

    rule: str
    element: str
    reason: str
    actor: str
    expires: str


class Change(ResponseModel):
    """One finding, at the place where it changed."""

    rule: str
    severity: Severity
    direction: Direction
    old: Place | None
    new: Place | None
    message: str
    elements: list[str]
    witness: Witness
    consumers: list[ConsumerUse]
    removes_promise: bool
    waived_by: WaiverOut | None
    severity_reason: str
    aliases: list[str]


class Undecided(ResponseModel):
    """A place where the engine can prove neither side, and the construct that stopped it."""

    rule: str
    direction: Direction
    what_stopped: str = Field(alias="construct")
    old: Place | None
    new: Place | None
    message: str
    elements: list[str]
    waived_by: WaiverOut | None


class Comparison(ResponseModel):
    """What changed between two revisions, worst first, and what could not be decided."""

    verdict: Verdict
    changes: list[Change]
    undecided: list[Undecided]
