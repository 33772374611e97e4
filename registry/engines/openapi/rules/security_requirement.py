"""An operation lets in other clients than before."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.access import admits, alternatives, renamed, same_schemes, spelt
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import OFFER_ADDED, OFFER_REMOVED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule

_SCHEMES = "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, login: {type: http, scheme: basic}}}"


@rule(
    id="security-alternative-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=OFFER_REMOVED,
    breaks=Example(old=f"GET /carts: {{}}\n{_SCHEMES}", new=f"GET /carts: {{security: [{{key: []}}]}}\n{_SCHEMES}"),
    fine=Example(
        old=f"GET /carts: {{security: [{{key: []}}]}}\n{_SCHEMES}",
        new=f"GET /carts: {{security: [{{key: []}}, {{login: []}}]}}\n{_SCHEMES}",
    ),
    names=("api-security-removed", "api-global-security-removed", "api-security-added", "api-global-security-added"),
)
def security_alternative_removed(contracts: ContractPair) -> Iterator[Finding]:
    """Clients that were let in with some set of credentials, or with none, are not any more.

    They are answered 401 until they hold other credentials. In webhooks and callbacks it is the server that calls: receivers that
    went by the old contract let it in with what is left.
    """
    for operation in contracts.requirements.kept:
        asked = alternatives(operation.new)
        for held in alternatives(operation.old):
            now = renamed(contracts, held)
            if not any(admits(new, now) or same_schemes(new, now) for new in asked):
                wanted = " or ".join(spelt(new) for new in asked)
                message = f"{spelt(held)} no longer lets a client in; {wanted} does."
                if operation.exchange.old.reversed:
                    message = f"The server no longer calls with {spelt(held)}, but with {wanted}."
                yield operation.changed(message, removes_promise=True)


@rule(
    id="security-alternative-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=OFFER_ADDED,
    breaks=Example(
        old=f"GET /carts: {{security: [{{key: []}}]}}\n{_SCHEMES}",
        new=f"GET /carts: {{security: [{{key: []}}, {{login: []}}]}}\n{_SCHEMES}",
    ),
    fine=Example(old=f"GET /carts: {{security: []}}\n{_SCHEMES}", new=f"GET /carts: {{}}\n{_SCHEMES}"),
    names=("api-security-added", "api-global-security-added"),
)
def security_alternative_added(contracts: ContractPair) -> Iterator[Finding]:
    """Clients are let in with a set of credentials, or with none, that was not enough before.

    Old clients come in as they did. New clients that hold only these credentials are refused by a server that is still the old one;
    a receiver of webhooks or callbacks refuses a server that calls with credentials that it does not know, or with none.
    """
    for operation in contracts.requirements.kept:
        before = [renamed(contracts, held) for held in alternatives(operation.old)]
        for new in alternatives(operation.new):
            if not any(admits(old, new) or same_schemes(old, new) for old in before):
                message = f"{spelt(new)} now lets a client in."
                if operation.exchange.old.reversed:
                    message = f"The server may now call with {spelt(new)}."
                yield operation.changed(message)
