"""Publishing: named steps in one transaction, all or nothing.

1  services and entities are made or checked against their owners, in the order of their names
2  contracts likewise, which also locks them: one publisher of a contract at a time
3  what the contracts import is found to be what was released, and revisions are kept
4  each service version is linked to what it provides, consumes and pacts; or found to be there already
5  waivers that came along are kept
6  from the main branch, or on demand, each provided contract claims its number past the gate
7  every write has its audit row
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from registry.domain.abbreviation import abbreviated
from registry.domain.access import Actor
from registry.domain.change import Waiver
from registry.domain.errors import BadRequest, NotFound, OwnedByOther, StateConflict, VersionTaken
from registry.domain.manifest import ServiceIdentity
from registry.domain.policy import ComparisonPolicy
from registry.domain.policy_json import comparison_policy_to_json
from registry.domain.publication import (
    ConsumedContract,
    ProvidedContract,
    PublicationReceipt,
    ReleaseReceipt,
    ServiceVersion,
    ServiceVersionReceipt,
)
from registry.domain.records import ContractRecord, Role, ServiceRecord, ServiceVersionRecord
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.engines.governance.numbering import FIRST
from registry.services.comparing import Comparer
from registry.services.consumers import audience_in
from registry.services.deployability.answer import remember_edges
from registry.services.permissions import require_publish, require_release
from registry.services.policies import check_policy
from registry.services.publishing.imports import check_imports
from registry.services.publishing.prepare import Prepared, PreparedContract, PreparedVersion
from registry.services.publishing.readers import check_fits
from registry.services.publishing.releasing import Gate, claim
from registry.services.waivers import add_waiver
from registry.storage.contracts import NewContract
from registry.storage.services import NewBinding, NewServiceVersion
from registry.storage.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """What comes from outside: who, when, how much, and where new ids come from."""

    actor: Actor
    now: datetime
    limits: Limits
    new_id: Callable[[], str]


def publish(store: Store, prepared: Prepared, context: Context) -> PublicationReceipt:
    """Write a prepared publication.

    Raises SettingExpired, OwnedByOther, VersionTaken, ReleaseRefused, NumberTooSmall, StateConflict (of a contract's kind),
    NotFound (of a consumed contract or release), BadRequest or Forbidden; the caller rolls back.
    """
    versions = sorted(prepared.versions, key=lambda version: version.facts.service.name)
    for version in versions:
        check_policy(version.facts.policy, context.now)
    services = {version.facts.service.name: _service(store, version, context) for version in versions}
    contracts = _contracts(store, versions, services, context)
    imports = [
        [notice for item in version.provides for notice in check_imports(store, item.provided, context.now)] for version in versions
    ]
    new_revisions = _revisions(store, versions, context)
    for name, waiver in prepared.publication.waivers:
        add_waiver(store, name, waiver, actor=context.actor, now=context.now)
    records = [_record(store, version, services, contracts, context) for version in versions]
    on_demand = prepared.publication.release
    releases = [
        _releases(store, version, record, contracts, on_demand, context)
        for version, (record, _) in zip(versions, records, strict=True)
    ]
    for version, (record, created) in zip(versions, records, strict=True):
        if created:
            _use(store, version, record, context)
    for record, created in records:
        if created:
            remember_edges(store, record, now=context.now, limits=context.limits)
    return PublicationReceipt(
        tuple(
            ServiceVersionReceipt(
                service=record.service,
                version=record.version,
                created=created or any(release.created for release in claimed),
                revisions=tuple(
                    (item.provided.contract, item.revision, item.revision in new_revisions) for item in version.provides
                ),
                releases=claimed,
                notices=(
                    *(notice for item in version.provides for notice in item.notices),
                    *of_imports,
                    *_idle_waivers(prepared.publication.waivers, claimed),
                ),
            )
            for version, of_imports, (record, created), claimed in zip(versions, imports, records, releases, strict=True)
        )
    )


def _idle_waivers(waivers: Sequence[tuple[str, Waiver]], releases: Sequence[ReleaseReceipt]) -> list[str]:
    """Words for waivers that came along and let nothing through: most likely a mistyped element."""
    notices: list[str] = []
    for name, waiver in waivers:
        created = [release.comparison for release in releases if release.contract == name and release.created]
        used = {
            (row.waived_by.rule, row.waived_by.element)
            for found in created
            for row in (*found.changes, *found.undecided)
            if row.waived_by
        }
        if created and (waiver.rule, waiver.element) not in used:
            notices.append(f"{name}: the waiver of {waiver.rule} at {waiver.element} let nothing through.")
    return notices


def _service(store: Store, version: PreparedVersion, context: Context) -> ServiceRecord:
    identity = version.facts.service
    require_publish(context.actor, identity.name, identity.team)
    service, created = store.services.ensure(identity, context.now)
    subject = f"service:{service.name}"
    if created:
        _audit(store, context, "service.create", subject, {"team": service.team})
    for entity in sorted(identity.entities):
        if store.services.claim_entity(entity, service):
            _audit(store, context, "entity.claim", f"entity:{entity}", {"service": service.name})
    described = (identity.domain, identity.description, identity.main_branch)
    if version.facts.branch == identity.main_branch and described != (service.domain, service.description, service.main_branch):
        store.services.describe(service, identity)
        _audit(store, context, "service.describe", subject, {"domain": identity.domain, "main_branch": identity.main_branch})
    return service


def _contracts(
    store: Store, versions: list[PreparedVersion], services: dict[str, ServiceRecord], context: Context
) -> dict[str, ContractRecord]:
    """The provided contracts by name, each locked; sorted, so that two publications never wait for each other in a circle."""
    wanted = sorted(
        ((item.provided, version.facts.service) for version in versions for item in version.provides),
        key=lambda pair: pair[0].contract,
    )
    found: dict[str, ContractRecord] = {}
    for provided, identity in wanted:
        found[provided.contract] = _contract(store, provided, identity, services[identity.name], context)
    return found


def _contract(
    store: Store, provided: ProvidedContract, identity: ServiceIdentity, service: ServiceRecord, context: Context
) -> ContractRecord:
    what = "event" if provided.is_event else "contract"
    owner = provided.owner or identity.team
    if owner != identity.team and store.contracts.find(provided.contract) is None:
        raise NotFound(what, provided.contract, f"Its owner {owner} has to publish it first.")
    new = NewContract(
        id=context.new_id(),
        name=provided.contract,
        kind=provided.kind,
        team=identity.team,
        service_id=service.id,
        is_event=provided.is_event,
        entity=provided.entity,
        mode=provided.mode,
        on_unknown=provided.on_unknown,
        description=provided.description,
    )
    contract, created = store.contracts.ensure(new, context.now)
    if contract.team != owner:
        raise OwnedByOther(what, provided.contract, contract.team, owner)
    if contract.kind is not provided.kind or contract.is_event != provided.is_event:
        raise StateConflict(
            f"{contract.name} is a contract of kind {contract.kind}, not {provided.kind}.",
            "A contract keeps its kind for life: publish the other kind under a new name.",
        )
    if created:
        facts = {"kind": str(contract.kind), "team": contract.team, "mode": str(contract.mode)}
        _audit(store, context, "contract.create", f"contract:{contract.name}", facts)
    return contract


def _revisions(store: Store, versions: list[PreparedVersion], context: Context) -> set[str]:
    """Keep every revision; return the digests of the new ones."""
    sources = {item.revision: item.provided.source for version in versions for item in version.provides}
    sources |= {row.reader.digest: row.reader for version in versions for row in version.facts.consumes if row.reader}
    return {digest for digest in sorted(sources) if store.revisions.put(sources[digest], context.now)}


def _record(
    store: Store,
    version: PreparedVersion,
    services: dict[str, ServiceRecord],
    contracts: dict[str, ContractRecord],
    context: Context,
) -> tuple[ServiceVersionRecord, bool]:
    """The service version, linked to what it provides; found, when the same content was published before."""
    facts = version.facts
    service = services[facts.service.name]
    held = store.services.find_version(service, facts.version)
    if held is not None:
        if held.content != version.content:
            raise VersionTaken(f"Version of service {service.name}", facts.version, "its contracts, uses or pacts differ")
        _reach_branch(store, held, facts.branch, context)
        return held, False
    record = store.services.add_version(
        NewServiceVersion(
            service=service,
            version=facts.version,
            content=version.content,
            repository=facts.repository,
            commit=facts.commit,
            branch=facts.branch,
            committed_at=facts.committed_at,
            published_at=context.now,
            actor=context.actor.name,
        )
    )
    store.services.bind(record, [_provides(store, item, contracts[item.provided.contract]) for item in version.provides])
    counts = {"provides": len(version.provides), "consumes": len(facts.consumes), "pacts": len(version.pacts)}
    _audit(store, context, "service-version.publish", f"service:{service.name}@{facts.version}", counts)
    store.services.add_branch(record, facts.branch, context.actor.name, context.now)
    return record, True


def _reach_branch(store: Store, record: ServiceVersionRecord, branch: str, context: Context) -> None:
    """Keep that a version which was published from another branch has reached this one, such as main by a fast-forward."""
    if store.services.add_branch(record, branch, context.actor.name, context.now):
        _audit(store, context, "service-version.reach-branch", f"service:{record.service}@{record.version}", {"branch": branch})


def _use(store: Store, version: PreparedVersion, record: ServiceVersionRecord, context: Context) -> None:
    """Link a service version to what it consumes; after the numbers are claimed, for it may pin one of them."""
    pinned = [(consumed, pin) for consumed in version.facts.consumes if (pin := _consume(store, record, consumed)) is not None]
    seen: set[tuple[str, str]] = set()
    for consumed, pin in pinned:
        if (pin.contract_id, pin.revision) in seen:
            raise BadRequest(f"{record.service} consumes {consumed.contract} twice with the same files.")
        seen.add((pin.contract_id, pin.revision))
    store.services.bind(record, [pin for _, pin in pinned])
    for published, pact in version.pacts:
        kept = store.pacts.ensure(pact.consumer, pact.provider, pact.content, pact.uses, context.now)
        store.pacts.publish(record, kept, store.revisions.put_blob(published.content))


def _provides(store: Store, item: PreparedContract, contract: ContractRecord) -> NewBinding:
    provided = item.provided
    if provided.owner and not store.services.is_provided(contract.id, item.revision):
        raise OwnedByOther(f"revision {abbreviated(item.revision)} of", contract.name, contract.team, "another team's producer")
    return NewBinding(
        role=Role.PROVIDES,
        contract_id=contract.id,
        revision=item.revision,
        entry=provided.source.entry,
        declared_version=provided.version,
        channel=provided.channel or "",
        retention_seconds=provided.retention_seconds,
        examples=provided.examples,
    )


def _consume(store: Store, record: ServiceVersionRecord, consumed: ConsumedContract) -> NewBinding | None:
    """Keep what is used of a contract; return the binding to the revision that the consumer pins, if it pins one."""
    contract = store.contracts.find(consumed.contract)
    if contract is None:
        if consumed.has_pacts and consumed.version is None and consumed.reader is None:
            return None  # a pact may come before its provider; it names the provider itself
        raise NotFound("contract", consumed.contract, "Publish the provider first, or in the same publication.")
    store.services.add_uses(record, contract.id, consumed.uses)
    return _pin(store, contract, consumed)


def _pin(store: Store, contract: ContractRecord, consumed: ConsumedContract) -> NewBinding | None:
    """The revision that the consumer was built against."""
    if consumed.reader is not None:
        check_fits(contract, consumed.reader)
        return NewBinding(Role.CONSUMES, contract.id, consumed.reader.digest, consumed.reader.entry)
    if consumed.version is not None:
        release = store.releases.by_version(contract, consumed.version)
    elif consumed.has_pacts:
        return None
    else:
        releases = store.releases.numbers(contract)
        if not releases:
            raise NotFound("release of", contract.name, "Pin a version once its owner has released one.")
        release = max(releases, key=lambda row: row.version)
    return NewBinding(Role.CONSUMES, contract.id, release.revision, release.entry, release.version)


def _releases(
    store: Store,
    version: PreparedVersion,
    record: ServiceVersionRecord,
    contracts: dict[str, ContractRecord],
    on_demand: bool,
    context: Context,
) -> tuple[ReleaseReceipt, ...]:
    facts = version.facts
    if not on_demand and facts.branch != facts.service.main_branch:
        return ()
    # Lower majors first, so that a new line finds the old one in place when both come at once.
    owned = sorted((item for item in version.provides if not item.provided.owner), key=_by_contract_and_number)
    for newest in {item.provided.contract: item.provided for item in owned}.values():
        require_release(context.actor, contracts[newest.contract])
        _describe(store, contracts[newest.contract], newest, facts.policy.comparison, context)
    return tuple(
        claim(
            store, _gate(store, contracts[item.provided.contract], item.provided, facts, context), item, record, context.actor.name
        )
        for item in owned
    )


def _gate(store: Store, contract: ContractRecord, provided: ProvidedContract, facts: ServiceVersion, context: Context) -> Gate:
    """What a provided contract is judged with: each major line by the mode that its own entry declares."""
    return Gate(
        contract=replace(contract, mode=provided.mode, on_unknown=provided.on_unknown, policy=facts.policy.comparison),
        comparer=Comparer(store, as_of=context.now, limits=context.limits, remembers=True),
        waivers=store.contracts.waivers(contract),
        audience_of=audience_in(store, contract, provided.version, context.limits),
        policy=facts.policy,
        now=context.now,
    )


def _by_contract_and_number(item: PreparedContract) -> tuple[str, bool, Version]:
    version = item.provided.version
    return (item.provided.contract, version is None, version or FIRST)


def _describe(
    store: Store, contract: ContractRecord, provided: ProvidedContract, policy: ComparisonPolicy, context: Context
) -> None:
    """Take over how the manifest describes the contract now, by its newest line: mode and policy are the owner's to change."""
    described = replace(
        contract,
        mode=provided.mode,
        on_unknown=provided.on_unknown,
        description=provided.description,
        entity=provided.entity,
        policy=policy,
    )
    if described == contract:
        return
    store.contracts.describe(described)
    facts = {"mode": str(provided.mode), "on_unknown": str(provided.on_unknown)}
    if policy != contract.policy:
        facts["policy"] = json.dumps(comparison_policy_to_json(policy))
    _audit(store, context, "contract.describe", f"contract:{contract.name}", facts)


def _audit(store: Store, context: Context, action: str, subject: str, detail: Mapping[str, str | int]) -> None:
    store.audit.add(at=context.now, actor=context.actor.name, action=action, subject=subject, detail=detail)
