"""A working tree against another tree, such as a git commit: no server, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from registry.domain.change import Comparison
from registry.domain.contract import Mode
from registry.domain.publication import ProvidedContract, ServiceVersion
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.engines.governance.severities import apply_severities
from registry.engines.governance.waiving import raise_risky
from registry.services import formats
from registry.services.checking.imports import import_notices
from registry.services.checking.lines import continued
from registry.services.checking.report import CheckReport, ContractCheck, contract_check, number_notice, own_number_notice
from registry.services.linting import new_style
from registry.services.places import comparison_below, errors_below
from registry.services.policies import check_policy
from registry.services.soundness import check_provided
from registry.services.trees import MANIFEST, Origin, Tree, service_version_at


def check_trees(new: Tree, old: Tree, folders: Sequence[str], *, against: str, as_of: datetime, limits: Limits) -> CheckReport:
    """Compare what the manifests in `folders` provide now with what they provided in the old tree.

    Places are named from the tops of the trees. Raises SettingExpired, and the BadInput errors, for either tree.
    """
    checks: list[ContractCheck] = []
    notices: list[str] = []
    for folder in folders:
        now = service_version_at(new, folder, Origin("working tree"), limits)
        check_policy(now.policy, as_of)
        path = f"{folder}/{MANIFEST}" if folder else MANIFEST
        if old.read(path) is None:
            notices.append(f"{now.service.name}: no baseline; there is no {path} in {against}.")
            continue
        before = service_version_at(old, folder, Origin(against), limits)
        for provided in now.provides:
            notices.extend(check_provided(provided, limits))
            found = _earlier(provided, before)
            if found is None:
                notices.append(f"{provided.contract}: no baseline; {against} does not provide it in this major line.")
                continue
            earlier, number = found
            with errors_below(provided.folder):
                comparison = formats.compare(
                    provided.kind,
                    earlier.source,
                    provided.source,
                    subject=provided.contract,
                    mode=provided.mode,
                    as_of=as_of,
                    limits=limits,
                    policy=now.policy.comparison,
                )
            placed = comparison_below(earlier.folder, provided.folder, comparison)
            notices.extend(import_notices(earlier.source, provided))
            raised = raise_risky(placed, now.policy.raise_rules)
            judged = apply_severities(raised, provided.contract, now.policy.severities)
            checks.append(contract_check(now.service.name, provided, against, judged))
            style = new_style(provided, earlier.source, now.policy, limits)
            if style is not None:
                placed = comparison_below(provided.folder, provided.folder, style)
                checks.append(contract_check(now.service.name, provided, f"the style in {against}", placed))
            changed = earlier.source.digest != provided.source.digest
            notice = number_notice(provided, number, judged) if changed else None
            if changed and provided.version is None:
                notice = _own_number_notice(earlier, provided, judged, limits)
            notices.extend([notice] if notice else [])
        notices.extend(_withdrawn(now, before, against))
    return CheckReport(tuple(checks), tuple(notices), as_of)


def _own_number_notice(earlier: ProvidedContract, provided: ProvidedContract, comparison: Comparison, limits: Limits) -> str | None:
    """Words for a document's own number where the manifest declares none."""
    engine = formats.engine_of(provided.kind)
    said, says = (engine.declared_version(engine.read(row.source, limits)) for row in (earlier, provided))
    return own_number_notice(provided.contract, said, says, comparison, gated=provided.mode is not Mode.NONE)


def _earlier(provided: ProvidedContract, before: ServiceVersion) -> tuple[ProvidedContract, Version | None] | None:
    candidates = [(earlier, earlier.version) for earlier in before.provides if earlier.kind is provided.kind]
    return continued(provided.contract, provided.version, candidates)


def _withdrawn(now: ServiceVersion, before: ServiceVersion, against: str) -> list[str]:
    """Words for contracts and major lines that are no longer provided; whom that breaks, can-i-deploy says."""

    def lines(version: ServiceVersion) -> set[tuple[str, int | None]]:
        return {(row.contract, row.version.major if row.version else None) for row in version.provides}

    gone = sorted(lines(before) - lines(now), key=str)
    return [
        f"{contract}{'' if major is None else f' {major}.x'}: offered in {against}, not here; can-i-deploy says who needs it."
        for contract, major in gone
    ]
