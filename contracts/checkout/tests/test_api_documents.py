"""The OpenAPI documents are valid, keep the platform's conventions, and their examples are what they say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from contracts.checkout.tests.api_document import ApiDocument, Operation
from contracts.checkout.tests.documents import PLATFORM, candidates, changed_files, paths_of, read, short

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}

CANDIDATES = [
    folder / path
    for folder in [*candidates("breaking"), *candidates("additive")]
    for path in changed_files(folder)
    if path.suffix == ".yaml"
]
DOCUMENTS = paths_of("openapi")
OPERATIONS = [
    pytest.param(ApiDocument(path), operation, id=f"{short(path)} {operation}")
    for path in DOCUMENTS
    for operation in ApiDocument(path).operations()
]


@pytest.mark.parametrize("path", [*DOCUMENTS, *CANDIDATES], ids=short)
def test_a_document_is_valid_openapi(path: Path) -> None:
    """Every document, of the history and of the candidates too, is valid OpenAPI 3.1."""
    document = read(path)
    assert document["openapi"].startswith("3.1.")
    validate(document)


@pytest.mark.parametrize("path", [*DOCUMENTS, *CANDIDATES], ids=short)
def test_every_example_is_what_its_schema_says(path: Path) -> None:
    """Every example of a body or a parameter is valid under the schema it illustrates."""
    api = ApiDocument(path)
    seen = 0
    for schema, example in _examples(api, api.document):
        api.validator(schema).validate(example)
        seen += 1
    assert seen > 10


@pytest.mark.parametrize(("api", "operation"), OPERATIONS)
def test_an_operation_keeps_the_conventions(api: ApiDocument, operation: Operation) -> None:
    """Every operation has a time budget, takes tenant and correlation id, tells its correlation id, and fails with problems."""
    headers = {parameter["name"]: parameter for parameter in api.parameters(operation) if parameter["in"] == "header"}
    assert isinstance(operation.about["x-time-budget-ms"], int)
    assert headers["X-Tenant-Id"]["required"]
    assert not headers["X-Correlation-Id"]["required"]
    for status, response in operation.about["responses"].items():
        described = api.resolved(response)
        if int(status) < 400:
            assert "X-Correlation-Id" in described["headers"]
        else:
            assert list(described["content"]) == ["application/problem+json"]


@pytest.mark.parametrize(("api", "operation"), OPERATIONS)
def test_unsafe_operations_and_only_those_take_an_idempotency_key(api: ApiDocument, operation: Operation) -> None:
    """What changes something can be repeated without changing it twice."""
    required = {parameter["name"] for parameter in api.parameters(operation) if parameter.get("required")}
    assert ("Idempotency-Key" in required) == (operation.method in UNSAFE)
    assert ("422" in operation.about["responses"]) == (operation.method in UNSAFE)


@pytest.mark.parametrize("path", DOCUMENTS, ids=short)
def test_what_is_deprecated_has_a_sunset(path: Path) -> None:
    """A deprecation says until when the old thing stays, and what to use."""
    for about in _deprecated(read(path)):
        assert about["x-sunset"] == "2027-06-30", "a full date, quoted, so that no YAML reader makes it a timestamp"
        assert about["description"]


def test_every_service_with_an_api_is_described() -> None:
    """Catalog, Cart, Orders and Payments have REST APIs; Inventory has none."""
    owners = {path.relative_to(PLATFORM).parts[0] for path in DOCUMENTS if path.is_relative_to(PLATFORM)} - {"history"}
    assert owners == {"catalog", "cart", "orders", "payments"}


def _examples(api: ApiDocument, value: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    if isinstance(value, dict):
        if "schema" in value:
            yield from ((value["schema"], api.resolved(each)["value"]) for each in value.get("examples", {}).values())
            if "example" in value:
                yield value["schema"], value["example"]
        for item in value.values():
            yield from _examples(api, item)
    elif isinstance(value, list):
        for item in value:
            yield from _examples(api, item)


def _deprecated(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("deprecated") is True:
            yield value
        for item in value.values():
            yield from _deprecated(item)
    elif isinstance(value, list):
        for item in value:
            yield from _deprecated(item)
