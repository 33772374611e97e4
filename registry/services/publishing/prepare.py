"""The first step of publishing: everything is read and checked before the database is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registry.domain.contract import ContractKind, digest_of
from registry.domain.errors import BadExample, BadRequest, BadVersion, LimitExceeded
from registry.domain.location import Location
from registry.domain.publication import ConsumedContract, ProvidedContract, Publication, PublishedPact, ServiceVersion
from registry.domain.semver import Version
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits
from registry.services.formats import engine_of
from registry.services.pact_usage import ReadPact, read_pact


@dataclass(frozen=True, slots=True)
class PreparedContract:
    """A provided contract that its engine could read."""

    provided: ProvidedContract
    revision: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedVersion:
    """A service version whose contracts and pacts could all be read. `content` identifies what it binds."""

    facts: ServiceVersion
    provides: tuple[PreparedContract, ...]
    pacts: tuple[tuple[PublishedPact, ReadPact], ...]
    content: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A publication that is sound in itself; what is left depends on what the registry holds."""

    publication: Publication
    versions: tuple[PreparedVersion, ...]


def prepare(publication: Publication, limits: Limits) -> Prepared:
    """Read every file of a publication. Raises the BadInput errors; nothing has been written when it does."""
    if not publication.service_versions:
        raise BadRequest("There is no service version to publish.")
    names = [version.service.name for version in publication.service_versions]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise BadRequest(f"The service {doubled[0]!r} appears twice in one publication.")
    return Prepared(publication, tuple(_version(version, limits) for version in publication.service_versions))


def _version(version: ServiceVersion, limits: Limits) -> PreparedVersion:
    if not version.version.strip():
        raise BadRequest(f"The version of {version.service.name} is empty.")
    provides = tuple(_contract(provided, limits) for provided in version.provides)
    _check_doubles(provides)
    for consumed in version.consumes:
        _check_reader(consumed, limits)
    pacts = tuple((pact, read_pact(pact.name, pact.content, limits)) for pact in version.pacts)
    for published, pact in pacts:
        if pact.consumer != version.service.name:
            problem = f"The pact's consumer is {pact.consumer!r}, and {version.service.name!r} publishes it."
            raise BadRequest(problem, Location(published.name, "/consumer/name"))
    # Two files of equal content are one pact; the exact bytes of the first are kept.
    once = tuple({pact.content: (published, pact) for published, pact in reversed(pacts)}.values())
    return PreparedVersion(version, provides, once, _content(version, provides, once))


def _check_doubles(provides: Sequence[PreparedContract]) -> None:
    """A service provides a contract several times in other major lines or, an event, on other channels; never twice the same."""
    seen: set[tuple[str, str, str | None]] = set()
    for item in provides:
        key = (item.provided.contract, item.revision, item.provided.channel)
        if key in seen:
            raise BadRequest(f"{item.provided.contract} is provided twice with the same files.")
        seen.add(key)


def _contract(provided: ProvidedContract, limits: Limits) -> PreparedContract:
    if len(provided.source.files) > limits.files:
        raise LimitExceeded(f"{provided.contract} has {len(provided.source.files)} files; {limits.files} are read.")
    engine = engine_of(provided.kind)
    parsed = engine.read(provided.source, limits)
    if provided.kind is ContractKind.JSONSCHEMA:
        _check_examples(provided, parsed, limits)
    return PreparedContract(provided, provided.source.digest, _check_number(provided, engine.declared_version(parsed)))


def _check_examples(provided: ProvidedContract, parsed: Any, limits: Limits) -> None:
    from registry.engines.jsonschema.contract import refusals

    for example in provided.examples:
        data = provided.source.files.get(example)
        if data is None:
            raise BadRequest(f"The example {example} is not among the files of {provided.contract}.")
        problems = refusals(parsed, read(example, data, limits))
        if problems:
            first = problems[0]
            raise BadExample(f"{provided.contract} refuses it: {first.message}", first.location)


def _check_number(provided: ProvidedContract, declared: str | None) -> tuple[str, ...]:
    """Compare the document's own version with the manifest's, where both are semantic (Stripe's, a date, is left alone)."""
    inner = Version.parse(declared or "")
    if inner is None:
        return ()
    if provided.version is None:
        return (f"{provided.contract}: the document says version {inner}, and the manifest declares none.",)
    if inner != provided.version:
        raise BadVersion(
            f"The document says version {inner}, and the manifest declares {provided.version} for {provided.contract}.",
            Location(provided.source.entry, "/info/version"),
        )
    return ()


def _check_reader(consumed: ConsumedContract, limits: Limits) -> None:
    if consumed.reader is not None:
        engine_of(ContractKind.JSONSCHEMA).read(consumed.reader, limits)


def _content(
    version: ServiceVersion,
    provides: tuple[PreparedContract, ...],
    pacts: tuple[tuple[PublishedPact, ReadPact], ...],
) -> str:
    """What makes two publications of one service version the same: the revisions, what is consumed, the pacts' content."""
    lines = [f"provides {item.provided.contract} {item.revision} {item.provided.channel or ''}" for item in provides]
    lines += [
        f"consumes {item.contract} {item.version or ''} {item.reader.digest if item.reader else ''} {' '.join(sorted(item.uses))}"
        for item in version.consumes
    ]
    lines += [f"pact {pact.provider} {pact.content}" for _, pact in pacts]
    return digest_of("\n".join(sorted(lines)).encode())
