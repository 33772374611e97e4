"""Reading a Protobuf contract: its files, and how buf's configuration lays them out."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

from registry.domain.contract import Source
from registry.domain.errors import BadInput
from registry.domain.imports import is_imported
from registry.domain.location import Location
from registry.engines.protobuf.buf_yaml import workspace_of
from registry.engines.protobuf.compiler import compile as compile_source
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.gate import check_names
from registry.engines.protobuf.imports import imported_paths, with_imports
from registry.engines.protobuf.limits import CompileLimits
from registry.engines.protobuf.workspace import Layout, Workspace


def parse(source: Source, limits: CompileLimits = CompileLimits()) -> Descriptors:  # noqa: B008 - frozen
    """Compile a revision at the import roots of its `buf.yaml`, else at its folder, and at those of the contracts that it imports.

    Raises BadInput for a configuration that buf would refuse, and what compiling raises.
    """
    workspace = workspace_of(source.files)
    if workspace is not None and not workspace.has_plugins:
        _check_selections(workspace)
    imported = imported_paths(source.files)
    if workspace is None and not imported:
        return compile_source(source, limits)
    protos = [path for path in source.files if path.endswith(".proto") and not is_imported(path)]
    if not protos:  # a descriptor set names its files as they are imported, and holds what it imports
        own = {path: data for path, data in source.files.items() if not is_imported(path)}
        return replace(compile_source(Source(own, source.entry), limits), layout=Layout(workspace))
    layout = Layout.of(workspace, protos) if workspace else Layout(paths={path: path for path in protos})
    layout = with_imports(layout, imported)
    files = {name: source.files[path] for name, path in layout.paths.items()}
    with _placed(layout):
        return replace(compile_source(Source(files, source.entry), limits, imported.keys()), layout=layout)


def _check_selections(workspace: Workspace) -> None:
    for selection in (module.selection for module in workspace.modules):
        check_names((*selection.use, *selection.leave_out, *selection.ignore_only), Location(workspace.file, ""))


@contextmanager
def _placed(layout: Layout) -> Generator[None]:
    """Name the places of errors from the contract's folder."""
    try:
        yield
    except BadInput as error:
        error.location = layout.place(error.location)
        raise
