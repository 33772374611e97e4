"""A contract given by a path alone: its kind, told from the content, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cli.working_tree import WorkingTree
from registry.domain.change import Json
from registry.domain.contract import ContractKind, Source
from registry.domain.errors import WrongKind
from registry.domain.file_kinds import AVRO_SUFFIX, is_protobuf
from registry.domain.location import Location
from registry.engines.documents.document import read, syntax_of
from registry.engines.documents.limits import Limits
from registry.services.places import errors_below
from registry.services.trees import source_at

_SCHEMA_WORDS = frozenset(
    [
        "$schema",
        "$id",
        "$ref",
        "$defs",
        "definitions",
        "type",
        "properties",
        "required",
        "items",
        "enum",
        "const",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "additionalProperties",
    ]
)


@dataclass(frozen=True, slots=True)
class ContractFiles:
    """A contract on disk. `folder` is where its files stand, as the path was given."""

    path: Path
    kind: ContractKind
    source: Source
    folder: str


def contract_at(path: Path, kind: ContractKind | None, limits: Limits) -> ContractFiles:
    """The contract at a path: an OpenAPI, JSON Schema or Avro document with what it needs, a `.proto` file or a folder of them.

    Raises WrongKind when the content does not tell the kind and none is given, and what reading raises; places start with the path.
    """
    root = path if path.is_dir() else path.parent
    tree = WorkingTree(root, limits)
    with errors_below(root.as_posix()):
        entry = _entry(path, tree, limits)
        found = kind or _kind_of(entry, tree, limits)
        return ContractFiles(path, found, _source(entry, found, tree, limits), root.as_posix())


def _entry(path: Path, tree: WorkingTree, limits: Limits) -> str:
    """The file to start at, relative to the tree: of several Avro files the one that no other needs, "" for `.proto` files."""
    if not path.is_dir():
        return path.name
    names = list(tree.below(""))
    if any(map(is_protobuf, names)):
        return ""
    documents = [name for name in names if "/" not in name and syntax_of(name)]
    if len(documents) > 1 and all(name.endswith(AVRO_SUFFIX) for name in documents):
        from registry.engines.avro.collecting import roots  # other kinds of contracts do not pay for it

        documents = list(roots({name: read(name, tree.read(name) or b"", limits).value for name in documents}))
    if len(documents) != 1:
        found = ", ".join(documents[:5]) or "no .proto, JSON or YAML file"
        raise WrongKind(f"This folder does not say where its contract starts: it holds {found}.", Location("", ""))
    return documents[0]


def _kind_of(entry: str, tree: WorkingTree, limits: Limits) -> ContractKind:
    if entry == "" or is_protobuf(entry):
        return ContractKind.PROTOBUF
    return _kind_of_document(entry, read(entry, tree.read(entry) or b"", limits).value)


def _kind_of_document(name: str, value: Json) -> ContractKind:
    if name.endswith(AVRO_SUFFIX):
        return ContractKind.AVRO
    if isinstance(value, dict):
        if "openapi" in value or "swagger" in value:
            return ContractKind.OPENAPI
        if not _SCHEMA_WORDS.isdisjoint(value):
            return ContractKind.JSONSCHEMA
    problem = "This is neither an OpenAPI document nor a JSON Schema as far as its top level tells, nor a .avsc file"
    raise WrongKind(f"{problem}; say what it is with --kind.", Location(name, ""))


def _source(entry: str, kind: ContractKind, tree: WorkingTree, limits: Limits) -> Source:
    if kind is ContractKind.PROTOBUF and entry:
        return Source({entry: tree.read(entry) or b""}, "")
    return source_at(tree, entry, kind, limits)
