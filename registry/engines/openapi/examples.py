"""How the short text of a rule's example becomes a whole OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Mapping

from registry.domain.change import Json
from registry.domain.contract import Source
from registry.engines.documents.document import read
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.reading import parse

_ANSWER = {"200": {"description": "OK"}}


def example_contract(text: str) -> ApiContract:
    """The contract that an example stands for: YAML in which `GET /carts: {...}` is an operation of a path.

    Every other key is a member of the document. Operations without responses answer 200, and the document is OpenAPI 3.1 unless it
    says otherwise.
    """
    value = read("example.yaml", text.encode()).value
    paths: dict[str, dict[str, Json]] = {}
    document: dict[str, Json] = {"openapi": "3.1.0", "info": {"title": "Example", "version": "1.0.0"}}
    for key, member in value.items() if isinstance(value, Mapping) else ():
        method, space, path = key.partition(" ")
        if space and path.startswith("/") and isinstance(member, Mapping):
            paths.setdefault(path, {})[method.lower()] = {"responses": _ANSWER, **member}
        else:
            document[key] = member
    document.setdefault("paths", paths)
    return parse(Source({"openapi.json": json.dumps(document).encode()}, "openapi.json"))
