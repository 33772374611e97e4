"""Whether what a publisher sends is sound in itself: not too much, readable, with examples and a number that agree with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from registry.domain.contract import ContractKind
from registry.domain.errors import BadExample, BadLine, BadRequest, LimitExceeded, VersionMismatch
from registry.domain.location import Location
from registry.domain.publication import ProvidedContract, ServiceVersion
from registry.domain.semver import Version
from registry.engines.documents.document import Document, read
from registry.engines.documents.limits import Limits
from registry.services.formats import LineName, engine_of

_WITH_EXAMPLES = (ContractKind.JSONSCHEMA, ContractKind.AVRO)

MOST_PARTS = 5_000
"""How many service versions, contracts, pacts, waivers and results one request may bring: it is answered in one transaction."""


def check_size(versions: Sequence[ServiceVersion], waivers: int = 0) -> None:
    """Raise LimitExceeded for more parts than a request may bring."""
    parts = waivers + sum(1 + len(version.provides) + len(version.consumes) + len(version.pacts) for version in versions)
    if parts > MOST_PARTS:
        raise LimitExceeded(f"{parts} service versions, contracts, pacts and waivers are too many at once; {MOST_PARTS} are read.")


def check_provided(provided: ProvidedContract, limits: Limits) -> tuple[str, ...]:
    """What people should be told of a contract that is sound; `check` and `publish` ask the same.

    Raises the BadInput errors: BadExample, VersionMismatch and BadLine among them.
    """
    if len(provided.source.files) > limits.files:
        raise LimitExceeded(f"{provided.contract} has {len(provided.source.files)} files; {limits.files} are read.")
    engine = engine_of(provided.kind)
    parsed = engine.read(provided.source, limits)
    _check_line(provided, engine.line_name(parsed))
    unchecked = _check_examples(provided, parsed, limits) if provided.kind in _WITH_EXAMPLES else ()
    faults = faults_notice(provided.contract, engine.faults(parsed), "")
    return (*unchecked, *_check_number(provided, engine.declared_version(parsed)), *faults)


def faults_notice(name: str, count: int, path: str) -> tuple[str, ...]:
    """Words for the structural faults of a document, none where it has none; `path` is what to lint beside the folder."""
    if not count:
        return ()
    faults = f"{count} structural fault{'' if count == 1 else 's'}"
    return (f"{name} has {faults} and is compared all the same; `interlock lint{path and f' {path}'}` names each.",)


def _check_examples(provided: ProvidedContract, parsed: Any, limits: Limits) -> tuple[str, ...]:
    """Words for examples that the validators cannot judge, such as by a pattern with look-ahead."""
    from registry.engines.jsonschema.counting import Undecidable

    unchecked: list[str] = []
    for example in provided.examples:
        data = provided.source.files.get(example)
        if data is None:
            raise BadRequest(f"The example {example} is not among the files of {provided.contract}.")
        try:
            refusal = _refusal(provided.kind, parsed, read(example, data, limits))
        except Undecidable:
            unchecked.append(f"{provided.contract}: the example {example} was not checked; the schema is beyond the validators.")
            continue
        if refusal is not None:
            message, location = refusal
            raise BadExample(f"{provided.contract} refuses it: {message}", location)
    return tuple(unchecked)


def _refusal(kind: ContractKind, parsed: Any, example: Document) -> tuple[str, Location] | None:
    """Why a contract refuses an example, and where in it; None when it does not. Raises Undecidable."""
    if kind is ContractKind.AVRO:
        from registry.engines.avro.examples import refusals

        return next(iter(refusals(parsed, example)), None)
    from registry.engines.jsonschema.contract import refusals as of_json_schema

    return next(((problem.message, problem.location) for problem in of_json_schema(parsed, example)), None)


def _check_line(provided: ProvidedContract, named: LineName | None) -> None:
    """Raise BadLine unless a document that names a major line names the one of its version."""
    version = provided.version
    if named is None or named.number is None or version is None or not version.gated or named.number == version.major:
        return
    message = f"The dataschema names the major line v{named.number}, and the manifest declares {version} for {provided.contract}."
    raise BadLine(message, named.place)


def _check_number(provided: ProvidedContract, declared: str | None) -> tuple[str, ...]:
    """Compare the document's own version with the manifest's, where both are semantic (Stripe's, a date, is left alone)."""
    inner = Version.parse(declared or "")
    if inner is None:
        return ()
    if provided.version is None:
        return (f"{provided.contract}: the document says version {inner}, and the manifest declares none.",)
    if inner != provided.version:
        raise VersionMismatch(
            f"The document says version {inner}, and the manifest declares {provided.version} for {provided.contract}.",
            Location(provided.source.entry, "/info/version"),
        )
    return ()
