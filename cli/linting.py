"""Style findings of contracts on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cli.contract_files import contract_at
from cli.selection import Selection, select
from cli.working_tree import WorkingTree
from registry.domain.change import Comparison
from registry.domain.contract import OnUnknown
from registry.domain.publication import ProvidedContract, ServiceVersion
from registry.domain.verdict import Severity
from registry.engines.documents.limits import Limits
from registry.services.checking.report import CheckReport, ContractCheck
from registry.services.linting import style_of, style_of_provided
from registry.services.places import comparison_below, errors_below
from registry.services.policies import check_policy
from registry.services.trees import Origin, manifests_below


def lint(paths: Sequence[Path], *, strict: bool, as_of: datetime, limits: Limits) -> CheckReport:
    """The style of the contracts that the manifests below the paths provide; of a path without a manifest, of the contract there.

    With `strict`, every finding blocks. Raises SettingExpired and the BadInput errors.
    """
    checks = [check for path in paths for check in _checks(path, as_of, limits)]
    return CheckReport(tuple(_strictly(check) for check in checks) if strict else tuple(checks))


def _checks(path: Path, as_of: datetime, limits: Limits) -> Iterator[ContractCheck]:
    if path.is_file() or not manifests_below(WorkingTree(path, limits)):
        contract = contract_at(path, None, limits)
        with errors_below(contract.folder):
            found = style_of(contract.kind, contract.source, limits)
        yield _check(
            "", path.name or str(path), None, str(contract.kind), comparison_below(contract.folder, contract.folder, found)
        )
        return
    selection = select([path], limits)
    with selection.places_shown():
        versions = selection.service_versions(Origin("working-tree"))
        checks = [_check_provided(version, provided, as_of, limits) for version in versions for provided in version.provides]
    yield from _shown(selection, checks)


def _shown(selection: Selection, checks: Sequence[ContractCheck]) -> Sequence[ContractCheck]:
    return selection.report_shown(CheckReport(tuple(checks))).checks


def _check_provided(version: ServiceVersion, provided: ProvidedContract, as_of: datetime, limits: Limits) -> ContractCheck:
    check_policy(version.policy, as_of)
    number = str(provided.version) if provided.version else None
    found = style_of_provided(provided, version.policy, limits)
    return _check(version.service.name, provided.contract, number, str(provided.kind), found)


def _check(service: str, contract: str, version: str | None, kind: str, found: Comparison) -> ContractCheck:
    return ContractCheck(service, contract, version, kind, "", found, gates=True, on_unknown=OnUnknown.BLOCK)


def _strictly(check: ContractCheck) -> ContractCheck:
    raised = [change.with_severity(Severity.BREAKING) for change in check.comparison.changes]
    return replace(check, comparison=check.comparison.with_changes(raised))
