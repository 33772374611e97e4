"""The first step of publishing: everything is read and checked before the database is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from registry.domain.contract import digest_of
from registry.domain.errors import BadRequest
from registry.domain.location import Location
from registry.domain.publication import ConsumedContract, ProvidedContract, Publication, PublishedPact, ServiceVersion
from registry.engines.documents.limits import Limits
from registry.services.pact_usage import ReadPact, read_pact
from registry.services.publishing.readers import uses_of
from registry.services.soundness import check_provided, check_size


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
    check_size(publication.service_versions, len(publication.waivers))
    names = Counter(version.service.name for version in publication.service_versions)
    doubled = min((name for name, times in names.items() if times > 1), default=None)
    if doubled is not None:
        raise BadRequest(f"The service {doubled!r} appears twice in one publication.")
    return Prepared(publication, tuple(_version(version, limits) for version in publication.service_versions))


def _version(version: ServiceVersion, limits: Limits) -> PreparedVersion:
    if not version.version.strip():
        raise BadRequest(f"The version of {version.service.name} is empty.")
    provides = tuple(_contract(provided, limits) for provided in version.provides)
    _check_doubles(provides)
    version = replace(version, consumes=tuple(_consumed(consumed, limits) for consumed in version.consumes))
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
    return PreparedContract(provided, provided.source.digest, check_provided(provided, limits))


def _consumed(consumed: ConsumedContract, limits: Limits) -> ConsumedContract:
    """What is consumed, with the uses that its own reader tells where none are declared."""
    if consumed.reader is None:
        return consumed
    told = uses_of(consumed.reader, limits)
    return replace(consumed, uses=consumed.uses or told)


def _content(
    version: ServiceVersion,
    provides: tuple[PreparedContract, ...],
    pacts: tuple[tuple[PublishedPact, ReadPact], ...],
) -> str:
    """What makes two publications of one service version the same: the revisions, what is consumed, the pacts' content."""
    lines = [
        f"provides {item.provided.contract} {item.revision} {item.provided.source.entry}"
        f" {item.provided.channel or ''} {item.provided.retention_seconds or ''}"
        for item in provides
    ]
    lines += [
        f"consumes {item.contract} {item.version or ''} {item.reader.digest if item.reader else ''} {' '.join(sorted(item.uses))}"
        for item in version.consumes
    ]
    lines += [f"pact {pact.provider} {pact.content}" for _, pact in pacts]
    return digest_of("\n".join(sorted(lines)).encode())
