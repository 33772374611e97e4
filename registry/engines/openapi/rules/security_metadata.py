"""The address of an OAuth server's metadata came, went or changed (OpenAPI 3.2, section 4.27)."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, by_direction, rule

_KEY = "oauth2MetadataUrl"


def _scheme(more: str) -> str:
    flows = "{clientCredentials: {tokenUrl: https://login.example/token, scopes: {}}}"
    scheme = f"{{type: oauth2, flows: {flows}{more}}}"
    return f"openapi: 3.2.0\nGET /carts: {{security: [{{login: []}}]}}\ncomponents: {{securitySchemes: {{login: {scheme}}}}}"


_NONE = _scheme("")
_HERE = _scheme(f", {_KEY}: https://login.example/metadata")
_ELSEWHERE = _scheme(f", {_KEY}: https://auth.example/metadata")


@rule(
    id="security-metadata-address-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_HERE, new=_ELSEWHERE),
    fine=Example(old=_NONE, new=_HERE),
)
def security_metadata_address_changed(contracts: ContractPair) -> Iterator[Finding]:
    """The metadata of an OAuth server is found elsewhere, or nowhere any more.

    Old clients that learn from it where to get tokens look for it in vain.
    """
    for scheme in contracts.schemes.kept:
        old, new = scheme.old.node.text(_KEY), scheme.new.node.text(_KEY)
        if old is not None and old != new:
            yield scheme.changed(f"The {_KEY} of `{scheme.new.name}` is no longer {old}.", removes_promise=new is None)


@rule(
    id="security-metadata-address-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old=_NONE, new=_HERE),
    fine=Example(old=_HERE, new=_ELSEWHERE),
    cap_reason="The flows of the scheme say where tokens are given, too.",
)
def security_metadata_address_added(contracts: ContractPair) -> Iterator[Finding]:
    """A security scheme says where the metadata of its OAuth server is found.

    Old clients do not look for it. New clients may find nothing there as long as the server is still the old one.
    """
    for scheme in contracts.schemes.kept:
        if scheme.old.node.text(_KEY) is None and (new := scheme.new.node.text(_KEY)) is not None:
            yield scheme.changed(f"The {_KEY} of `{scheme.new.name}` is {new}.")
