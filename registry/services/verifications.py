"""Verifications: a provider version ran a consumer's pact. Kept by the pact's content, so that equal content inherits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from registry.domain.access import Actor
from registry.domain.errors import BadRequest
from registry.domain.location import Location, child
from registry.domain.records import VerificationRecord
from registry.engines.documents.limits import Limits
from registry.services.pact_usage import read_pact
from registry.services.permissions import require_publish
from registry.services.publication_json import BODY
from registry.storage.pacts import NewVerification
from registry.storage.store import Store


@dataclass(frozen=True, slots=True)
class PactResult:
    """What came of one pact: its content hash, whether all of it held, and each interaction's outcome as the verifier tells it."""

    content: str
    success: bool
    interactions: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """One run of a provider version against some pacts."""

    provider: str
    version: str
    verifier: str
    results: tuple[PactResult, ...]


def content_of(pact: bytes, pointer: str, limits: Limits) -> str:
    """The content hash of a pact file that stands at a pointer of the request body. Raises the BadInput errors."""
    return read_pact(f"{BODY}{pointer}.json", pact, limits).content


def record_verifications(
    store: Store, report: VerificationReport, *, actor: Actor, now: datetime
) -> tuple[VerificationRecord, ...]:
    """Keep a run, one verification a pact.

    Raises Forbidden, NotFound for a provider, version or pact content that was never published, and BadRequest for a pact that
    names another provider or that is said to hold although an interaction failed.
    """
    service = store.services.by_name(report.provider)
    require_publish(actor, service.name, service.team)
    provider = store.services.version(service, report.version)
    kept: list[VerificationRecord] = []
    for index, result in enumerate(report.results):
        place = Location(BODY, child("/results", index))
        _check(store, result, report.provider, place)
        kept.append(
            store.pacts.verify(
                NewVerification(
                    content=result.content,
                    provider=provider,
                    success=result.success,
                    results=result.interactions,
                    verifier=report.verifier,
                    verified_at=now,
                    actor=actor.name,
                )
            )
        )
    store.audit.add(
        at=now,
        actor=actor.name,
        action="verification.record",
        subject=f"service:{service.name}@{provider.version}",
        detail={"pacts": {record.content: record.success for record in kept}},
    )
    return tuple(kept)


def _check(store: Store, result: PactResult, provider: str, place: Location) -> None:
    pact = store.pacts.by_content(result.content)
    if pact.provider != provider:
        raise BadRequest(f"The pact of {pact.consumer} is with {pact.provider}, not with {provider}.", place)
    if result.success and any(not interaction["success"] for interaction in result.interactions):
        raise BadRequest("A pact does not hold when one of its interactions fails.", place)
