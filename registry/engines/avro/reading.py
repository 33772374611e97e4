"""Reading an Avro contract: an entry, and the other files that declare named types it uses."""

from __future__ import annotations

from registry.domain.contract import Source
from registry.domain.errors import BadInput, LimitExceeded, WrongKind
from registry.domain.file_kinds import AVRO_SUFFIX
from registry.domain.location import Location
from registry.engines.avro.building import schema_of
from registry.engines.avro.defaults import check_defaults
from registry.engines.avro.schema import Schema
from registry.engines.documents.document import Document, locate, read
from registry.engines.documents.limits import Limits


def parse(source: Source, limits: Limits = Limits()) -> Schema:
    """The schema of a contract.

    Raises what `read` raises; WrongKind when the entry is no Avro schema; Malformed for a declaration that the specification
    refuses; BadReference for a name that nothing declares; LimitExceeded for too many files or levels. Each with line and column.
    """
    if len(source.files) > limits.files:
        raise LimitExceeded(f"{len(source.files)} files; at most {limits.files} are read.")
    if source.entry not in source.files:
        raise WrongKind(f"The contract has no file {source.entry!r}.")
    documents = {name: read(name, data, limits) for name, data in source.files.items() if _declares(name, source.entry)}
    others = {name: document.value for name, document in documents.items() if name != source.entry}
    try:
        schema = schema_of(documents[source.entry].value, file=source.entry, others=others)
        check_defaults(schema)
    except RecursionError:
        raise LimitExceeded("The schema nests deeper than the interpreter can follow.", Location(source.entry, "")) from None
    except BadInput as error:
        raise _placed(error, documents) from None
    return schema


def _declares(name: str, entry: str) -> bool:
    return name == entry or name.endswith(AVRO_SUFFIX)


def _placed(error: BadInput, documents: dict[str, Document]) -> BadInput:
    location = error.location
    if location is not None and location.position is None and location.file in documents:
        error.location = location.at(locate(documents[location.file], location.path))
    return error
