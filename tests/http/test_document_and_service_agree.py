"""The service against its own document: whatever a client sends, the answer is one that the document declares."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import positive_data_acceptance

from registry.http.export import exported
from registry.storage.database import Database
from tests.http.registry_under_test import (
    Caller,
    RegistryUnderTest,
    application,
    encoded,
    event,
    pact,
    publication,
    schema,
    service_version,
)

DOCUMENT = schemathesis.openapi.from_dict(json.loads(exported()))
DOCUMENT.app = application()
DOCUMENT.config.update(base_url="http://127.0.0.1:8600")

BEYOND_SCHEMAS = {"post_publication", "post_check", "post_verification", "post_waiver", "post_release_state"}
"""Their bodies carry documents, base64 and moments to come, of which a JSON Schema cannot say all: these may be refused."""


@pytest.fixture(scope="module")
def admin(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """A caller who may do everything with a registry that has something of everything."""
    path = tmp_path_factory.mktemp("agree") / "registry.db"
    shutil.copyfile(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    registry = RegistryUnderTest(database)
    admin = registry.admin()
    pacts = [{"name": "p.json", "content": encoded(pact("orders", "orders"))}]
    version = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", schema(id="string"))], pacts=pacts)
    assert admin.post("/publications", publication(version)).status == 201
    assert admin.post("/environments", {"name": "production", "production": True}).status == 201
    yield admin
    database.close()


@DOCUMENT.parametrize()
@settings(max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_declared(case: schemathesis.Case, admin: Caller) -> None:
    """No undeclared status, media type or shape, no internal error, and no input accepted that the document forbids."""
    excluded = [positive_data_acceptance] if case.operation.definition.raw["operationId"] in BEYOND_SCHEMAS else []
    case.call_and_validate(headers={"Authorization": f"Bearer {admin.token}"}, excluded_checks=excluded)
