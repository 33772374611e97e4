"""Structural faults are reported with their place, and do not stop a comparison."""

from __future__ import annotations

import subprocess
import sys

import pytest

from registry.engines.openapi import faults
from registry.engines.openapi.lint import lint
from tests.openapi.support import contract

BODY = """
info: {title: T, version: '1'}
paths:
  /carts:
    get:
      responses:
        '200':
          description: OK
          content: {application/json: {schema: {type: object, required: [a, a], minLength: x}}}
"""


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_a_fault_has_a_pointer_from_the_root(version):
    """Faults inside schemas are found in every version, where they stand in the document."""
    schema = "/paths/~1carts/get/responses/200/content/application~1json/schema"
    found = {fault.location.path for fault in faults(contract(api_yaml=f"openapi: {version}{BODY}"))}
    assert {f"{schema}/required", f"{schema}/minLength"} <= found


def test_a_sound_document_has_none():
    """No fault is made up."""
    sound = BODY.replace("required: [a, a], minLength: x", "required: [a]")
    assert faults(contract(api_yaml=f"openapi: 3.1.0{sound}")) == ()


def test_a_missing_member_is_told_at_its_object():
    """What is not there is a fault of what should have it."""
    (fault,) = faults(contract(api_yaml="openapi: 3.1.0\npaths: {}"))
    assert fault.location.path == ""
    assert "info" in fault.message


SELF_CONTRADICTING = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /carts/{id}:
    get:
      operationId: cart
      parameters:
        - {name: cart, in: path, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, default: many}}
        - {name: order, in: query, schema: {enum: [up, down], default: up}}
      responses: {default: {description: OK}}
    delete: {operationId: cart, parameters: [{name: id, in: path, required: true, schema: {type: string}}]}
components:
  schemas:
    Cart: {type: object, properties: {total: {$ref: '#/components/schemas/Money', default: 3}}}
    Money: {type: string}
"""


def test_a_document_that_contradicts_itself_is_told():
    """Which no schema of the specification sees: defaults, operation ids, and paths against their parameters."""
    found = {(change.rule.partition(":")[2], change.new.path) for change in lint(contract(api_yaml=SELF_CONTRADICTING))}
    operation = "/paths/~1carts~1{id}/get"
    assert found == {
        ("path-parameter", operation),
        ("path-parameter", f"{operation}/parameters/0"),
        ("default", f"{operation}/parameters/1/schema/default"),
        ("operation-id", "/paths/~1carts~1{id}/delete/operationId"),
        ("default", "/components/schemas/Cart/properties/total/default"),
    }


def test_defaults_of_what_can_be_null_fit():
    """In OpenAPI 3.0 null is a value where `nullable` says so."""
    for nullable, count in (("true", 0), ("false", 1)):
        schema = f"type: string, nullable: {nullable}, default: null"
        text = BODY.replace("type: object, required: [a, a], minLength: x", schema)
        assert len(lint(contract(api_yaml=f"openapi: 3.0.3{text}"))) == count


def test_judging_a_document_never_imports_the_slow_validator():
    """Its schemas are read from its files: importing it takes longer than comparing most documents."""
    program = (
        "import sys; from registry.engines.openapi.faults import faults;"
        "from registry.engines.openapi.examples import example_contract;"
        "assert faults(example_contract('info: 3'));"
        "print(any(name.startswith('openapi_spec_validator') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout == "False\n"
