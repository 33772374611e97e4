"""`interlock.lock`: reading what was written, and refusing what a hand has made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from registry.domain.contract import ContractKind, digest_of_files
from registry.domain.errors import BadLock
from registry.domain.location import Location
from registry.domain.lock import FileDigests, Generated, Lock, Pinned, is_inside
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.engines.documents.toml_text import read_toml

NAME = "interlock.lock"
FORMAT = 1

_HEAD = (
    "# Written by `interlock pull` and `interlock generate`; `interlock verify-lock` holds the tree and the registry against it.\n"
)
_LIMITS = Limits(bytes=64 << 20, depth=20)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def parse_lock(name: str, data: bytes) -> Lock:
    """What a lock file pins.

    Raises BadLock at the entry that is not as it was written, and what reading TOML raises.
    """
    root = _Entry(name, "", read_toml(name, data, _LIMITS))
    if root.get("format", int) != FORMAT:
        raise root.bad("format", f"is not {FORMAT}: another version of interlock has written the file")
    contracts = [_pinned(entry) for entry in root.entries("contract")]
    generated = [_generated(entry) for entry in root.entries("generated")]
    root.done()
    lock = Lock({row.contract: row for row in contracts}, {row.folder: row for row in generated})
    if len(lock.folders) != len(contracts) + len(generated) or len(lock.contracts) != len(contracts):
        raise root.bad("contract", "a contract or a folder stands there twice")
    return lock


def lock_text(lock: Lock) -> str:
    """The text of a lock file, in one order."""
    parts = [_HEAD, f"format = {FORMAT}\n"]
    parts += [_contract_text(lock.contracts[name]) for name in sorted(lock.contracts)]
    parts += [_generated_text(lock.generated[folder]) for folder in sorted(lock.generated)]
    return "".join(parts)


def _contract_text(row: Pinned) -> str:
    facts = {
        "name": row.contract,
        "version": str(row.version),
        "kind": str(row.kind),
        "digest": row.digest,
        "entry": row.entry,
        "folder": row.folder,
    }
    return f"\n[[contract]]\n{_lines(facts)}\n[contract.files]\n{_lines(dict(sorted(row.files.items())), quoted=True)}"


def _generated_text(row: Generated) -> str:
    facts = {
        "contract": row.contract,
        "source": row.source,
        "generator": row.generator,
        "generator_version": row.generator_version,
        "options": list(row.options),
        "folder": row.folder,
    }
    return f"\n[[generated]]\n{_lines(facts)}\n[generated.files]\n{_lines(dict(sorted(row.files.items())), quoted=True)}"


def _lines(facts: Mapping[str, str | list[str]], *, quoted: bool = False) -> str:
    """Keys and values: a JSON string without DEL, which no name here has, is a TOML string."""
    return "".join(f"{json.dumps(key) if quoted else key} = {json.dumps(value)}\n" for key, value in facts.items())


def _pinned(entry: _Entry) -> Pinned:
    version = Version.parse(entry.text("version"))
    if version is None:
        raise entry.bad("version", "is no semantic version")
    kind = entry.text("kind")
    if kind not in list(ContractKind):
        raise entry.bad("kind", f"{kind!r} is none of {', '.join(ContractKind)}")
    pinned = Pinned(
        contract=entry.text("name"),
        version=version,
        kind=ContractKind(kind),
        digest=entry.digest("digest"),
        entry=entry.text("entry"),
        folder=entry.folder("folder"),
        files=entry.files(),
    )
    if digest_of_files(pinned.files) != pinned.digest:
        raise entry.bad("digest", "is not that of the files listed: one of them was edited by hand")
    entry.done()
    return pinned


def _generated(entry: _Entry) -> Generated:
    generated = Generated(
        contract=entry.text("contract"),
        source=entry.digest("source"),
        generator=entry.text("generator"),
        generator_version=entry.text("generator_version"),
        options=entry.texts("options"),
        folder=entry.folder("folder"),
        files=entry.files(),
    )
    entry.done()
    return generated


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table of the lock that knows its place."""

    file: str
    place: str
    values: dict[str, Any]

    def bad(self, key: str, problem: str) -> BadLock:
        return BadLock(f"{key}: {problem}.", Location(self.file, f"{self.place}/{key}"))

    def get(self, key: str, kind: type) -> Any:
        value = self.values.pop(key, None)
        if type(value) is not kind:
            raise self.bad(key, "is missing" if value is None else f"must be of type {kind.__name__}")
        return value

    def text(self, key: str) -> str:
        return self._checked(key, lambda text: text.isprintable(), "holds control characters")

    def digest(self, key: str) -> str:
        return self._checked(key, lambda text: _DIGEST.fullmatch(text) is not None, "is no SHA-256")

    def folder(self, key: str) -> str:
        return self._checked(key, is_inside, "leads out of the lock's folder")

    def files(self) -> FileDigests:
        found = self.get("files", dict)
        for path, digest in found.items():
            if not (is_inside(path) and isinstance(digest, str) and _DIGEST.fullmatch(digest)):
                raise self.bad(f"files/{path}", "is no file of the folder with its SHA-256")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        found: list[object] = self.get(key, list)
        if not all(isinstance(text, str) for text in found):
            raise self.bad(key, "must be strings")
        return tuple(cast("list[str]", found))

    def entries(self, key: str) -> Iterable[_Entry]:
        found = self.values.pop(key, [])
        rows = cast("list[object]", found) if isinstance(found, list) else [None]
        if not all(isinstance(row, dict) for row in rows):
            raise self.bad(key, "must be a list of tables")
        tables = cast("list[dict[str, Any]]", rows)
        return [_Entry(self.file, f"{self.place}/{key}/{index}", table) for index, table in enumerate(tables)]

    def done(self) -> None:
        if self.values:
            raise self.bad(min(self.values), "there is no such key")

    def _checked(self, key: str, fits: Callable[[str], bool], problem: str) -> str:
        text: str = self.get(key, str)
        if not fits(text):
            raise self.bad(key, problem)
        return text
