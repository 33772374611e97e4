"""Consumers' own reader schemas: of which kind one is, and whether it fits the contract that it is to read."""

from __future__ import annotations

from registry.domain.contract import ContractKind, Source
from registry.domain.errors import BadRequest
from registry.domain.records import ContractRecord
from registry.engines.avro.reading import SUFFIX as AVRO_SUFFIX
from registry.engines.documents.limits import Limits
from registry.services.formats import engine_of


def reader_kind(reader: Source) -> ContractKind:
    """The kind of contract that a reader schema is written for, as its file's name tells: the contract may not be there yet."""
    return ContractKind.AVRO if reader.entry.endswith(AVRO_SUFFIX) else ContractKind.JSONSCHEMA


def check_reader(reader: Source, limits: Limits) -> None:
    """Raise the BadInput errors for a reader schema that cannot be read."""
    engine_of(reader_kind(reader)).read(reader, limits)


def check_fits(contract: ContractRecord, reader: Source) -> None:
    """Raise BadRequest for a reader schema of another kind than its contract's."""
    found = reader_kind(reader)
    if contract.kind is not found:
        raise BadRequest(f"{contract.name} is of kind {contract.kind}, and its reader schema {reader.entry} of kind {found}.")
