"""Style: what the tools of a format find fault with in one revision, judged like every other finding."""

from __future__ import annotations

from collections.abc import Sequence

from registry.domain.change import Change, Comparison
from registry.domain.contract import ContractKind, Source
from registry.domain.manifest import Policy
from registry.domain.publication import ProvidedContract
from registry.engines.documents.limits import Limits
from registry.engines.governance.severities import apply_severities
from registry.engines.governance.waiving import raise_risky
from registry.services.formats import engine_of
from registry.services.places import comparison_below, errors_below

_BUF, _OPENAPI = "buf-lint:", "openapi-lint:"
STYLE = (_BUF, _OPENAPI)
"""What the ids of style rules start with."""


def unknown_style_rules(names: frozenset[str]) -> frozenset[str]:
    """Those of the names that no style rule has. Raises Unavailable where the tool that knows is not installed."""
    from registry.engines.openapi.lint import rule_ids as of_openapi
    from registry.engines.protobuf.lint import rule_ids as of_buf

    unknown = names - of_openapi()
    return unknown - of_buf() if any(name.startswith(_BUF) for name in unknown) else unknown


def style_of(kind: ContractKind, source: Source, limits: Limits) -> Comparison:
    """The style findings of a revision, in the form of a comparison with nothing. Raises the BadInput errors."""
    return Comparison(tuple(engine_of(kind).lint(source, limits)))


def style_of_provided(provided: ProvidedContract, policy: Policy, limits: Limits) -> Comparison:
    """The style findings of a provided contract as its owner's policy judges them, with places from the publisher's tree."""
    with errors_below(provided.folder):
        found = style_of(provided.kind, provided.source, limits)
    return comparison_below(provided.folder, provided.folder, _judged(found, provided.contract, policy))


def new_style(provided: ProvidedContract, old: Source, policy: Policy, limits: Limits) -> Comparison | None:
    """What the style rules that a policy names find in a contract, and did not in its old revision; None where there is nothing.

    So a rule can be raised while old names still offend against it. The faults of an OpenAPI document are asked for in any case.
    """
    asked = _asked(policy)
    if not (asked or provided.kind is ContractKind.OPENAPI) or old.digest == provided.source.digest:
        return None
    known = {_about(row) for row in style_of(provided.kind, old, limits).changes}
    found = style_of(provided.kind, provided.source, limits).changes
    new = tuple(row for row in found if (row.rule in asked or row.rule.startswith(_OPENAPI)) and _about(row) not in known)
    return _judged(Comparison(new), provided.contract, policy) if new or asked else None


def _asked(policy: Policy) -> frozenset[str]:
    """The style rules that a policy names: those belong to the gate, the others only to `interlock lint`."""
    named: Sequence[str] = (*policy.raise_rules, *(setting.rule for setting in policy.severities))
    return frozenset(rule for rule in named if rule.startswith(STYLE))


def _about(change: Change) -> tuple[str, tuple[str, ...], str]:
    """What a finding is about, wherever it stands."""
    return change.rule, change.elements, change.message


def _judged(found: Comparison, contract: str, policy: Policy) -> Comparison:
    return apply_severities(raise_risky(found, policy.raise_rules), contract, policy.severities)
