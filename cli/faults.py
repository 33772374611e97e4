"""Finding where bad input stands here, after the registry has refused it: a request body has no line that a person can open."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from cli.failure import CommandFailed
from cli.selection import Selection
from registry.domain.errors import BadInput, error_classes
from registry.domain.publication import Publication, ServiceVersion
from registry.services.places import errors_below
from registry.services.trees import Origin

_BAD_INPUT = frozenset(error.code for error in error_classes(BadInput))


@contextmanager
def faults_found_here(selection: Selection, versions: Sequence[ServiceVersion]) -> Generator[None]:
    """Read the files again when the registry refuses them as bad input, and name the fault in the working tree instead.

    `versions` are those of the selection's folders, in the same order. Only a refusal costs this second reading.
    """
    try:
        yield
    except CommandFailed as refusal:
        if refusal.failure.code in _BAD_INPUT:
            with selection.places_shown():
                read_again(selection, versions)
        raise


@contextmanager
def faults_of_commit(selection: Selection, revision: str) -> Generator[None]:
    """Tell bad input of the working tree from that of the commit that it is compared with, which is named as git does it."""
    try:
        yield
    except BadInput as fault:
        with selection.places_shown():
            read_again(selection, selection.service_versions(Origin("working-tree")))
        if fault.location is not None:
            fault.location = replace(fault.location, file=f"{revision}:{fault.location.file}")
        raise


def read_again(selection: Selection, versions: Sequence[ServiceVersion]) -> None:
    """Read every contract and pact as the registry does, one by one. Raises the BadInput errors, with places in the tree."""
    from registry.services.publishing.prepare import prepare

    for folder, version in zip(selection.folders, versions, strict=True):
        bare = replace(version, provides=(), consumes=(), pacts=())
        parts = [(provided.folder, replace(bare, provides=(provided,))) for provided in version.provides]
        parts += [(folder, replace(bare, pacts=(pact,))) for pact in version.pacts]
        for base, part in parts:
            with errors_below(base):
                prepare(Publication((part,)), selection.limits)
