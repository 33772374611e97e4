"""An OpenAPI document that judges what a service answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from contracts.checkout.tests.documents import read

METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its method in capitals, its path template and its description."""

    method: str
    path: str
    about: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


class ApiDocument:
    """Reads one document; `$ref` is followed within it only."""

    def __init__(self, path: Path) -> None:
        self.document: dict[str, Any] = read(path)
        self._registry: Registry[Any] = Registry().with_resource("urn:api", DRAFT202012.create_resource(self.document))

    def operations(self) -> list[Operation]:
        """Every operation."""
        return [
            Operation(method.upper(), path, item[method])
            for path, item in self.document["paths"].items()
            for method in METHODS
            if method in item
        ]

    def parameters(self, operation: Operation) -> list[dict[str, Any]]:
        """The operation's parameters, references followed."""
        return [self.resolved(parameter) for parameter in operation.about["parameters"]]

    def resolved(self, value: dict[str, Any]) -> dict[str, Any]:
        """What a reference leads to, or the value itself."""
        while "$ref" in value:
            target: Any = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            value = target
        return value

    def validator(self, schema: dict[str, Any]) -> Draft202012Validator:
        """A validator of a schema that stands anywhere in the document."""
        absolute = _absolute(schema)
        return Draft202012Validator(absolute, registry=self._registry, format_checker=Draft202012Validator.FORMAT_CHECKER)

    def operation_of(self, request: httpx.Request) -> Operation:
        """The operation that a request is for. Raises LookupError when there is none."""
        for operation in self.operations():
            pattern = re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(operation.path))
            if operation.method == request.method and re.fullmatch(pattern, request.url.path):
                return operation
        raise LookupError(f"{request.method} {request.url.path}")

    def judge(self, response: httpx.Response) -> Operation:
        """Check status, media type, headers and body of an answer; returns the operation. Raises ValidationError or LookupError."""
        operation = self.operation_of(response.request)
        described = self.resolved(operation.about["responses"][str(response.status_code)])
        media_type = response.headers["Content-Type"].partition(";")[0]
        self.validator(described["content"][media_type]["schema"]).validate(response.json())
        for name in described.get("headers", {}):
            if name not in response.headers:
                raise LookupError(f"{operation} {response.status_code}: {name} is missing")
        return operation


def _absolute(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: f"urn:api{item}" if key == "$ref" else _absolute(item) for key, item in value.items()}
    return [_absolute(item) for item in value] if isinstance(value, list) else value
