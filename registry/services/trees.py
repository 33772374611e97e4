"""From a folder with a manifest to a service version: collecting exactly the files that a contract is made of."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from registry.domain.contract import ContractKind, Source
from registry.domain.errors import BadInput, BadManifest
from registry.domain.file_kinds import AVRO_SUFFIX, DESCRIPTOR_SET_SUFFIXES, PROTOBUF_SUFFIX, is_protobuf
from registry.domain.imports import Import, is_imported
from registry.domain.location import Location
from registry.domain.manifest import Consumed, Manifest, Provided
from registry.domain.publication import ConsumedContract, ProvidedContract, PublishedPact, ServiceVersion
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits
from registry.engines.documents.references import referenced_files
from registry.services.manifests import read_manifest
from registry.services.pinned_imports import PinnedImports
from registry.services.places import errors_below

MANIFEST = "interlock.toml"

_LONGEST_PATH = 1_024
_BUF_CONFIGURATION = frozenset({"buf.yaml", "buf.work.yaml"})


class Tree(Protocol):
    """A folder of files: the working tree, or a commit. Paths are POSIX and relative to it."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None when there is none."""
        ...

    def below(self, folder: str) -> Iterable[str]:
        """The paths of all files below a folder, "" being the tree itself."""
        ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a service version comes from."""

    version: str
    repository: str = ""
    commit: str = ""
    branch: str = ""
    committed_at: datetime | None = None


def manifests_below(tree: Tree, folder: str = "") -> tuple[str, ...]:
    """The folders below `folder` that hold a manifest, itself included, sorted."""
    found = (path for path in tree.below(folder) if posixpath.basename(path) == MANIFEST)
    return tuple(sorted(posixpath.dirname(path) for path in found))


def manifest_at(tree: Tree, folder: str) -> Manifest:
    """The manifest of a folder. Raises BadManifest when there is none, and what `read_manifest` raises."""
    path = posixpath.join(folder, MANIFEST)
    data = tree.read(path)
    if data is None:
        raise BadManifest(f"There is no {MANIFEST} in {folder or 'this folder'}.", Location(path, ""))
    return read_manifest(path, data)


def service_version_at(tree: Tree, folder: str, origin: Origin, limits: Limits) -> ServiceVersion:
    """What a folder declares, with the files that it names.

    Raises BadManifest for a file that is missing or lies outside the folder, and what reading the manifest raises.
    """
    manifest = manifest_at(tree, folder)
    collect = _Collector(tree, folder, limits)
    return ServiceVersion(
        service=manifest.service,
        version=origin.version,
        repository=origin.repository,
        commit=origin.commit,
        branch=origin.branch,
        committed_at=origin.committed_at,
        provides=tuple(collect.provided(provided) for provided in manifest.provides),
        consumes=tuple(collect.consumed(consumed) for consumed in manifest.consumes),
        pacts=tuple(collect.pact(path) for path in _unique(path for row in manifest.consumes for path in row.pacts)),
        policy=manifest.policy,
    )


def source_at(tree: Tree, path: str, kind: ContractKind, limits: Limits) -> Source:
    """The files of a contract without a manifest, from its root document, or for Protobuf from its folder ("" being the tree)."""
    collect = _Collector(tree, "", limits)
    return collect.protobuf_source(path)[1] if kind is ContractKind.PROTOBUF else collect.document_source(path, ())


class _Collector:
    """Reads the files of one service's folder."""

    def __init__(self, tree: Tree, folder: str, limits: Limits) -> None:
        self._tree = tree
        self._folder = folder
        self._limits = limits

    def provided(self, provided: Provided) -> ProvidedContract:
        """A provided contract with its files."""
        if provided.kind is ContractKind.PROTOBUF:
            base, source = self.protobuf_source(provided.path)
            source = self._with_imports(provided.imports, base, source)
        else:
            base, source = posixpath.dirname(provided.path), self.document_source(provided.path, provided.examples)
        return ProvidedContract(
            contract=provided.contract,
            kind=provided.kind,
            source=source,
            version=provided.version,
            mode=provided.mode,
            on_unknown=provided.on_unknown,
            description=provided.description,
            is_event=provided.is_event,
            channel=provided.channel,
            retention_seconds=provided.retention_seconds,
            entity=provided.entity,
            examples=tuple(posixpath.relpath(example, base or ".") for example in provided.examples),
            owner=provided.owner,
            folder=posixpath.join(self._folder, base),
        )

    def consumed(self, consumed: Consumed) -> ConsumedContract:
        """A consumed contract, with the consumer's own reader schema or descriptors where it has any."""
        reader = self._reader(consumed.reader) if consumed.reader else None
        return ConsumedContract(consumed.contract, consumed.version, reader, consumed.uses, has_pacts=bool(consumed.pacts))

    def _reader(self, path: str) -> Source:
        """What a consumer reads by: a document, or the Protobuf files or descriptor set that its stubs are made from."""
        if is_protobuf(path) or self._tree.read(self._inside(path)) is None:
            return self.protobuf_source(path)[1]
        return self.document_source(path, ())

    def pact(self, path: str) -> PublishedPact:
        """A pact file."""
        return PublishedPact(path, self._read(path))

    def protobuf_source(self, path: str) -> tuple[str, Source]:
        """A Protobuf contract and its folder: all `.proto` files below it with buf's configuration, or one descriptor set."""
        root = self._inside(path)
        alone = self._tree.read(root)
        if alone is not None:
            folder, name = posixpath.split(path)
            return folder, Source({name: alone}, "")
        names = [(posixpath.relpath(file, root), file) for file in self._tree.below(root)]
        sources = [row for row in names if row[0].endswith(PROTOBUF_SUFFIX)]
        kept = sources or [row for row in names if row[0].endswith(DESCRIPTOR_SET_SUFFIXES)]
        if not kept:
            raise self._missing(path, "holds no .proto file" if names else "does not exist")
        kept += [row for row in names if posixpath.basename(row[0]) in _BUF_CONFIGURATION]
        return path, Source({name: self._tree.read(file) or b"" for name, file in kept}, "")

    def _with_imports(self, imports: Sequence[Import], base: str, source: Source) -> Source:
        """A Protobuf contract with the pulled files of what it imports, which are not its own where they stand below its folder."""
        strange = next(filter(is_imported, source.files), None)
        if strange is not None:
            raise self._missing(posixpath.join(base, strange), "stands where imported contracts do: name them under `imports`")
        if not imports:
            return source
        pulled = PinnedImports.at(self._tree.read, self._folder)
        folders = [f"{pulled.pinned(pin).folder}/" for pin in imports]
        own = {
            path: data
            for path, data in source.files.items()
            if not posixpath.normpath(posixpath.join(base, path)).startswith(tuple(folders))
        }
        if not any(path.endswith(PROTOBUF_SUFFIX) for path in own):
            raise self._missing(base, "holds no .proto file of its own; a descriptor set holds what it imports")
        return Source({**own, **{path: data for pin in imports for path, data in pulled.files(pin)}}, source.entry)

    def document_source(self, path: str, examples: tuple[str, ...]) -> Source:
        """The entry document, the local files that it references, and the examples; all relative to the entry's folder."""
        base, entry = posixpath.split(path)
        files = {entry: self._read(path)}
        if entry.endswith(AVRO_SUFFIX):
            files.update(self._declaring(base, entry, files[entry]))
        queue = [] if entry.endswith(AVRO_SUFFIX) else [entry]
        while queue:
            name = queue.pop()
            with errors_below(posixpath.join(self._folder, base)):
                targets = referenced_files(name, files[name], self._limits)
            for target in targets:
                data = None if target in files else self._tree.read(self._inside(posixpath.join(base, target)))
                if data is not None:  # a reference that leads nowhere is the engine's to report, at its place
                    files[target] = data
                    queue.append(target)
        for example in examples:
            files[posixpath.relpath(example, base or ".")] = self._read(example)
        return Source(files, entry)

    def _declaring(self, base: str, entry: str, data: bytes) -> Mapping[str, bytes]:
        """The Avro files below the entry's folder that declare what it uses; nothing is looked at when it declares all of it."""
        from registry.engines.avro.collecting import needed, uses_others  # other kinds of contracts do not pay for it

        with errors_below(posixpath.join(self._folder, base)):
            values = {entry: read(entry, data, self._limits).value}
        if not uses_others(values[entry]):
            return {}
        root = self._inside(base or ".")
        names = [posixpath.relpath(path, root) for path in self._tree.below("" if root == "." else root)]
        files = {name: self._read(posixpath.join(base, name)) for name in names if name.endswith(AVRO_SUFFIX) and name != entry}
        for name, other in files.items():
            with suppress(BadInput):  # it may belong to another contract; a name that is not found is the engine's to report
                values[name] = read(name, other, self._limits).value
        return {name: files[name] for name in needed(entry, values)}

    def _read(self, path: str) -> bytes:
        data = self._tree.read(self._inside(path))
        if data is None:
            raise self._missing(path, "does not exist")
        return data

    def _inside(self, path: str) -> str:
        normal = posixpath.normpath(path)
        if posixpath.isabs(path) or normal == ".." or normal.startswith("../"):
            raise self._missing(path, "lies outside the service's folder")
        if not path.isprintable() or len(path) > _LONGEST_PATH:
            raise self._missing(repr(path[:200]), "is no path of a file")
        return posixpath.normpath(posixpath.join(self._folder, normal))

    def _missing(self, path: str, problem: str) -> BadManifest:
        return BadManifest(f"{path} {problem}.", Location(posixpath.join(self._folder, MANIFEST), ""))


def _unique(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))
