"""Contracts: their kinds, their compatibility modes, and the files that a revision of one is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.verdict import Direction


class ContractKind(StrEnum):
    """The format of a contract."""

    OPENAPI = "openapi"
    PROTOBUF = "protobuf"
    JSONSCHEMA = "jsonschema"
    AVRO = "avro"


class Mode(StrEnum):
    """Which neighbours a release has to fit, and in which direction."""

    NONE = "none"
    BACKWARD = "backward"
    BACKWARD_TRANSITIVE = "backward_transitive"
    FORWARD = "forward"
    FORWARD_TRANSITIVE = "forward_transitive"
    FULL = "full"
    FULL_TRANSITIVE = "full_transitive"

    @property
    def transitive(self) -> bool:
        """Whether all releases of the major line count, not only the neighbours."""
        return self.value.endswith("_transitive")

    @property
    def directions(self) -> frozenset[Direction]:
        """The directions in which a break counts; empty for `none`."""
        return {
            "none": frozenset[Direction](),
            "backward": frozenset({Direction.BACKWARD}),
            "forward": frozenset({Direction.FORWARD}),
            "full": frozenset({Direction.BACKWARD, Direction.FORWARD}),
        }[self.value.removesuffix("_transitive")]


class OnUnknown(StrEnum):
    """What an undecided question does to a release."""

    BLOCK = "block"
    WARN = "warn"


def digest_of(data: bytes) -> str:
    """The SHA-256 of exact bytes, in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of_files(digests: Mapping[str, str]) -> str:
    """The identity of a set of files: SHA-256 over the sorted list of (path, digest), one `path NUL digest LF` each."""
    return digest_of("".join(f"{path}\0{digest}\n" for path, digest in sorted(digests.items())).encode())


@dataclass(frozen=True, slots=True)
class Source:
    """The exact files of one revision, and the one that a reader starts at.

    `files` maps POSIX paths, relative to the contract's folder, to bytes. `entry` is the root document of an OpenAPI, JSON
    Schema or Avro contract and "" for Protobuf, where every `.proto` file counts and import paths are relative to the folder.
    """

    files: Mapping[str, bytes]
    entry: str

    @property
    def digest(self) -> str:
        """The identity of the revision, which its files alone make."""
        return digest_of_files({path: digest_of(data) for path, data in self.files.items()})
