"""What a check found, as values and as the JSON that every face shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from registry.domain import comparison_json
from registry.domain.change import Comparison
from registry.domain.contract import Mode, OnUnknown
from registry.domain.publication import ProvidedContract
from registry.domain.semver import Bump, Version
from registry.domain.verdict import Verdict
from registry.engines.governance.numbering import needed_bump


@dataclass(frozen=True, slots=True)
class ContractCheck:
    """One contract of one service against one baseline, which `against` names; "" where only the contract itself was looked at.

    `gates` is false where breaks are allowed.

    `version` is the number that the manifest declares, if any: one contract can be provided in several major lines.
    """

    service: str
    contract: str
    version: str | None
    kind: str
    against: str
    comparison: Comparison
    gates: bool
    on_unknown: OnUnknown
    knows_consumers: bool = False
    """Whether a registry was asked who uses what changed: a finding without consumers then has none that is known."""

    @property
    def verdict(self) -> Verdict:
        """The comparison's verdict as it counts for this contract."""
        if not self.gates:
            return Verdict.YES
        verdict = self.comparison.verdict
        return Verdict.YES if verdict is Verdict.UNKNOWN and self.on_unknown is OnUnknown.WARN else verdict


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that was compared, and what people should be told besides. `as_of` is the moment at which sunsets were judged."""

    checks: tuple[ContractCheck, ...]
    notices: tuple[str, ...] = ()
    as_of: datetime | None = None

    @property
    def verdict(self) -> Verdict:
        """A no beats an unknown, an unknown beats a yes; yes when there was nothing to compare (which a notice says)."""
        return Verdict.all_of(check.verdict for check in self.checks)

    @property
    def compared(self) -> bool:
        """Whether anything was compared: a report on style looks at one revision alone."""
        return any(check.against for check in self.checks)


def contract_check(
    service: str, provided: ProvidedContract, against: str, comparison: Comparison, *, knows_consumers: bool = False
) -> ContractCheck:
    """A check of a provided contract: 0.x, pre-releases and mode `none` are classified, not gated."""
    promised = provided.version is None or provided.version.gated
    gates = promised and provided.mode is not Mode.NONE
    version = str(provided.version) if provided.version else None
    return ContractCheck(
        service=service,
        contract=provided.contract,
        version=version,
        kind=str(provided.kind),
        against=against,
        comparison=comparison,
        gates=gates,
        on_unknown=provided.on_unknown,
        knows_consumers=knows_consumers,
    )


def number_notice(provided: ProvidedContract, baseline: Version | None, comparison: Comparison) -> str | None:
    """Words for a declared number that publishing would refuse, or None."""
    if provided.version is None or baseline is None or baseline.major != provided.version.major or not baseline.gated:
        return None
    bump = needed_bump(comparison, gated=provided.mode is not Mode.NONE)
    needed = baseline.next(bump)
    if provided.version >= needed or bump is Bump.MAJOR:  # a break is a finding of its own; its cure is no larger number
        return None
    return (
        f"{provided.contract}: the manifest declares {provided.version}, and its changes since {baseline} need {needed}; "
        f"publishing from the main branch will refuse the smaller number."
    )


def own_number_notice(name: str, old: str | None, new: str | None, comparison: Comparison, *, gated: bool) -> str | None:
    """Words for a document whose own number, its `info.version`, does not say what its changes need; None where it does.

    Not asked of numbers that are not semantic, such as Stripe's dates, and of pre-releases. 0.x needs a minor for a break.
    """
    before, after = Version.parse(old or ""), Version.parse(new or "")
    if before is None or after is None or before.prerelease:
        return None
    if after < before:
        return f"{name}: the document says version {after}, and said {before} before."
    if not comparison.changes and not comparison.undecided:
        return None
    bump = needed_bump(comparison, gated=gated)
    needed = before.next(bump if before.major else Bump(max(bump - 1, Bump.PATCH)))
    if after >= needed:
        return None
    return f"{name}: the document says version {after} after {before}, and its changes need {needed}."


def to_json(report: CheckReport) -> dict[str, Any]:
    """`{"verdict", "as_of", "changes", "undecided", "contracts", "notices"}`; each row says its service, contract and baseline."""
    changes: list[dict[str, Any]] = []
    undecided: list[dict[str, Any]] = []
    contracts: list[dict[str, Any]] = []
    for check in report.checks:
        where = {"service": check.service, "contract": check.contract, "version": check.version, "against": check.against}
        found = comparison_json.to_json(check.comparison)
        changes.extend({**row, **where} for row in found["changes"])
        undecided.extend({**row, **where} for row in found["undecided"])
        facts = {"kind": check.kind, "gates": check.gates, "on_unknown": str(check.on_unknown), "verdict": str(check.verdict)}
        contracts.append({**where, **facts, "knows_consumers": check.knows_consumers})
    return {
        "verdict": str(report.verdict),
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "changes": changes,
        "undecided": undecided,
        "contracts": contracts,
        "notices": list(report.notices),
    }


def from_json(data: Mapping[str, Any]) -> CheckReport:
    """The report that `to_json` wrote."""
    checks = tuple(
        ContractCheck(
            service=row["service"],
            contract=row["contract"],
            version=row["version"],
            kind=row["kind"],
            against=row["against"],
            comparison=comparison_json.from_json(
                {"changes": _rows_of(row, data["changes"]), "undecided": _rows_of(row, data["undecided"])}
            ),
            gates=row["gates"],
            on_unknown=OnUnknown(row["on_unknown"]),
            knows_consumers=row["knows_consumers"],
        )
        for row in data["contracts"]
    )
    as_of = data.get("as_of")
    return CheckReport(checks, tuple(data["notices"]), datetime.fromisoformat(as_of) if as_of else None)


def _rows_of(contract: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    key = ("service", "contract", "version", "against")
    return [row for row in rows if all(row[name] == contract[name] for name in key)]
