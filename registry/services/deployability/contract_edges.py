"""Edges from contracts: what a consumer was built against, compared with what the provider provides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from registry.domain.abbreviation import abbreviated
from registry.domain.change import Comparison, DocumentWitness
from registry.domain.contract import ContractKind, Mode, Source
from registry.domain.deployability import Edge, Evidence, EvidenceKind, Party, Wire
from registry.domain.policy import ProtobufPolicy
from registry.domain.records import BindingRecord, ContractRecord, Role
from registry.domain.verdict import Verdict
from registry.engines.governance.consumers import KnownConsumer, join, reached
from registry.services.comparing import Comparer
from registry.services.consumers import audience
from registry.services.declared_uses import declared_uses
from registry.services.deployability.world import World
from registry.services.formats import engine_of
from registry.storage.store import Store

_WIRES = {
    ContractKind.OPENAPI: Wire.HTTP,
    ContractKind.PROTOBUF: Wire.GRPC,
    ContractKind.JSONSCHEMA: Wire.EVENT,
    ContractKind.AVRO: Wire.EVENT,
}
_ENCODINGS = ProtobufPolicy(use=("WIRE_JSON",))


def contract_edges(store: Store, world: World, comparer: Comparer) -> Iterator[Edge]:
    """The candidate against the providers of what it consumes, and the consumers here against what it provides."""
    mine = store.services.bindings(version_ids=[world.candidate.id])
    theirs = store.services.bindings(version_ids=world.version_ids())
    for binding in mine:
        if binding.role is Role.CONSUMES:
            yield from _as_consumer(_Sides(store, world, comparer, binding), [*mine, *theirs])
    provided = [binding for binding in mine if binding.role is Role.PROVIDES]
    for contract_id in dict.fromkeys(binding.contract_id for binding in provided):
        offers = [binding for binding in provided if binding.contract_id == contract_id]
        for binding in theirs:
            if binding.role is Role.CONSUMES and binding.contract_id == contract_id:
                for row in world.others:
                    if row.service_version.id == binding.service_version.id:
                        sides = _Sides(store, world, comparer, binding)
                        consumer = world.party(binding.service_version, instance=row.instance)
                        yield sides.edge(consumer, world.party(world.candidate), offers)


def _as_consumer(sides: _Sides, bindings: Sequence[BindingRecord]) -> Iterator[Edge]:
    """One edge for each instance that provides the contract here, and for each revision that may still be read."""
    world, binding = sides.world, sides.consumes
    offers = [other for other in bindings if other.role is Role.PROVIDES and other.contract_id == binding.contract_id]
    consumer = world.party(world.candidate)
    found = False
    for version_id in dict.fromkeys(other.service_version.id for other in offers):
        of_version = [other for other in offers if other.service_version.id == version_id]
        instances = [row.instance for row in world.others if row.service_version.id == version_id] or [""]
        for instance in instances:
            found = True
            yield sides.edge(consumer, world.party(of_version[0].service_version, instance=instance), of_version)
    if binding.is_event:
        present = {(other.service_version.service, other.revision) for other in offers}
        for gone in world.still_readable(sides.store, sides.producers(), present):
            if sides.same_line([gone]) == [gone]:
                found = True
                yield sides.edge(consumer, world.party(gone.service_version, still_readable=True), [gone])
    if not found:
        owner = sides.contract.service or sides.contract.team
        nobody = Evidence(EvidenceKind.NONE, Verdict.UNKNOWN, "", f"Nobody provides {binding.contract} here.")
        yield Edge(_WIRES[binding.kind], binding.contract, consumer, world.absent(owner), nobody)


@dataclass(frozen=True, slots=True)
class _Sides:
    """A consumer's binding, and the means to compare it with what providers offer."""

    store: Store
    world: World
    comparer: Comparer
    consumes: BindingRecord

    @property
    def contract(self) -> ContractRecord:
        return self.store.contracts.by_id(self.consumes.contract_id)

    def producers(self) -> tuple[BindingRecord, ...]:
        """Everybody who ever provided the contract."""
        return self.store.services.bindings(contract_id=self.consumes.contract_id, role=Role.PROVIDES)

    def same_line(self, offers: Iterable[BindingRecord]) -> list[BindingRecord]:
        """The offers in the consumer's major line; all of them when its line is unknown (its own reader schema, no number)."""
        line = self._line(self.consumes)
        return [offer for offer in offers if line is None or self._line(offer) in (None, line)]

    def edge(self, consumer: Party, provider: Party, offers: Sequence[BindingRecord]) -> Edge:
        """The edge with the best evidence that any offered revision gives: one that fits is enough."""
        order = (Verdict.YES, Verdict.UNKNOWN, Verdict.NO)
        lines = self.same_line(offers)
        found = sorted((self._evidence(offer) for offer in lines), key=lambda evidence: order.index(evidence.verdict))
        evidence = found[0] if found else self._line_gone(provider)
        return Edge(_WIRES[self.consumes.kind], self.consumes.contract, consumer, provider, evidence)

    def _line(self, binding: BindingRecord) -> int | None:
        if binding.declared_version is not None:
            return binding.declared_version.major
        releases = self.store.releases.of_revision(self.contract, binding.revision)
        return releases[0].version.major if releases else None

    def _line_gone(self, provider: Party) -> Evidence:
        line = self._line(self.consumes)
        detail = f"{provider.label} no longer provides major version {line} of {self.consumes.contract}."
        return Evidence(EvidenceKind.COMPARISON, Verdict.NO, "", detail)

    def _evidence(self, offer: BindingRecord) -> Evidence:
        consumes = self.consumes
        ours, theirs = (consumes.revision, consumes.entry), (offer.revision, offer.entry)
        reference = f"{abbreviated(consumes.revision)}..{abbreviated(offer.revision)}"
        missing = self._unoffered(offer) if consumes.is_event or consumes.by_own_descriptors else []
        if missing:
            uses, offers = ("reads", "write") if consumes.is_event else ("uses", "offer")
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            named = f"{', '.join(missing[:3])}{more}"
            detail = f"{consumes.service_version.service} {uses} {named}, which this revision does not {offers}."
            return Evidence(EvidenceKind.COMPARISON, Verdict.NO, reference, detail)
        comparison = self._comparison(ours, theirs)
        old = self.store.revisions.source(*ours)
        relevant = self._relevant(comparison, old) if comparison.changes or comparison.undecided else comparison
        return Evidence(
            EvidenceKind.COMPARISON,
            relevant.verdict,
            reference,
            self._detail(relevant, offer),
            changes=tuple(change for change in relevant.changes if change.blocks),
            undecided=relevant.undecided,
        )

    def _comparison(self, ours: tuple[str, str], theirs: tuple[str, str]) -> Comparison:
        """From what the consumer was built against to what it gets.

        An API must still serve it. An event must still be readable by it, which a document decides: that a property it could read
        is not written (any more, or yet) is no break in itself, and what it declares to read was looked at before. Stubs made from
        own descriptors meet the provider in bytes and JSON alone: how its files are cut concerns nobody else.
        """
        if self.consumes.by_own_descriptors:
            policy = replace(self.contract.policy, protobuf=_ENCODINGS)
            return self.comparer.compare_revisions(replace(self.contract, policy=policy), ours, theirs, Mode.BACKWARD)
        if not self.consumes.is_event:
            return self.comparer.compare_revisions(self.contract, ours, theirs, Mode.BACKWARD)
        found = self.comparer.compare_revisions(self.contract, ours, theirs, Mode.FORWARD)
        shown = [change for change in found.changes if not change.removes_promise or isinstance(change.witness, DocumentWitness)]
        return found.with_changes(shown)

    def _uses(self) -> frozenset[str]:
        version_id = self.consumes.service_version.id
        return declared_uses(self.store, self.contract, [version_id]).get(version_id, frozenset())

    def _unoffered(self, offer: BindingRecord) -> list[str]:
        uses = self._uses()
        if not uses:
            return []
        engine = engine_of(offer.kind)
        parsed = engine.read(self.store.revisions.source(offer.revision, offer.entry), self.comparer.limits)
        written = engine.elements(parsed, offer.contract)
        return sorted(uses - written)

    def _relevant(self, comparison: Comparison, old: Source) -> Comparison:
        """The findings that reach what the consumer declares to use; all of them when it declares nothing."""
        uses = self._uses()
        version = self.consumes.service_version
        environments = (self.world.environment.name,)
        consumer = KnownConsumer(version.service, version.version, environments, uses or None, "declared uses")
        before = audience(self.contract, old, (consumer,), self.comparer.limits)
        joined = join(comparison, before)
        if not uses:
            return joined
        return Comparison(
            tuple(change for change in joined.changes if change.consumers or not change.elements),
            tuple(row for row in joined.undecided if not row.elements or reached(row.elements, uses, before)),
        )

    def _detail(self, comparison: Comparison, offer: BindingRecord) -> str:
        consumes = self.consumes
        pin = f" {consumes.declared_version}" if consumes.declared_version else ""
        offered = f" {offer.declared_version}" if offer.declared_version else ""
        needs = f"{consumes.contract}{pin} as {consumes.service_version.service} was built against it"
        gets = f"{offer.contract}{offered} as {offer.service_version.service} provides it"
        pair = f"From {needs} to {gets}"
        blocking = [change for change in comparison.changes if change.blocks]
        if blocking:
            more = f" (and {len(blocking) - 1} more)" if len(blocking) > 1 else ""
            return f"{pair}: {blocking[0].message}{more}"
        if comparison.undecided:
            return f"{pair}: undecided because of {comparison.undecided[0].construct}."
        return f"{pair}: compatible."
