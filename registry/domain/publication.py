"""What a publish request carries, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from registry.domain.change import Comparison, Waiver
from registry.domain.contract import ContractKind, Mode, OnUnknown, Source
from registry.domain.manifest import Policy, ServiceIdentity
from registry.domain.semver import Version


@dataclass(frozen=True, slots=True)
class ProvidedContract:
    """A provided contract with its files. `examples` are paths among the files, for events.

    `folder` is where the files stand in the publisher's tree: for the places in messages, and not published.
    """

    contract: str
    kind: ContractKind
    source: Source
    version: Version | None
    mode: Mode
    on_unknown: OnUnknown = OnUnknown.BLOCK
    description: str = ""
    is_event: bool = False
    channel: str | None = None
    retention_seconds: int | None = None
    entity: str | None = None
    examples: tuple[str, ...] = ()
    owner: str | None = None
    folder: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ConsumedContract:
    """A consumed contract: the pinned release, or the consumer's own reader schema, and the elements it uses.

    With neither, the use is known from the pacts (`has_pacts`), or is of the newest release.
    """

    contract: str
    version: Version | None = None
    reader: Source | None = None
    uses: tuple[str, ...] = ()
    has_pacts: bool = False


@dataclass(frozen=True, slots=True)
class PublishedPact:
    """A pact file: its exact bytes and the name it had, for error messages."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ServiceVersion:
    """One version of one service, with everything that it provides and consumes."""

    service: ServiceIdentity
    version: str
    repository: str = ""
    commit: str = ""
    branch: str = ""
    committed_at: datetime | None = None
    provides: tuple[ProvidedContract, ...] = ()
    consumes: tuple[ConsumedContract, ...] = ()
    pacts: tuple[PublishedPact, ...] = ()
    policy: Policy = Policy()


@dataclass(frozen=True, slots=True)
class Publication:
    """All or nothing: the service versions of one request.

    `release` claims numbers even away from the main branch. `waivers` let named findings through, undecided ones included.
    """

    service_versions: tuple[ServiceVersion, ...]
    release: bool = False
    waivers: tuple[tuple[str, Waiver], ...] = ()
    """(contract name, waiver) pairs."""


@dataclass(frozen=True, slots=True)
class ReleaseReceipt:
    """A number that was claimed, or was held already by the same content."""

    contract: str
    version: Version
    ordinal: int
    created: bool
    baseline: str
    comparison: Comparison
    """What changed since the release before it in its major line; empty for the first."""


@dataclass(frozen=True, slots=True)
class ServiceVersionReceipt:
    """What became of one service version. `created` is false when everything was known before."""

    service: str
    version: str
    created: bool
    revisions: tuple[tuple[str, str, bool], ...]
    """(contract, revision digest, whether the revision is new) for each provided contract."""
    releases: tuple[ReleaseReceipt, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationReceipt:
    """The answer to a publication."""

    service_versions: tuple[ServiceVersionReceipt, ...]

    @property
    def created(self) -> bool:
        """Whether anything was written."""
        return any(receipt.created for receipt in self.service_versions)
