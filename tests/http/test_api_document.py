"""The API document: committed, true to the code, and complete about errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from registry.domain.contract import Source
from registry.engines.documents.limits import Limits
from registry.engines.openapi.reading import parse
from registry.http.export import exported

ROOT = Path(__file__).parents[2]
DOCUMENT = json.loads(exported())


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of the document."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


ALL = [pytest.param(*row, id=row[2]["operationId"]) for row in operations()]


def test_the_committed_document_is_that_of_the_code() -> None:
    """Run `ci/dev python -m registry.http.export > docs/openapi.json` when this fails, and look at what changed."""
    assert (ROOT / "docs" / "openapi.json").read_text() == exported()


def test_the_document_is_a_contract_that_interlock_reads() -> None:
    """The registry gates its own API, so its own reader has to take the document."""
    parse(Source({"openapi.json": exported().encode()}, "openapi.json"), Limits())


@pytest.mark.parametrize(("method", "path", "operation"), ALL)
def test_an_operation_declares_its_errors(method: str, path: str, operation: dict[str, Any]) -> None:
    """Every error is a problem; who has to say who he is can be refused, and who sends a body can send a bad one."""
    responses = operation["responses"]
    errors = {status for status in responses if status >= "400"}
    for status in errors:
        assert set(responses[status]["content"]) == {"application/problem+json"}
        assert "`" in responses[status]["description"]
    assert "500" in errors
    assert "422" not in responses
    if not path.startswith("/health"):
        assert errors >= {"400", "401", "403", "503"}
    if "requestBody" in operation:
        assert errors >= {"413", "415"}
        assert set(operation["requestBody"]["content"]) == {"application/json"}
    if "{" in path:
        assert "404" in errors


@pytest.mark.parametrize(("method", "path", "operation"), ALL)
def test_an_operation_says_what_it_does(method: str, path: str, operation: dict[str, Any]) -> None:
    """Each has a sentence, a tag, and a statement about tokens."""
    assert operation["description"].endswith(".")
    assert operation["tags"]
    assert operation["security"] == ([] if path.startswith("/health") else operation["security"])
    anonymous = {} in operation["security"]
    assert anonymous == ((method == "get" and path.startswith("/api")) or path.endswith("/checks"))


def test_every_shape_says_what_it_is() -> None:
    """Docstrings of the models are the document's text."""
    silent = [
        name for name, shape in DOCUMENT["components"]["schemas"].items() if "properties" in shape and "description" not in shape
    ]
    assert silent == []


def test_requests_refuse_what_nobody_reads() -> None:
    """Every request shape is closed; responses stay open, so that they can grow."""
    for name, shape in DOCUMENT["components"]["schemas"].items():
        if "properties" in shape:
            assert (shape.get("additionalProperties") is False) == name.endswith("In"), name
