"""Policies as JSON and back: the one form that a publication carries and a contract keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.domain.policy import Allowance, ComparisonPolicy, ProtobufPolicy, SeveritySetting
from registry.domain.verdict import Severity

JsonObject = dict[str, Any]


def comparison_policy_to_json(policy: ComparisonPolicy) -> JsonObject:
    """`{"minimum_notice": {level: days}, "protobuf": {"use", "exclude", "allow"}}`."""
    protobuf = policy.protobuf
    return {
        "minimum_notice": dict(policy.minimum_notice),
        "protobuf": {
            "use": list(protobuf.use),
            "exclude": list(protobuf.exclude),
            "allow": sorted(str(allowance) for allowance in protobuf.allow),
        },
    }


def comparison_policy_from_json(data: Mapping[str, Any]) -> ComparisonPolicy:
    """The policy that `comparison_policy_to_json` wrote; what is missing is as if it had never been set."""
    protobuf = data.get("protobuf", {})
    return ComparisonPolicy(
        minimum_notice=tuple((level, days) for level, days in sorted(data.get("minimum_notice", {}).items()) if days is not None),
        protobuf=ProtobufPolicy(
            use=tuple(protobuf.get("use", ())),
            exclude=tuple(protobuf.get("exclude", ())),
            allow=frozenset(Allowance(name) for name in protobuf.get("allow", ())),
        ),
    )


def severity_to_json(setting: SeveritySetting) -> JsonObject:
    """One entry of `[[policy.severities]]`."""
    return {
        "rule": setting.rule,
        "severity": str(setting.severity),
        "contract": setting.contract,
        "element": setting.element,
        "reason": setting.reason,
        "expires": setting.expires or None,
    }


def severity_from_json(data: Mapping[str, Any]) -> SeveritySetting:
    """The setting that `severity_to_json` wrote."""
    return SeveritySetting(
        rule=data["rule"],
        severity=Severity(data["severity"]),
        contract=data["contract"],
        element=data["element"],
        reason=data["reason"],
        expires=data["expires"] or "",
    )
