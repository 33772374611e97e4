"""Listing what a revision of a contract contains."""

from __future__ import annotations

from registry.domain.contract import ContractKind, Source
from registry.engines.documents.limits import Limits
from registry.engines.openapi.listing import operations
from registry.engines.protobuf.inventory import describe
from registry.services.catalog import avro_fields
from registry.services.catalog.content_rows import Contents
from registry.services.catalog.schema_fields import listed_fields
from registry.services.formats import engine_of


def contents(kind: ContractKind, source: Source, limits: Limits) -> Contents:
    """The rows of a revision's kind. Raises the BadInput errors; a revision that was published raises none."""
    parsed = engine_of(kind).read(source, limits)
    match kind:
        case ContractKind.JSONSCHEMA:
            rows, complete = listed_fields(parsed.library.root)
            return Contents(fields=rows, complete=complete)
        case ContractKind.AVRO:
            rows, complete = avro_fields.listed_fields(parsed)
            return Contents(fields=rows, complete=complete)
        case ContractKind.OPENAPI:
            return Contents(operations=operations(parsed))
        case ContractKind.PROTOBUF:
            return Contents(declarations=describe(parsed))
