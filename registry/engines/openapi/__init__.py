"""OpenAPI 3.0, 3.1 and 3.2: reading contracts, comparing versions, and finding the operation that a request is for."""

from registry.engines.openapi.comparing import compare, contract_rules
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.faults import Fault, faults
from registry.engines.openapi.listing import ListedOperation, elements, info_version, operations
from registry.engines.openapi.reading import parse
from registry.engines.openapi.routes import Route, Routes, routes

__all__ = [
    "ApiContract",
    "Fault",
    "ListedOperation",
    "Route",
    "Routes",
    "compare",
    "contract_rules",
    "elements",
    "faults",
    "info_version",
    "operations",
    "parse",
    "routes",
]
