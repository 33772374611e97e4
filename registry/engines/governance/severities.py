"""Severities that an owner sets in the manifest: for one rule, at one element, milder ones with a reason and for a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from registry.domain.change import Change, Comparison, in_order
from registry.domain.element import contains
from registry.domain.errors import BadRequest, SettingExpired
from registry.domain.policy import SeveritySetting
from registry.domain.verdict import Severity
from registry.engines.governance.waiving import what_changed


def check_settings(settings: Sequence[SeveritySetting], now: datetime) -> None:
    """Raise for the first setting that cannot count: BadRequest for a milder one without reason or date, or SettingExpired.

    An expired one fails whether or not a finding needs it today: one that silently stopped counting would surprise whoever makes
    the next change.
    """
    for setting in settings:
        if setting.severity is not Severity.BREAKING and not (setting.reason.strip() and setting.expires):
            raise BadRequest(f"The severity {setting.severity} set for {setting.rule} needs a reason and an expiry date.")
        if setting.expires and datetime.fromisoformat(setting.expires) <= now:
            raise SettingExpired(setting.rule, setting.element, setting.expires)


def apply_severities(comparison: Comparison, contract: str, settings: Sequence[SeveritySetting]) -> Comparison:
    """The comparison with the severities that the owner has set; the last setting that covers a finding counts.

    A setting covers a finding when it names its rule, its contract and everything that changed: an element stands for its parts,
    `*` for all.
    """
    named = [setting for setting in settings if setting.contract in ("*", contract)]
    if not named:
        return comparison
    return replace(comparison, changes=in_order([_set(change, named) for change in comparison.changes]))


def _set(change: Change, settings: Sequence[SeveritySetting]) -> Change:
    covering = [setting for setting in settings if setting.rule == change.rule and _covers(setting.element, change.elements)]
    if not covering:
        return change
    setting = covering[-1]
    until = f" (until {setting.expires[:10]})" if setting.expires else ""
    return replace(change, severity=setting.severity, severity_reason=f"{setting.reason}{until}")


def _covers(element: str, elements: tuple[str, ...]) -> bool:
    changed = what_changed(elements)
    return element == "*" or (bool(changed) and all(contains(element, other) for other in changed))
