"""The way in which clients authenticate changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.node import Node
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_TOLD = {"apiKey": ("in", "name"), "http": ("scheme",), "openIdConnect": ("openIdConnectUrl",)}
"""What a client has to know of each type of scheme (OpenAPI 3.1, section 4.8.27); OAuth flows have a rule of their own."""


def _keyed(header: str) -> str:
    scheme = f"{{type: apiKey, in: header, name: {header}}}"
    return f"GET /carts: {{security: [{{key: []}}]}}\ncomponents: {{securitySchemes: {{key: {scheme}}}}}"


@rule(
    id="security-scheme-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SECURITY,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old=_keyed("X-Key"),
        new=_keyed("X-Api-Key"),
    ),
    fine=Example(
        old=_keyed("X-Key"),
        new=_keyed("x-key"),
    ),
    names=("api-security-component-type-changed",),
)
def security_scheme_changed(contracts: ContractPair) -> Iterator[Finding]:
    """A security scheme has another type, or its key another name or place, its HTTP scheme or discovery address is another.

    Old clients present their credentials where nobody looks for them, or in a form that is not understood.
    """
    for scheme in contracts.schemes.kept:
        old, new = scheme.old.node, scheme.new.node
        kind = old.text("type")
        if kind != new.text("type"):
            yield scheme.changed(f"The security scheme `{scheme.new.name}` is now {new.text('type')}, not {kind}.")
            continue
        changed = [key for key in _TOLD.get(kind or "", ()) if _told(old, key) != _told(new, key)]
        if changed:
            details = ", ".join(f"{key} {new.raw(key)!r} instead of {old.raw(key)!r}" for key in changed)
            yield scheme.changed(f"The security scheme `{scheme.new.name}` has {details}.")


def _told(scheme: Node, key: str) -> object:
    """A field as far as it counts: names of headers and HTTP schemes are the same in any case (RFC 9110, sections 5.1, 11.1)."""
    value = scheme.raw(key)
    ignores_case = key == "scheme" or (key == "name" and scheme.text("in") == "header")
    return value.lower() if ignores_case and isinstance(value, str) else value
