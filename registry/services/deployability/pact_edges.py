"""Edges from pacts: HTTP and messages, proved by provider verifications."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.abbreviation import abbreviated
from registry.domain.deployability import Edge, Evidence, EvidenceKind, Party, Wire
from registry.domain.records import PactPublicationRecord, ServiceVersionRecord, VerificationRecord
from registry.domain.verdict import Verdict
from registry.services.deployability.world import World
from registry.storage.store import Store


def pact_edges(store: Store, world: World) -> Iterator[Edge]:
    """What the candidate expects of the providers here, and what the consumers here expect of the candidate.

    A provider that is absent leaves the candidate's expectation open; a consumer that is absent expects nothing.
    """
    candidate = world.party(world.candidate)
    for publication in store.pacts.published_by([world.candidate.id]):
        provider = publication.pact.provider
        instances = world.instances_of(provider)
        if not instances:
            yield _edge(publication, candidate, world.absent(provider), _nobody())
        for instance in instances:
            party = world.party(instance.service_version, instance=instance.instance)
            yield _edge(publication, candidate, party, _evidence(store, publication, instance.service_version))
    consumers = {row.service_version.id: row for row in world.others}
    for publication in store.pacts.naming_provider(world.candidate.service, sorted(consumers)):
        row = consumers[publication.consumer_version.id]
        consumer = world.party(publication.consumer_version, instance=row.instance)
        yield _edge(publication, consumer, candidate, _evidence(store, publication, world.candidate))


def _edge(publication: PactPublicationRecord, consumer: Party, provider: Party, evidence: Evidence) -> Edge:
    pact = publication.pact
    wire = Wire.MESSAGE if pact.uses.get("messages") and not pact.uses.get("http") else Wire.HTTP
    return Edge(wire, f"pact {pact.consumer} / {pact.provider}", consumer, provider, evidence)


def _nobody() -> Evidence:
    return Evidence(EvidenceKind.NONE, Verdict.UNKNOWN, "", "There is no provider to have verified it.")


def _evidence(store: Store, publication: PactPublicationRecord, provider: ServiceVersionRecord) -> Evidence:
    verification = store.pacts.verification(publication.pact.content, provider)
    if verification is None:
        detail = f"{provider.service} {abbreviated(provider.version)} has not verified the pact of {publication.pact.consumer}."
        return Evidence(EvidenceKind.NONE, Verdict.UNKNOWN, "", detail)
    verdict = Verdict.YES if verification.success else Verdict.NO
    reference = f"{verification.id} of pact {abbreviated(publication.pact.content)}"
    return Evidence(EvidenceKind.VERIFICATION, verdict, reference, _detail(verification), verification.verified_at)


def _detail(verification: VerificationRecord) -> str:
    provider = f"{verification.provider} {abbreviated(verification.provider_version)}"
    if verification.success:
        return f"Verified by {provider} with {verification.verifier}."
    failed = [result for result in verification.results if not result.get("success", True)]
    first = "; ".join(f"{result.get('description', '?')}: {result.get('problem') or 'failed'}" for result in failed[:3])
    more = f" and {len(failed) - 3} more" if len(failed) > 3 else ""
    return f"{provider} failed it: {first or 'no detail given'}{more}."
