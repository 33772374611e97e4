"""What a contract offers, as lists."""

from __future__ import annotations

from registry.engines.openapi import elements, info_version, operations
from registry.engines.openapi.examples import example_contract

SHOP = """
info: {title: Shop, version: 2.1.0}
POST /carts:
  operationId: makeCart
  summary: Make a cart
  deprecated: true
  x-sunset: 2031-01-31
  x-time-budget-ms: 250
  parameters: [{name: X-Tenant, in: header, schema: {type: string}}]
  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Cart'}}}}
  responses:
    default: {description: bad}
    '201': {description: made, headers: {ETag: {schema: {type: string}}}}
components:
  schemas:
    Cart:
      allOf: [{properties: {id: {type: string}}}]
      properties:
        lines: {type: array, items: {properties: {sku: {type: string}}}}
        notes: {type: object, additionalProperties: {type: string}}
        parent: {$ref: '#/components/schemas/Cart'}
"""


def test_operations_are_listed_with_what_pages_show():
    """Identity, lifecycle, time budget and statuses, success first."""
    (operation,) = operations(example_contract(SHOP))
    assert (operation.method, operation.path, operation.element) == ("POST", "/carts", "POST /carts")
    assert (operation.operation_id, operation.summary) == ("makeCart", "Make a cart")
    assert (operation.deprecated, operation.sunset, operation.time_budget_ms) == (True, "2031-01-31", 250)
    assert operation.statuses == ("201", "default")


def test_elements_reach_down_to_properties():
    """Every part that a consumer can name is an element; a schema that contains itself ends where it repeats."""
    assert elements(example_contract(SHOP)) == {
        "POST /carts",
        "POST /carts request header X-Tenant",
        "POST /carts request $",
        "POST /carts request $.id",
        "POST /carts request $.lines",
        "POST /carts request $.lines[]",
        "POST /carts request $.lines[].sku",
        "POST /carts request $.notes",
        "POST /carts request $.notes{}",
        "POST /carts request $.parent",
        "POST /carts response 201",
        "POST /carts response 201 header ETag",
        "POST /carts response default",
    }


def test_the_version_is_text():
    """`info.version` need not be semver, nor be there."""
    assert info_version(example_contract(SHOP)) == "2.1.0"
    assert info_version(example_contract("info: {version: 2}")) == ""
