"""Structural faults are reported with their place, and do not stop a comparison."""

from __future__ import annotations

import subprocess
import sys

import pytest

from registry.engines.openapi import faults
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


def test_comparing_never_loads_the_validators():
    """The slow imports stay off the way of a comparison."""
    program = "import sys, registry.engines.openapi; print(any(name.startswith('openapi_spec_validator') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout == "False\n"
