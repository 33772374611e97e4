"""Where an OpenAPI document breaks the specification. A faulty document is compared all the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry.domain.errors import Unavailable
from registry.domain.location import Location, child
from registry.engines.openapi.contract import ApiContract

if TYPE_CHECKING:
    from jsonschema_rs import Draft4Validator, Draft202012Validator, ValidationError

_LONGEST = 300
_JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what kind of rule it breaks, where, as a pointer from the root of the document, and what."""

    rule: str
    location: Location
    message: str


def faults(contract: ApiContract) -> tuple[Fault, ...]:
    """The structural faults of the entry document, in the order of their places.

    Judged by the JSON Schema that the specification publishes for the document's version, and its schemas by JSON Schema's own;
    takes a few milliseconds a megabyte.
    """
    document = contract.documents[contract.entry]
    found = {
        Fault("structure", Location(document.name, child("", *error.instance_path)), _message(error))
        for top in _validator(contract.version[:3]).iter_errors(document.value)
        for error in _causes(top)
    }
    return tuple(sorted(found, key=lambda fault: (fault.location.path, fault.message)))


@cache
def _validator(series: str) -> Draft4Validator | Draft202012Validator:
    from jsonschema_rs import Draft4Validator, Draft202012Validator, Registry

    content = _published(series)
    if series == "3.0":
        return Draft4Validator(content)
    # The published schema leaves Schema Objects open behind the dynamic anchor `meta`; here they are JSON Schema's.
    whole = {
        "$schema": _JSON_SCHEMA,
        "$id": "urn:interlock:openapi-with-schemas",
        "$ref": content["$id"],
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": _JSON_SCHEMA}},
    }
    return Draft202012Validator(whole, registry=Registry([(content["$id"], content)]))


def _published(series: str) -> dict[str, Any]:
    """The schema of a series such as `3.1`, from the files of openapi-spec-validator: importing it takes half a second."""
    package = find_spec("openapi_spec_validator")
    if package is None or not package.submodule_search_locations:
        raise Unavailable("openapi-spec-validator is not installed, and OpenAPI documents cannot be judged without it")
    folder = Path(package.submodule_search_locations[0])
    return json.loads((folder / "resources" / "schemas" / f"v{series}" / "schema.json").read_text("utf-8"))


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
