"""What a service promises and uses, as its `interlock.toml` declares it; `registry.services.manifests` reads the file."""

from __future__ import annotations

from dataclasses import dataclass

from registry.domain.contract import ContractKind, Mode, OnUnknown
from registry.domain.imports import Import
from registry.domain.policy import ComparisonPolicy, SeveritySetting
from registry.domain.semver import Version


@dataclass(frozen=True, slots=True)
class ServiceIdentity:
    """Who publishes: a service, the team that owns it, the bounded context it belongs to, the entities it is the record of."""

    name: str
    team: str
    domain: str
    description: str = ""
    entities: tuple[str, ...] = ()
    main_branch: str = "main"


@dataclass(frozen=True, slots=True)
class Provided:
    """A contract that the service offers, at one path of its folder.

    One contract may be offered at several major versions, each an entry of its own. `version` is None when the registry is to
    propose the number. For an event, `channel` names where it is written, `retention_seconds` how long its messages can be read
    (None: for ever), and `entity` what it tells about. `owner` names the owning team where that is another one: the service then
    produces the event as its owner published it. `imports` are the releases that a Protobuf contract is compiled with.
    """

    contract: str
    kind: ContractKind
    path: str
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
    imports: tuple[Import, ...] = ()


@dataclass(frozen=True, slots=True)
class Consumed:
    """A contract that the service uses.

    Evidence of the use is any of: `pacts` (files written by consumer tests), `version` (the release that its stubs or readers were
    built from) or `reader` (its own reader schema). `uses` lists elements; empty means that everything may be used.
    """

    contract: str
    version: Version | None = None
    reader: str | None = None
    pacts: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """What the owning team wants of the gate beyond the contract modes.

    `environments` are those whose deployed versions `interlock check` also compares with; `raise_rules` are risky rules that block;
    `severities` are set for one rule at one element; `comparison` is what the engines compare by.
    """

    environments: tuple[str, ...] = ()
    raise_rules: tuple[str, ...] = ()
    severities: tuple[SeveritySetting, ...] = ()
    comparison: ComparisonPolicy = ComparisonPolicy()


@dataclass(frozen=True, slots=True)
class Manifest:
    """One service's `interlock.toml`."""

    service: ServiceIdentity
    provides: tuple[Provided, ...] = ()
    consumes: tuple[Consumed, ...] = ()
    policy: Policy = Policy()
