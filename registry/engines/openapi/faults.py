"""Where an OpenAPI document breaks the specification. A faulty document is compared all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.domain.location import Location, child
from registry.engines.openapi.contract import ApiContract

if TYPE_CHECKING:
    from jsonschema_rs import Draft4Validator, Draft202012Validator, ValidationError

_LONGEST = 300
_JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where, as a pointer from the root of the document, and what."""

    location: Location
    message: str


def faults(contract: ApiContract) -> tuple[Fault, ...]:
    """The structural faults of the entry document, in the order of their places.

    Judged by the JSON Schema that the specification publishes for the document's version, and its schemas by JSON Schema's own.
    Importing the validator takes most of a second, so this stays off the way of a comparison.
    """
    document = contract.documents[contract.entry]
    found = {
        Fault(Location(document.name, child("", *error.instance_path)), _message(error))
        for top in _validator(contract.version).iter_errors(document.value)
        for error in _causes(top)
    }
    return tuple(sorted(found, key=lambda fault: (fault.location.path, fault.message)))


def _validator(version: str) -> Draft4Validator | Draft202012Validator:
    from jsonschema_rs import Draft4Validator, Draft202012Validator, Registry
    from openapi_spec_validator import schemas

    if version.startswith("3.0"):
        return Draft4Validator(dict(schemas.get_schema_content_v30()))
    content = dict(schemas.get_schema_content_v31() if version.startswith("3.1") else schemas.get_schema_content_v32())
    # The published schema leaves Schema Objects open behind the dynamic anchor `meta`; here they are JSON Schema's.
    whole = {
        "$schema": _JSON_SCHEMA,
        "$id": "urn:interlock:openapi-with-schemas",
        "$ref": content["$id"],
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": _JSON_SCHEMA}},
    }
    return Draft202012Validator(whole, registry=Registry([(content["$id"], content)]))


def _causes(error: ValidationError) -> Iterator[ValidationError]:
    """What an error comes down to: of the branches of an `anyOf` or `oneOf`, those that came furthest into the document."""
    branches: list[list[ValidationError]] = getattr(error.kind, "context", None) or []
    inner = [cause for branch in branches for cause in branch]
    if not inner:
        yield error
        return
    deepest = max(len(cause.instance_path) for cause in inner)
    for cause in inner:
        if len(cause.instance_path) == deepest:
            yield from _causes(cause)


def _message(error: ValidationError) -> str:
    return error.message if len(error.message) <= _LONGEST else f"{error.message[: _LONGEST - 1]}…"
