"""The files of imported contracts, by the names that they are imported by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from registry.domain.errors import BadReference
from registry.domain.file_kinds import PROTOBUF_SUFFIX
from registry.domain.imports import import_root
from registry.domain.location import Location
from registry.engines.protobuf.buf_yaml import workspace_of
from registry.engines.protobuf.workspace import Layout


def imported_paths(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Where each file of an imported contract stands in a revision, by the name that it is imported by.

    A contract that is imported on two ways may come twice, with the same bytes. Raises BadReference where two files of other
    bytes have one name, and for an import without sources; BadInput for a `buf.yaml` that cannot be read.
    """
    found: dict[str, str] = {}
    for root, below in _by_root(files).items():
        protos = [name for name in below if name.endswith(PROTOBUF_SUFFIX)]
        if not protos:
            raise BadReference("an imported contract has to be .proto files, and this one is a descriptor set", Location(root, ""))
        workspace = workspace_of(below)
        names = Layout.of(workspace, protos).paths if workspace else {name: name for name in protos}
        for name, path in names.items():
            here = f"{root}/{path}"
            held = found.setdefault(name, here)
            if files[held] != files[here]:
                raise BadReference(f"{held} and this file are both imported as {name}, and differ", Location(here, ""))
    return found


def with_imports(layout: Layout, imported: Mapping[str, str]) -> Layout:
    """The layout of a contract's own files, and of those that it imports.

    Raises BadReference for an own file that is called like an imported one: which of the two counts would be anybody's guess.
    """
    for name in sorted(layout.paths.keys() & imported.keys()):
        raise BadReference(f"{imported[name]} and this file are both imported as {name}", Location(layout.paths[name], ""))
    return Layout(layout.workspace, {**layout.paths, **imported})


def _by_root(files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, bytes]]:
    """The files of each import, by their paths below its folder."""
    found: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
    for path, data in files.items():
        root = import_root(path)
        if root:
            found[root][path.removeprefix(f"{root}/")] = data
    return found
