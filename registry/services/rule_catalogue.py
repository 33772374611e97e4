"""Every rule of every engine: what `interlock rules`, `interlock explain` and docs/rules.md are made from."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

from registry.domain.contract import ContractKind
from registry.engines.rulebook.catalogue import discover
from registry.engines.rulebook.rule import Example, Rule

JsonObject = dict[str, Any]

_PACKAGES = {
    ContractKind.OPENAPI: ("openapi.rules", "openapi.schema_rules"),
    ContractKind.PROTOBUF: ("protobuf.rules",),
    ContractKind.JSONSCHEMA: ("jsonschema.rules", "jsonschema.event_rules"),
    ContractKind.AVRO: ("avro.rules",),
}
"""Where the rules of a kind stand. OpenAPI has some about schemas that no other kind has, such as those about discriminators."""

_ABOUT_SCHEMAS = ("jsonschema.rules", "openapi.schema_rules")


def rules(kinds: Iterable[ContractKind] = tuple(ContractKind)) -> tuple[Rule[Any], ...]:
    """The rules of the kinds, by kind and then by id. OpenAPI adds to the rules about schemas, which are JSON Schema's."""
    return tuple(rule for kind in kinds for package in _PACKAGES[kind] for rule in _in(package))


def named(name: str) -> tuple[Rule[Any], ...]:
    """The rules of that id, or that a peer calls so (buf's ids); one for each kind that has it.

    A rule about schemas has its role before its id where OpenAPI reports it: `response-property-removed` is `property-removed`.
    """
    catalogue = rules()
    exact = tuple(rule for rule in catalogue if name == rule.id or name in rule.names)
    return exact or tuple(rule for package in _ABOUT_SCHEMAS for rule in _in(package) if name in ids_in_openapi(rule))


def ids_in_openapi(rule: Rule[Any]) -> tuple[str, ...]:
    """What a rule about schemas is called in an OpenAPI contract: one id for each role that a schema can have."""
    from registry.engines.openapi.contract_pair import Role

    return tuple(f"{role}-{rule.id}" for role in Role)


def ids_in_findings(rule: Rule[Any], kind: ContractKind) -> frozenset[str]:
    """What findings about a contract of a kind call a rule; nothing when it is not asked there."""
    if kind is ContractKind.OPENAPI and any(rule is found for package in _ABOUT_SCHEMAS for found in _in(package)):
        return frozenset(ids_in_openapi(rule))
    return frozenset({rule.id} if kind is rule.contract_kind else ())


def all_ids_in_findings() -> frozenset[str]:
    """What findings about any contract call their rules."""
    return frozenset(name for kind in ContractKind for rule in rules() for name in ids_in_findings(rule, kind))


def rule_to_json(rule: Rule[Any]) -> JsonObject:
    """All of a rule but its check."""
    return {
        "id": rule.id,
        "kind": str(rule.contract_kind),
        "summary": rule.summary,
        "text": rule.doc,
        "area": str(rule.area),
        "aspect": str(rule.aspect),
        "action": str(rule.action),
        "nature": str(rule.nature),
        "severity": {str(direction): str(severity) for direction, severity in rule.severity.items()},
        "names": list(rule.names),
        "cap_reason": rule.cap_reason,
        "breaks": _example_to_json(rule.breaks),
        "fine": _example_to_json(rule.fine),
    }


def _example_to_json(example: Example) -> JsonObject:
    return {"old": example.old, "new": example.new}


def _in(package: str) -> tuple[Rule[Any], ...]:
    return discover(importlib.import_module(f"registry.engines.{package}"))
