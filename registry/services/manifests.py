"""Reading `interlock.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date
from enum import Enum
from typing import Any, TypeVar

from registry.domain.contract import ContractKind, Mode, OnUnknown
from registry.domain.errors import BadManifest, BadVersion
from registry.domain.imports import Import
from registry.domain.location import Location
from registry.domain.manifest import Consumed, Manifest, Policy, Provided, ServiceIdentity
from registry.domain.moments import moment_of
from registry.domain.policy import STABILITY_LEVELS, Allowance, ComparisonPolicy, ProtobufPolicy, SeveritySetting
from registry.domain.semver import Version
from registry.domain.verdict import Severity
from registry.engines.documents.limits import Limits
from registry.engines.documents.toml_text import read_toml

Choice = TypeVar("Choice", bound=Enum)

_LIMITS = Limits(bytes=1 << 20, depth=50)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


def read_manifest(name: str, data: bytes) -> Manifest:
    """The manifest that a file declares; docs/manifest.md describes every key.

    Raises NotText, Malformed, LimitExceeded, BadVersion or BadManifest, with the place as far as TOML tells it.
    """
    return _manifest(_Table(name, "", read_toml(name, data, _LIMITS)))


def _manifest(root: _Table) -> Manifest:
    service = root.table("service")
    identity = ServiceIdentity(
        name=service.identifier("name"),
        team=service.identifier("team"),
        domain=service.identifier("domain"),
        description=service.text("description", ""),
        entities=service.texts("entities"),
        main_branch=service.text("main_branch", "main"),
    )
    service.done()
    provides = tuple(_provided(row) for row in root.tables("provides")) + tuple(_event(row) for row in root.tables("events"))
    consumes = tuple(_consumed(row) for row in root.tables("consumes"))
    policy = _policy(root.table("policy", optional=True))
    root.done()
    return Manifest(identity, provides, consumes, policy)


def _provided(row: _Table) -> Provided:
    provided = Provided(
        contract=row.identifier("contract"),
        kind=row.choice("kind", ContractKind),
        path=row.text("path"),
        version=row.version("version"),
        mode=row.choice("mode", Mode, Mode.BACKWARD),
        on_unknown=row.choice("on_unknown", OnUnknown, OnUnknown.BLOCK),
        description=row.text("description", ""),
        imports=_imports(row),
    )
    if provided.imports and provided.kind is not ContractKind.PROTOBUF:
        raise row.bad("imports", f"only a contract of kind {ContractKind.PROTOBUF} has any, not one of kind {provided.kind}")
    if any(pin.contract == provided.contract for pin in provided.imports):
        raise row.bad("imports", f"{provided.contract} cannot import itself")
    row.done()
    return provided


def _imports(row: _Table) -> tuple[Import, ...]:
    found: dict[str, Import] = {}
    for text in row.texts("imports"):
        pin = Import.parse(text)
        if pin is None or not _NAME.fullmatch(pin.contract):
            raise row.bad("imports", f"{text!r} is no release; write NAME@MAJOR.MINOR.PATCH")
        if found.setdefault(pin.contract, pin) != pin:
            raise row.bad("imports", f"{pin.contract} stands there in two versions")
    return tuple(found.values())


def _event(row: _Table) -> Provided:
    provided = Provided(
        contract=row.identifier("name"),
        kind=_event_kind(row),
        path=row.text("path"),
        version=row.version("version"),
        mode=row.choice("mode", Mode, Mode.FULL_TRANSITIVE),
        on_unknown=row.choice("on_unknown", OnUnknown, OnUnknown.BLOCK),
        description=row.text("description", ""),
        is_event=True,
        channel=row.text("channel"),
        retention_seconds=row.duration("retention"),
        entity=row.text("entity", "") or None,
        examples=row.texts("examples"),
        owner=row.text("owner", "") or None,
    )
    row.done()
    return provided


def _event_kind(row: _Table) -> ContractKind:
    kind = row.choice("kind", ContractKind, ContractKind.JSONSCHEMA)
    if kind not in (ContractKind.JSONSCHEMA, ContractKind.AVRO):
        raise row.bad("kind", f"an event is of kind {ContractKind.JSONSCHEMA} or {ContractKind.AVRO}, not {kind}")
    return kind


def _consumed(row: _Table) -> Consumed:
    consumed = Consumed(
        contract=row.identifier("contract"),
        version=row.version("version"),
        reader=row.text("reader", "") or None,
        pacts=row.texts("pacts"),
        uses=row.texts("uses"),
    )
    if consumed.version and consumed.reader:
        raise row.bad("version", "give either the pinned version or an own reader schema, not both")
    row.done()
    return consumed


def _policy(row: _Table) -> Policy:
    notice = row.table("minimum_notice", optional=True)
    protobuf = row.table("protobuf", optional=True)
    policy = Policy(
        environments=row.texts("environments"),
        raise_rules=row.texts("raise"),
        severities=tuple(_severity(setting) for setting in row.tables("severities")),
        comparison=ComparisonPolicy(
            minimum_notice=tuple((level, days) for level in STABILITY_LEVELS if (days := notice.days(level)) is not None),
            protobuf=ProtobufPolicy(
                use=protobuf.texts("use"),
                exclude=protobuf.texts("except"),
                allow=frozenset(protobuf.choices("allow", Allowance)),
            ),
        ),
    )
    for table in (notice, protobuf, row):
        table.done()
    return policy


def _severity(row: _Table) -> SeveritySetting:
    severity = row.choice("severity", Severity)
    milder = severity is not Severity.BREAKING
    setting = SeveritySetting(
        rule=row.text("rule"),
        severity=severity,
        contract=row.text("contract", "*"),
        element=row.text("element", "*"),
        reason=row.text("reason", None if milder else ""),
        expires=row.moment("expires", needed=milder),
    )
    if milder and not setting.reason.strip():
        raise row.bad("reason", "must say why the finding may be milder")
    row.done()
    return setting


class _Table:
    """A TOML table that knows its place and which of its keys nobody asked for."""

    def __init__(self, file: str, path: str, values: Mapping[str, Any]) -> None:
        self._file = file
        self._path = path
        self._values = values
        self._seen: set[str] = set()

    def bad(self, key: str, problem: str) -> BadManifest:
        return BadManifest(f"{key}: {problem}.", Location(self._file, f"{self._path}/{key}"))

    def done(self) -> None:
        unknown = sorted(set(self._values) - self._seen)
        if unknown:
            raise self.bad(unknown[0], "there is no such key")

    def table(self, key: str, *, optional: bool = False) -> _Table:
        value = self._get(key, "a table", lambda found: isinstance(found, dict), {} if optional else None)
        return _Table(self._file, f"{self._path}/{key}", value)

    def tables(self, key: str) -> tuple[_Table, ...]:
        rows = self._get(key, "a list of tables", _is_list_of(dict), [])
        return tuple(_Table(self._file, f"{self._path}/{key}/{index}", row) for index, row in enumerate(rows))

    def text(self, key: str, default: str | None = None) -> str:
        return self._get(key, "a string", lambda found: isinstance(found, str), default)

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._get(key, "a list of strings", _is_list_of(str), []))

    def identifier(self, key: str) -> str:
        text = self.text(key)
        if not _NAME.fullmatch(text):
            raise self.bad(key, f"{text!r} is no name: letters, digits, dots, dashes and underscores, 200 at most")
        return text

    def choices(self, key: str, choices: type[Choice]) -> list[Choice]:
        return [self._chosen(key, text, choices) for text in self.texts(key)]

    def choice(self, key: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        return self._chosen(key, self.text(key, None if default is None else default.value), choices)

    def _chosen(self, key: str, text: str, choices: type[Choice]) -> Choice:
        try:
            return choices(text)
        except ValueError:
            known = ", ".join(str(choice.value) for choice in choices)
            raise self.bad(key, f"{text!r} is none of {known}") from None

    def version(self, key: str) -> Version | None:
        text = self.text(key, "")
        version = Version.parse(text)
        if text and version is None:
            raise BadVersion(f"{text!r} is not a semantic version.", Location(self._file, f"{self._path}/{key}"))
        return version

    def days(self, key: str) -> int | None:
        seconds = self.duration(key)
        if seconds is not None and seconds % _UNITS["d"]:
            raise self.bad(key, "must be whole days, such as 90d")
        return None if seconds is None else seconds // _UNITS["d"]

    def moment(self, key: str, *, needed: bool) -> str:
        """A date or a date-time, as an RFC 3339 date-time in UTC; a date is the moment at which the day begins."""
        value = self._get(key, "a date", lambda found: isinstance(found, (str, date)), None if needed else "")
        if value == "":
            return ""
        try:
            return moment_of(str(value)).astimezone(UTC).isoformat()
        except ValueError:
            raise self.bad(key, f"{str(value)!r} is no date or date-time") from None

    def duration(self, key: str) -> int | None:
        text = self.text(key, "")
        if not text:
            return None
        match = re.fullmatch(r"(\d{1,9})([smhd])", text, re.ASCII)
        if match is None:
            raise self.bad(key, f"{text!r} is no duration; write a number and s, m, h or d, such as 7d")
        return int(match[1]) * _UNITS[match[2]]

    def _get(self, key: str, what: str, fits: Callable[[Any], bool], default: object) -> Any:
        self._seen.add(key)
        if key not in self._values:
            if default is None:
                raise self.bad(key, "is missing")
            return default
        value = self._values[key]
        if not fits(value):
            raise self.bad(key, f"must be {what}")
        return value


def _is_list_of(kind: type) -> Callable[[Any], bool]:
    return lambda found: isinstance(found, list) and all(isinstance(item, kind) for item in found)  # pyright: ignore[reportUnknownVariableType]
