"""A security scheme was deprecated, or is no longer (OpenAPI 3.2, section 4.27)."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule, safe


def _scheme(more: str) -> str:
    scheme = f"{{type: http, scheme: basic{more}}}"
    return f"openapi: 3.2.0\nGET /carts: {{security: [{{login: []}}]}}\ncomponents: {{securitySchemes: {{login: {scheme}}}}}"


_KEPT, _ENDING = _scheme(""), _scheme(", deprecated: true")


@rule(
    id="security-scheme-deprecated",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.LIFECYCLE,
    action=Action.DEPRECATED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old=_KEPT, new=_ENDING),
    fine=Example(old=_ENDING, new=_KEPT),
)
def security_scheme_deprecated(contracts: ContractPair) -> Iterator[Finding]:
    """A security scheme was deprecated.

    It still lets clients in. Those that use it should move to another one before it is removed.
    """
    for scheme in contracts.schemes.kept:
        if scheme.new.node.flag("deprecated") and not scheme.old.node.flag("deprecated"):
            yield scheme.changed(f"The security scheme `{scheme.new.name}` was deprecated.")


@rule(
    id="security-scheme-reactivated",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.LIFECYCLE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old=_ENDING, new=_KEPT),
    fine=Example(old=_KEPT, new=_ENDING),
)
def security_scheme_reactivated(contracts: ContractPair) -> Iterator[Finding]:
    """A security scheme is no longer deprecated.

    Its end is called off: nobody has to move.
    """
    for scheme in contracts.schemes.kept:
        if scheme.old.node.flag("deprecated") and not scheme.new.node.flag("deprecated"):
            yield scheme.changed(f"The security scheme `{scheme.new.name}` is no longer deprecated.")
