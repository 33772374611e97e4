"""From the bytes of a revision to an OpenAPI contract, or a refusal that says where and why."""

from __future__ import annotations

import re
from collections.abc import Mapping

from registry.domain.contract import Source
from registry.domain.errors import BadReference, LimitExceeded, WrongKind
from registry.domain.location import Location
from registry.engines.documents.document import Document, locate, read
from registry.engines.documents.limits import Limits
from registry.engines.openapi.callbacks import check_callbacks
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.references import check, escapes, file_of, mentioned, refuse

_VERSION = re.compile(r"3\.[0-2](\..*)?", re.ASCII | re.DOTALL)


def parse(source: Source, limits: Limits = Limits()) -> ApiContract:
    """Read the entry document and every file that it reaches by relative reference.

    Structural faults are no reason to refuse (see `faults`). Raises WrongKind unless the entry is an OpenAPI 3.0, 3.1 or 3.2
    document, BadReference for a reference that leaves the contract, leads nowhere or leads to itself, LimitExceeded for files or
    callbacks beyond number, and what `registry.engines.documents.document.read` raises.
    """
    if source.entry not in source.files:
        raise BadReference(f"The contract has no file {source.entry!r}.", Location(source.entry, ""))
    entry = read(source.entry, source.files[source.entry], limits)
    version = _version(entry)
    documents, mentions = _reached(source, entry, limits)
    contract = ApiContract(documents, source.entry, version, _addresses(documents))
    check(contract, mentions)
    check_callbacks(contract)
    return contract


def _version(entry: Document) -> str:
    value = entry.value
    if not isinstance(value, Mapping):
        raise WrongKind("This is no OpenAPI document: an object with `openapi` was expected.", _place(entry, ""))
    version = value.get("openapi")
    if isinstance(version, str) and _VERSION.fullmatch(version):
        return version
    if "openapi" in value:
        raise WrongKind(f"OpenAPI 3.0, 3.1 and 3.2 are read; this document says {version!r}.", _place(entry, "/openapi"))
    if "swagger" in value:
        raise WrongKind(
            f"This is a Swagger {value['swagger']} document; OpenAPI 3.0, 3.1 and 3.2 are read. Convert it first.",
            _place(entry, "/swagger"),
        )
    raise WrongKind("This is no OpenAPI document: it has no `openapi` version.", _place(entry, ""))


def _addresses(documents: Mapping[str, Document]) -> Mapping[str, str]:
    """The files by the addresses that their documents give themselves."""
    values = ((name, document.value.get("$self")) for name, document in documents.items() if isinstance(document.value, Mapping))
    return {address: name for name, address in values if isinstance(address, str) and address}


def _place(document: Document, pointer: str) -> Location:
    return Location(document.name, pointer, locate(document, pointer))


def _reached(source: Source, entry: Document, limits: Limits) -> tuple[Mapping[str, Document], Mapping[str, frozenset[str]]]:
    """The entry and every document that it leads to, each with the texts of its references."""
    documents = {entry.name: entry}
    mentions: dict[str, frozenset[str]] = {}
    waiting = [entry]
    while waiting:
        document = waiting.pop()
        mentions[document.name] = mentioned(document)
        outside: dict[str, str] = {}
        for reference in sorted(mentions[document.name]):
            name = file_of(document.name, reference)
            if escapes(document.name, reference) is not None or name in documents:
                continue
            if name not in source.files:
                outside[reference] = f"The reference {reference!r} leads to {name!r}, which is not among the contract's files."
                continue
            if len(documents) >= limits.files:
                raise LimitExceeded(f"The contract spreads over more than {limits.files} files.", Location(document.name, ""))
            documents[name] = read(name, source.files[name], limits)
            waiting.append(documents[name])
        if outside:
            refuse(document, outside)
    return documents, mentions
