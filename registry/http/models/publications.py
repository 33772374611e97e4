"""Publishing: service versions with everything that they provide and consume, and what became of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from registry.domain.contract import ContractKind, Mode, OnUnknown
from registry.domain.policy import Allowance
from registry.domain.verdict import Severity
from registry.http.models.base import (
    Base64,
    Element,
    Items,
    Line,
    Moment,
    Name,
    OptionalLine,
    Path,
    Reason,
    RequestModel,
    ResponseModel,
    Semver,
    Text,
)
from registry.http.models.comparison import Comparison

Kind = Annotated[ContractKind, Field(strict=False)]
CompatibilityMode = Annotated[Mode, Field(strict=False)]
UnknownPolicy = Annotated[OnUnknown, Field(strict=False)]
Days = Annotated[int, Field(ge=0, le=36_500)]


class FileIn(RequestModel):
    """One file of a contract."""

    path: Path
    content: Base64


class ReaderIn(RequestModel):
    """A consumer's own reader schema."""

    entry: Path
    files: Items[FileIn] = Field(min_length=1)


class ProvidedIn(RequestModel):
    """A contract that the service version provides, with all files that it is made of."""

    contract: Name
    kind: Kind
    entry: Annotated[str, Field(max_length=1024, description="The path of the root document; empty for Protobuf.")]
    files: Items[FileIn] = Field(min_length=1)
    version: Semver | None = Field(default=None, description="The declared contract version, semver; the registry proposes one.")
    mode: CompatibilityMode
    on_unknown: UnknownPolicy = OnUnknown.BLOCK
    description: Text = ""
    is_event: bool = False
    channel: Line | None = Field(default=None, description="Where an event is written.")
    retention_seconds: int | None = Field(default=None, ge=0, le=2**53, description="How long events can be read; null: for ever.")
    entity: Line | None = Field(default=None, description="The entity that an event tells about.")
    examples: Items[Path] = Field(default=[], description="Paths among the files.")
    owner: Name | None = Field(default=None, description="The owning team, where that is another one than the service's.")


class ConsumedIn(RequestModel):
    """A contract that the service version uses: by a pinned release, by its own reader schema, or as its pacts tell."""

    contract: Name
    version: Semver | None = None
    reader: ReaderIn | None = None
    uses: Items[Element] = Field(default=[], description="The elements that are used; none: all of the contract may be.")
    has_pacts: bool = False


class PactIn(RequestModel):
    """A pact file as a consumer test wrote it."""

    name: Path
    content: Base64


class ServiceIn(RequestModel):
    """Who publishes."""

    name: Name
    team: Name
    domain: Name
    description: Text = ""
    entities: Items[Line] = Field(default=[], description="The entities that the service is the system of record of.")
    main_branch: Line = "main"


class SeverityIn(RequestModel):
    """A severity that the owner gives to one rule; a milder one needs a reason and an expiry date."""

    rule: Line
    severity: Annotated[Severity, Field(strict=False)]
    contract: Annotated[str, Field(max_length=255, description="A contract of the service, or *.")] = "*"
    element: Element = "*"
    reason: OptionalLine = ""
    expires: Moment | None = None


class MinimumNoticeIn(RequestModel):
    """How many days before its sunset an element of a stability level has to be deprecated."""

    draft: Days | None = None
    alpha: Days | None = None
    beta: Days | None = None
    stable: Days | None = None


class ProtobufPolicyIn(RequestModel):
    """Which of buf's rules judge the Protobuf contracts: categories or rule ids; none: FILE."""

    use: Items[Line] = Field(default=[])
    exclude: Items[Line] = Field(default=[])
    allow: Items[Annotated[Allowance, Field(strict=False)]] = Field(default=[])


class ComparisonPolicyIn(RequestModel):
    """What two revisions of a contract are compared by."""

    minimum_notice: MinimumNoticeIn = MinimumNoticeIn()
    protobuf: ProtobufPolicyIn = ProtobufPolicyIn()


class PolicyIn(RequestModel):
    """What the owning team wants of the gate beyond the contract modes."""

    environments: Items[Name] = Field(default=[], description="Environments whose deployed versions a check also compares with.")
    raise_rules: Items[Line] = Field(default=[], description="Risky rules that block.")
    severities: Items[SeverityIn] = Field(default=[], description="Severities set for one rule at one element.")
    comparison: ComparisonPolicyIn = ComparisonPolicyIn()


class ServiceVersionIn(RequestModel):
    """One version of one service."""

    service: ServiceIn
    version: Line = Field(description="Any string; usually the commit.")
    repository: Annotated[str, Field(max_length=1024)] = ""
    commit: OptionalLine = ""
    branch: OptionalLine = ""
    committed_at: Moment | None = None
    policy: PolicyIn = Field(default_factory=PolicyIn)
    provides: Items[ProvidedIn] = Field(default=[])
    consumes: Items[ConsumedIn] = Field(default=[])
    pacts: Items[PactIn] = Field(default=[])


class PublicationWaiverIn(RequestModel):
    """A waiver that comes along with a publication."""

    contract: Name
    rule: Line
    element: Element
    reason: Reason
    expires: Moment


class PublicationIn(RequestModel):
    """Service versions that are published all or none."""

    service_versions: Items[ServiceVersionIn] = Field(min_length=1)
    release: bool = Field(default=False, description="Claim contract versions even away from the main branch.")
    waivers: Items[PublicationWaiverIn] = Field(default=[])


class PublishedRevision(ResponseModel):
    """The revision that a provided contract has, and whether it is new."""

    contract: str
    revision: str
    created: bool


class PublishedRelease(ResponseModel):
    """A contract version that was claimed, or that the same content had already, and what changed since its baseline."""

    contract: str
    version: str
    ordinal: int
    created: bool
    baseline: str
    comparison: Comparison


class PublishedServiceVersion(ResponseModel):
    """What became of one service version."""

    service: str
    version: str
    created: bool
    revisions: list[PublishedRevision]
    releases: list[PublishedRelease]
    notices: list[str]


class Receipt(ResponseModel):
    """What became of a publication."""

    created: bool
    service_versions: list[PublishedServiceVersion]
