"""Whether a manifest's policy can be acted on."""

from __future__ import annotations

from datetime import datetime

from registry.domain.errors import BadRequest
from registry.domain.manifest import Policy
from registry.engines.governance.severities import check_settings


def check_policy(policy: Policy, now: datetime) -> None:
    """Raise SettingExpired for a severity whose time is over; BadRequest for one without its reason, and for a rule that is none.

    A mistyped rule would otherwise stand in the manifest and do nothing.
    """
    check_settings(policy.severities, now)
    names = {*policy.raise_rules, *(setting.rule for setting in policy.severities)}
    if not names:
        return  # knowing every rule means loading every engine
    from registry.services.linting import STYLE, unknown_style_rules
    from registry.services.rule_catalogue import all_ids_in_findings

    styles = frozenset(name for name in names if name.startswith(STYLE))
    unknown = sorted((names - styles - all_ids_in_findings()) | unknown_style_rules(styles))
    if unknown:
        raise BadRequest(f"The policy names the rule {unknown[0]!r}, and no finding is called so; `interlock rules` lists them.")
