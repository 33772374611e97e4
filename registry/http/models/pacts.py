"""Pacts and their verifications."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field, model_validator

from registry.domain.errors import LimitExceeded
from registry.domain.location import child
from registry.domain.records import PactPublicationRecord, VerificationRecord
from registry.engines.documents.limits import Limits
from registry.http.models.base import Base64, Digest, Items, Line, Name, OptionalLine, RequestModel, ResponseModel, Text
from registry.services.publication_json import decoded
from registry.services.soundness import MOST_PARTS
from registry.services.verifications import PactResult, VerificationReport, content_of


class InteractionResultIn(RequestModel):
    """What came of one interaction."""

    description: Text
    success: bool
    problem: Text = Field(default="", description="What was wrong, as the verifier tells it.")


class PactResultIn(RequestModel):
    """What came of one pact, named by its file or by its content hash."""

    pact: Base64 | None = Field(default=None, description="The pact file that was verified.")
    content: Digest | None = Field(default=None, description="Its content hash, where that is known.")
    success: bool
    interactions: Items[InteractionResultIn] = Field(default=[])

    @model_validator(mode="after")
    def _named_once(self) -> PactResultIn:
        if (self.pact is None) == (self.content is None):
            raise ValueError("name the pact either by its file or by its content hash")
        return self


class VerificationIn(RequestModel):
    """A run of a provider version against pacts."""

    provider: Name
    version: Line
    verifier: OptionalLine = Field(default="", description="The program that ran, with its version.")
    results: Items[PactResultIn] = Field(min_length=1)

    def report(self, limits: Limits) -> VerificationReport:
        """The report with every pact named by its content hash. Raises the BadInput errors for a file that is no pact."""
        if len(self.results) > MOST_PARTS:
            raise LimitExceeded(f"{len(self.results)} results are too many at once; {MOST_PARTS} are read.")
        return VerificationReport(
            self.provider,
            self.version,
            self.verifier or "an unnamed verifier",
            tuple(_result(row, child("/results", index, "pact"), limits) for index, row in enumerate(self.results)),
        )


class VerificationOut(ResponseModel):
    """A provider version's run of a pact content; equal content inherits it."""

    content: str
    provider: str
    provider_version: str
    success: bool
    results: list[dict[str, Any]]
    verifier: str
    verified_at: datetime
    actor: str


class PactOut(ResponseModel):
    """A pact by its content: what affects its verification."""

    consumer: str
    provider: str
    content: str


class PactFull(PactOut):
    """A pact with its newest file, what it uses, and its verifications, newest first."""

    uses: dict[str, Any]
    consumer_version: str = Field(description="The newest version that published it.")
    file: str = Field(description="The exact bytes that this version published, as base64.")
    verifications: list[VerificationOut]

    @staticmethod
    def assembled(publication: PactPublicationRecord, file: str, verifications: tuple[VerificationRecord, ...]) -> PactFull:
        """The whole of a pact."""
        pact = publication.pact
        return PactFull(
            consumer=pact.consumer,
            provider=pact.provider,
            content=pact.content,
            uses=dict(pact.uses),
            consumer_version=publication.consumer_version.version,
            file=file,
            verifications=[VerificationOut.model_validate(row) for row in verifications],
        )


def _result(row: PactResultIn, pointer: str, limits: Limits) -> PactResult:
    content = row.content if row.pact is None else content_of(decoded(row.pact, pointer), pointer, limits)
    return PactResult(content or "", row.success, tuple(interaction.model_dump() for interaction in row.interactions))
