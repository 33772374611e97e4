"""Publications as the JSON body that a publisher sends, and their receipts as the JSON that comes back.

    {"service_versions": [{"service": {...}, "version": "4f1c", "provides": [...], "consumes": [...], "pacts": [...], ...}],
     "release": false, "waivers": [...]}

Files travel as base64, so that their exact bytes arrive whatever they are. Reading takes a body whose shape the face has checked
(every key present, of the type that `publication_to_json` writes) and checks what shape cannot: base64, numbers, paths.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from registry.domain import comparison_json
from registry.domain.change import Waiver
from registry.domain.contract import ContractKind, Mode, OnUnknown, Source
from registry.domain.errors import BadRequest, BadVersion
from registry.domain.location import Location, child
from registry.domain.manifest import Policy, ServiceIdentity
from registry.domain.policy_json import (
    comparison_policy_from_json,
    comparison_policy_to_json,
    severity_from_json,
    severity_to_json,
)
from registry.domain.publication import (
    ConsumedContract,
    ProvidedContract,
    Publication,
    PublicationReceipt,
    PublishedPact,
    ReleaseReceipt,
    ServiceVersion,
    ServiceVersionReceipt,
)
from registry.domain.semver import Version

JsonObject = dict[str, Any]

BODY = "body"
"""The file name of places in a request body."""


def publication_to_json(publication: Publication) -> JsonObject:
    """The body of `POST /publications`; also each of the service versions of `POST /checks`."""
    return {
        "service_versions": [service_version_to_json(version) for version in publication.service_versions],
        "release": publication.release,
        "waivers": [
            {"contract": contract, "rule": row.rule, "element": row.element, "reason": row.reason, "expires": row.expires}
            for contract, row in publication.waivers
        ],
    }


def publication_from_json(body: Mapping[str, Any]) -> Publication:
    """The publication that a body carries. A waiver's actor is left "": it is whoever publishes.

    Raises BadVersion for a number that is not semver, BadRequest for bad base64 or a path that leaves its folder.
    """
    return Publication(
        service_versions=tuple(
            service_version_from_json(row, child("/service_versions", index)) for index, row in enumerate(body["service_versions"])
        ),
        release=body["release"],
        waivers=tuple(
            (row["contract"], Waiver(row["rule"], row["element"], row["reason"], "", row["expires"])) for row in body["waivers"]
        ),
    )


def service_version_to_json(version: ServiceVersion) -> JsonObject:
    """One service version with everything that it provides and consumes."""
    identity = version.service
    return {
        "service": {
            "name": identity.name,
            "team": identity.team,
            "domain": identity.domain,
            "description": identity.description,
            "entities": list(identity.entities),
            "main_branch": identity.main_branch,
        },
        "version": version.version,
        "repository": version.repository,
        "commit": version.commit,
        "branch": version.branch,
        "committed_at": version.committed_at.isoformat() if version.committed_at else None,
        "policy": _policy_to_json(version.policy),
        "provides": [_provided_to_json(provided) for provided in version.provides],
        "consumes": [_consumed_to_json(consumed) for consumed in version.consumes],
        "pacts": [{"name": pact.name, "content": _encoded(pact.content)} for pact in version.pacts],
    }


def service_version_from_json(row: Mapping[str, Any], pointer: str) -> ServiceVersion:
    """The service version at a pointer of the body. Raises BadVersion and BadRequest."""
    service = row["service"]
    return ServiceVersion(
        service=ServiceIdentity(
            name=service["name"],
            team=service["team"],
            domain=service["domain"],
            description=service["description"],
            entities=tuple(service["entities"]),
            main_branch=service["main_branch"],
        ),
        version=row["version"],
        repository=row["repository"],
        commit=row["commit"],
        branch=row["branch"],
        committed_at=None if row["committed_at"] is None else datetime.fromisoformat(row["committed_at"]),
        provides=tuple(_provided_from_json(item, child(pointer, "provides", at)) for at, item in enumerate(row["provides"])),
        consumes=tuple(_consumed_from_json(item, child(pointer, "consumes", at)) for at, item in enumerate(row["consumes"])),
        pacts=tuple(
            PublishedPact(item["name"], decoded(item["content"], child(pointer, "pacts", at, "content")))
            for at, item in enumerate(row["pacts"])
        ),
        policy=_policy_from_json(row["policy"]),
    )


def _policy_to_json(policy: Policy) -> JsonObject:
    return {
        "environments": list(policy.environments),
        "raise_rules": list(policy.raise_rules),
        "severities": [severity_to_json(setting) for setting in policy.severities],
        "comparison": comparison_policy_to_json(policy.comparison),
    }


def _policy_from_json(row: Mapping[str, Any]) -> Policy:
    return Policy(
        environments=tuple(row["environments"]),
        raise_rules=tuple(row["raise_rules"]),
        severities=tuple(severity_from_json(setting) for setting in row["severities"]),
        comparison=comparison_policy_from_json(row["comparison"]),
    )


def receipt_to_json(receipt: PublicationReceipt) -> JsonObject:
    """What became of a publication."""
    return {
        "created": receipt.created,
        "service_versions": [
            {
                "service": row.service,
                "version": row.version,
                "created": row.created,
                "revisions": [
                    {"contract": contract, "revision": revision, "created": created}
                    for contract, revision, created in row.revisions
                ],
                "releases": [_release_to_json(release) for release in row.releases],
                "notices": list(row.notices),
            }
            for row in receipt.service_versions
        ],
    }


def receipt_from_json(data: Mapping[str, Any]) -> PublicationReceipt:
    """The receipt that `receipt_to_json` wrote."""
    return PublicationReceipt(
        tuple(
            ServiceVersionReceipt(
                service=row["service"],
                version=row["version"],
                created=row["created"],
                revisions=tuple((item["contract"], item["revision"], item["created"]) for item in row["revisions"]),
                releases=tuple(_release_from_json(item) for item in row["releases"]),
                notices=tuple(row["notices"]),
            )
            for row in data["service_versions"]
        )
    )


def decoded(text: str, pointer: str) -> bytes:
    """The bytes that a base64 string at a pointer of the body carries. Raises BadRequest."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadRequest(f"This is not base64: {error}.", Location(BODY, pointer)) from None
    except ValueError:  # a character beyond ASCII
        raise BadRequest("This is not base64: it holds characters beyond ASCII.", Location(BODY, pointer)) from None


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _provided_to_json(provided: ProvidedContract) -> JsonObject:
    return {
        "contract": provided.contract,
        "kind": str(provided.kind),
        "entry": provided.source.entry,
        "files": _files_to_json(provided.source),
        "version": None if provided.version is None else str(provided.version),
        "mode": str(provided.mode),
        "on_unknown": str(provided.on_unknown),
        "description": provided.description,
        "is_event": provided.is_event,
        "channel": provided.channel,
        "retention_seconds": provided.retention_seconds,
        "entity": provided.entity,
        "examples": list(provided.examples),
        "owner": provided.owner,
    }


def _provided_from_json(row: Mapping[str, Any], pointer: str) -> ProvidedContract:
    return ProvidedContract(
        contract=row["contract"],
        kind=ContractKind(row["kind"]),
        source=Source(_files_from_json(row["files"], child(pointer, "files")), row["entry"]),
        version=_version(row["version"], child(pointer, "version")),
        mode=Mode(row["mode"]),
        on_unknown=OnUnknown(row["on_unknown"]),
        description=row["description"],
        is_event=row["is_event"],
        channel=row["channel"],
        retention_seconds=row["retention_seconds"],
        entity=row["entity"],
        examples=tuple(row["examples"]),
        owner=row["owner"],
    )


def _consumed_to_json(consumed: ConsumedContract) -> JsonObject:
    reader = consumed.reader
    return {
        "contract": consumed.contract,
        "version": None if consumed.version is None else str(consumed.version),
        "reader": None if reader is None else {"entry": reader.entry, "files": _files_to_json(reader)},
        "uses": list(consumed.uses),
        "has_pacts": consumed.has_pacts,
    }


def _consumed_from_json(row: Mapping[str, Any], pointer: str) -> ConsumedContract:
    reader = row["reader"]
    return ConsumedContract(
        contract=row["contract"],
        version=_version(row["version"], child(pointer, "version")),
        reader=None
        if reader is None
        else Source(_files_from_json(reader["files"], child(pointer, "reader", "files")), reader["entry"]),
        uses=tuple(row["uses"]),
        has_pacts=row["has_pacts"],
    )


def _files_to_json(source: Source) -> list[JsonObject]:
    return [{"path": path, "content": _encoded(data)} for path, data in sorted(source.files.items())]


def _files_from_json(rows: Sequence[Mapping[str, Any]], pointer: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for index, row in enumerate(rows):
        path: str = row["path"]
        place = child(pointer, index, "path")
        if not _stays_inside(path):
            raise BadRequest(f"{path!r} is no path inside the contract's folder.", Location(BODY, place))
        if path in files:
            raise BadRequest(f"The file {path} stands twice in one contract.", Location(BODY, place))
        files[path] = decoded(row["content"], child(pointer, index, "content"))
    return files


def _stays_inside(path: str) -> bool:
    """Whether a path is relative, POSIX and normal. Control characters would let two file lists have one digest."""
    return path.isprintable() and "\\" not in path and all(part not in {"", ".", ".."} for part in path.split("/"))


def _version(text: str | None, pointer: str) -> Version | None:
    if text is None:
        return None
    version = Version.parse(text)
    if version is None:
        raise BadVersion(f"{text!r} is not a semantic version.", Location(BODY, pointer))
    return version


def _release_to_json(release: ReleaseReceipt) -> JsonObject:
    return {
        "contract": release.contract,
        "version": str(release.version),
        "ordinal": release.ordinal,
        "created": release.created,
        "baseline": release.baseline,
        "comparison": comparison_json.to_json(release.comparison),
    }


def _release_from_json(row: Mapping[str, Any]) -> ReleaseReceipt:
    return ReleaseReceipt(
        contract=row["contract"],
        version=Version.of(row["version"]),
        ordinal=row["ordinal"],
        created=row["created"],
        baseline=row["baseline"],
        comparison=comparison_json.from_json(row["comparison"]),
    )
