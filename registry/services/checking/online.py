"""A working tree against what the registry holds: the merge base's revision, and what is deployed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from registry.domain.abbreviation import abbreviated
from registry.domain.change import Comparison
from registry.domain.publication import ProvidedContract, ServiceVersion
from registry.domain.records import BindingRecord, ContractRecord, EnvironmentRecord, Role, ServiceRecord
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.services.checking.imports import import_notices
from registry.services.checking.lines import continued
from registry.services.checking.report import CheckReport, ContractCheck, contract_check, number_notice
from registry.services.comparing import Comparer
from registry.services.consumers import audience_in
from registry.services.linting import new_style
from registry.services.major_lines import check_line_name
from registry.services.policies import check_policy
from registry.services.publishing.imports import check_imports
from registry.services.publishing.releasing import Gate, refused_by_line
from registry.services.soundness import check_provided, check_size
from registry.storage.store import Store


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What a branch would publish. `baseline_commit` is the merge base with the main branch, where git knows one."""

    service_versions: tuple[ServiceVersion, ...]
    baseline_commit: str | None
    environments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Baseline:
    """A revision that a working tree is compared with, and how to call it."""

    contract: str
    revision: str
    entry: str
    words: str


def check(store: Store, request: CheckRequest, *, now: datetime, limits: Limits) -> CheckReport:
    """Compare what would be published with the merge base (else the newest release) and with what is deployed.

    Raises NotFound for an environment that does not exist, SettingExpired, and the BadInput errors.
    """
    check_size(request.service_versions)
    for name in request.environments:
        store.environments.by_name(name)
    checks: list[ContractCheck] = []
    notices: list[str] = []
    for version in request.service_versions:
        check_policy(version.policy, now)
        service = store.services.find(version.service.name)
        if service is None:
            notices.append(f"{version.service.name}: no baseline; nothing of this service was published yet.")
            continue
        checker = _Checker(store, service, request, now, limits)
        for provided in version.provides:
            notices.extend(check_provided(provided, limits))
            notices.extend(check_imports(store, provided, now))
            checks.extend(checker.checks(provided, version))
        notices.extend(checker.consumers_of_nothing(version))
        notices.extend(dict.fromkeys(checker.notices))
    return CheckReport(tuple(checks), tuple(notices), now)


class _Checker:
    """Checks the contracts of one service."""

    def __init__(self, store: Store, service: ServiceRecord, request: CheckRequest, now: datetime, limits: Limits) -> None:
        self._store = store
        self._service = service
        self._request = request
        self._now = now
        self._limits = limits
        self.notices: list[str] = []

    def checks(self, provided: ProvidedContract, version: ServiceVersion) -> Iterator[ContractCheck]:
        """The contract against its baseline, then against each environment of the policy."""
        contract = self._store.contracts.find(provided.contract)
        if contract is not None:
            check_line_name(self._store, contract, provided, self._limits)
        found = None if contract is None else self._baseline(contract, provided)
        if contract is None or found is None:
            self.notices.append(f"{provided.contract}: no baseline; nothing was published in this major line yet.")
            return
        baseline, number = found
        gate = self._gate(contract, provided, version)
        old = self._store.revisions.source(baseline.revision, baseline.entry)
        comparison = gate.judge(old, provided.source)
        self.notices.extend(import_notices(old, provided))
        yield contract_check(self._service.name, provided, baseline.words, comparison, knows_consumers=True)
        style = new_style(provided, old, version.policy, self._limits)
        if style is not None:
            yield contract_check(self._service.name, provided, f"the style of {baseline.words}", style)
        if baseline.revision == provided.source.digest:
            return
        yield from self._line(gate, provided, number)
        notice = number_notice(provided, number, comparison)
        self.notices.extend([notice] if notice else [])
        for environment in self._environments(version):
            yield from self._deployed(gate, provided, environment, baseline, comparison)

    def _line(self, gate: Gate, provided: ProvidedContract, baseline: Version | None) -> Iterator[ContractCheck]:
        """Transitive modes: the farther releases of the line that publishing would refuse the new content for."""
        version = provided.version or baseline
        if version is None or not version.gated or not gate.contract.mode.transitive:
            return
        standing = [row for row in self._store.releases.numbers(gate.contract) if not row.yanked and row.version != baseline]
        for release, comparison in refused_by_line(self._store, gate, provided.source, version, standing):
            yield contract_check(
                self._service.name, provided, f"{gate.contract.name} {release.version}", comparison, knows_consumers=True
            )

    def consumers_of_nothing(self, version: ServiceVersion) -> Iterator[str]:
        """Words for what the service says it consumes and nobody provides; publishing would refuse it."""
        coming = {provided.contract for other in self._request.service_versions for provided in other.provides}
        for consumed in version.consumes:
            known = consumed.contract in coming or self._store.contracts.find(consumed.contract) is not None
            if not known and not (consumed.has_pacts and consumed.version is None and consumed.reader is None):
                yield f"{version.service.name}: consumes {consumed.contract}, and there is no such contract."

    def _environments(self, version: ServiceVersion) -> tuple[EnvironmentRecord, ...]:
        """Those of the request, which must exist, and those of the manifest's policy, which may not exist yet."""
        known = {environment.name: environment for environment in self._store.environments.all()}
        asked = [self._store.environments.by_name(name) for name in self._request.environments]
        missing = [name for name in version.policy.environments if name not in known]
        self.notices.extend(f"{name}: the policy names this environment, and there is none of that name yet." for name in missing)
        policy = [known[name] for name in version.policy.environments if name in known]
        return tuple(dict.fromkeys((*asked, *policy)))

    def _baseline(self, contract: ContractRecord, provided: ProvidedContract) -> tuple[_Baseline, Version | None] | None:
        commit = self._request.baseline_commit
        at_base = self._store.services.version_at_commit(self._service, commit) if commit else None
        if at_base is not None:
            bound = self._bound([at_base.id], contract, provided.version)
            if bound is not None:
                words = f"{contract.name} at merge base {abbreviated(at_base.version)}"
                return _Baseline(contract.name, bound.revision, bound.entry, words), bound.declared_version
        releases = self._store.releases.numbers(contract)
        rows = [(_Baseline(contract.name, row.revision, row.entry, f"release {row.version}"), row.version) for row in releases]
        found = continued(contract.name, provided.version, rows)
        if found is not None:
            why = "the merge base was not published" if commit else "no merge base was given"
            self.notices.append(f"{contract.name}: compared with its newest release {found[1]}, because {why}.")
        return found

    def _bound(self, version_ids: Sequence[int], contract: ContractRecord, version: Version | None) -> BindingRecord | None:
        bindings = self._store.services.bindings(version_ids=version_ids, contract_id=contract.id, role=Role.PROVIDES)
        found = continued(contract.name, version, [(row, row.declared_version) for row in bindings])
        return None if found is None else found[0]

    def _gate(self, contract: ContractRecord, provided: ProvidedContract, version: ServiceVersion) -> Gate:
        return Gate(
            contract=replace(contract, mode=provided.mode, on_unknown=provided.on_unknown, policy=version.policy.comparison),
            comparer=Comparer(self._store, as_of=self._now, limits=self._limits, remembers=False),
            waivers=self._store.contracts.waivers(contract),
            audience_of=audience_in(self._store, contract, provided.version, self._limits),
            policy=version.policy,
            now=self._now,
        )

    def _deployed(
        self, gate: Gate, provided: ProvidedContract, environment: EnvironmentRecord, baseline: _Baseline, branch: Comparison
    ) -> Iterator[ContractCheck]:
        """Against each deployed revision; only what the branch itself changed counts, so being behind main raises no alarm."""
        seen = {baseline.revision, provided.source.digest}
        for deployment in self._store.environments.running(environment, self._service.id):
            bound = self._bound([deployment.service_version.id], gate.contract, provided.version)
            if bound is None or bound.revision in seen:
                continue
            seen.add(bound.revision)
            found = gate.judge(self._store.revisions.source(bound.revision, bound.entry), provided.source)
            words = f"{gate.contract.name} in {environment.name} ({abbreviated(deployment.service_version.version)})"
            yield contract_check(self._service.name, provided, words, _shared(found, branch), knows_consumers=True)


def _shared(found: Comparison, branch: Comparison) -> Comparison:
    """The findings against a deployed revision that the branch's own changes brought about."""
    own = {(row.rule, row.elements) for row in (*branch.changes, *branch.undecided)}
    return Comparison(
        tuple(row for row in found.changes if (row.rule, row.elements) in own),
        tuple(row for row in found.undecided if (row.rule, row.elements) in own),
    )
