"""An operation asks for other scopes than before."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.access import admits, alternatives, renamed, same_schemes, spelt
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule

_SCHEMES = "components: {securitySchemes: {login: {type: openIdConnect, openIdConnectUrl: https://login.example/config}}}"
_READ = f"GET /carts: {{security: [{{login: [read]}}]}}\n{_SCHEMES}"
_BOTH = f"GET /carts: {{security: [{{login: [read, list]}}]}}\n{_SCHEMES}"


@rule(
    id="security-scope-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.VALUES,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=NARROWED,
    breaks=Example(old=_READ, new=_BOTH),
    fine=Example(old=_BOTH, new=_READ),
    names=("api-security-scope-added", "api-global-security-scope-added"),
)
def security_scope_added(contracts: ContractPair) -> Iterator[Finding]:
    """A token needs a scope that it did not need before.

    Old clients never asked for it: they are answered 403.
    """
    for operation in contracts.requirements.kept:
        asked = alternatives(operation.new)
        for held in alternatives(operation.old):
            now = renamed(contracts, held)
            alike = [new for new in asked if same_schemes(new, now)]
            if alike and not any(admits(new, now) for new in asked):
                missing = sorted({scope for name, scopes in alike[0].items() for scope in scopes - now[name]})
                yield operation.changed(f"{spelt(held)} is no longer enough: {', '.join(missing)} is needed too.")


@rule(
    id="security-scope-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.VALUES,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=WIDENED,
    breaks=Example(old=_BOTH, new=_READ),
    fine=Example(old=_READ, new=_BOTH),
    names=("api-security-scope-removed", "api-global-security-scope-removed"),
)
def security_scope_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A token no longer needs a scope that it needed before.

    Old clients hold more than they need. New clients without the scope are refused by a server that is still the old one.
    """
    for operation in contracts.requirements.kept:
        before = [renamed(contracts, held) for held in alternatives(operation.old)]
        for new in alternatives(operation.new):
            alike = [old for old in before if same_schemes(old, new)]
            if alike and not any(admits(old, new) for old in before):
                spared = sorted({scope for name, scopes in alike[0].items() for scope in scopes - new[name]})
                yield operation.changed(f"{spelt(new)} is enough now: {', '.join(spared)} is no longer needed.")
