"""Consumers' own reader schemas: of which kind one is, whether it fits the contract that it is to read, and what it uses of it."""

from __future__ import annotations

from registry.domain.contract import ContractKind, Source
from registry.domain.errors import BadRequest
from registry.domain.file_kinds import AVRO_SUFFIX
from registry.domain.records import ContractRecord
from registry.engines.documents.limits import Limits
from registry.services.formats import engine_of


def reader_kind(reader: Source) -> ContractKind:
    """The kind of contract that a reader schema is written for, as its file's name tells: the contract may not be there yet.

    Without an entry it is the Protobuf files or the descriptor set that a consumer's stubs are made from.
    """
    if not reader.entry:
        return ContractKind.PROTOBUF
    return ContractKind.AVRO if reader.entry.endswith(AVRO_SUFFIX) else ContractKind.JSONSCHEMA


def uses_of(reader: Source, limits: Limits) -> tuple[str, ...]:
    """The elements that a reader schema says are used, sorted: of Protobuf, the methods, fields and enum values that it declares.

    A JSON or Avro reader says what it reads by being compared, and lists nothing. Raises the BadInput errors.
    """
    kind = reader_kind(reader)
    parsed = engine_of(kind).read(reader, limits)
    if kind is not ContractKind.PROTOBUF:
        return ()
    from registry.engines.protobuf.inventory import usable

    return tuple(sorted(usable(parsed)))


def check_fits(contract: ContractRecord, reader: Source) -> None:
    """Raise BadRequest for a reader schema of another kind than its contract's."""
    found = reader_kind(reader)
    if contract.kind is not found:
        name = reader.entry or min(reader.files, default="")
        raise BadRequest(f"{contract.name} is of kind {contract.kind}, and its reader schema {name} of kind {found}.")
