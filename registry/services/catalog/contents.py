"""Listing what a revision of a contract contains."""

from __future__ import annotations

from registry.domain.contract import ContractKind, Source
from registry.engines.documents.limits import Limits
from registry.services.catalog.api_operations import api_operations
from registry.services.catalog.content_rows import Contents
from registry.services.catalog.protobuf_definitions import protobuf_definitions
from registry.services.catalog.schema_fields import schema_fields


def contents(kind: ContractKind, source: Source, limits: Limits) -> Contents:
    """The rows of a revision's kind. Raises the BadInput errors; a revision that was published raises none."""
    match kind:
        case ContractKind.JSONSCHEMA:
            return schema_fields(source, limits)
        case ContractKind.OPENAPI:
            return Contents(operations=api_operations(source, limits))
        case ContractKind.PROTOBUF:
            return Contents(definitions=protobuf_definitions(source))
