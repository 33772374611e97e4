"""The API document: what FastAPI derives from the handlers, with our errors and our door in place of its defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from registry.http.problems import Problem

_FRAMEWORK_ERRORS = ("HTTPValidationError", "ValidationError")
_DESCRIPTION = (
    "Interlock holds every contract that services promise each other and says who breaks, where, and on which document.\n\n"
    "Every error is a problem (RFC 9457) with a stable `code`; every response carries `X-Correlation-Id`. Lists are pages: "
    "pass `next` of one as the cursor of the following. Bodies are plain `application/json` without Content-Encoding."
)


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application's API; pages are not part of it."""
    found = get_openapi(title="Interlock", version=app.version, description=_DESCRIPTION, routes=app.routes)
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for name in _FRAMEWORK_ERRORS:
        schemas.pop(name, None)
    # FastAPI collects only what a response model leads to, and problems are rendered by the error handler.
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    found["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of `interlock token create`."}
    }
    for path, method, operation in _operations(found):
        operation["responses"].pop("422", None)
        operation["security"] = _security(path, method)
    return found


def _operations(found: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in found["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _security(path: str, method: str) -> list[dict[str, list[str]]]:
    """Reading goes without a token where the registry is set up so; writing from the machine itself is not for the document."""
    if path.startswith("/health/"):
        return []
    reads = method == "get" or path.endswith("/checks")
    return [{"token": []}, {}] if reads else [{"token": []}]
