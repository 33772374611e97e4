"""Declarations that are gone from a file or from a package, and where their absence shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, TypeVar

from registry.domain.location import Location
from registry.engines.protobuf.elements import Enum, Field, File, Message, Service
from registry.engines.protobuf.index import Contents
from registry.engines.protobuf.pairs import Pair, Revisions, only_in

Declared = TypeVar("Declared", Message, Enum, Field, Service)
Kind: TypeAlias = Callable[[Contents], Mapping[str, Declared]]
"""Picks the declarations of one kind out of a file's or a package's contents."""


def gone_from_file(pair: Pair[File], kind: Kind[Declared]) -> Iterator[tuple[Declared, Location]]:
    """What a file that still exists no longer declares, by name inside the package."""
    before, after = pair.revisions.before.by_file[pair.old.name], pair.revisions.after.by_file[pair.new.name]
    for gone in only_in(kind(before), kind(after)):
        if _is_followed(pair.revisions, gone):
            continue
        if pair.revisions.to_the_letter or _speaks_for_itself(gone, after):
            yield gone, _place(pair.revisions, gone, pair.new, after)


def gone_from_package(revisions: Revisions, kind: Kind[Declared]) -> Iterator[tuple[Declared, Location | None]]:
    """What a package that still exists no longer declares. There is no place when the file is gone too."""
    for name, before in revisions.before.by_package.items():
        after = revisions.after.by_package.get(name)
        # As buf does it: a package without any declaration of the kind left is not looked at, but for services.
        if after is None or not (kind(after) or kind(after) is after.services):
            continue
        for gone in only_in(kind(before), kind(after)):
            if _is_followed(revisions, gone):
                continue
            file = revisions.after.files.get(gone.file.name)
            if file is None:
                yield gone, None
            else:
                # A message is looked for in the whole package, anything else in the file where it was: as buf does.
                around = after if isinstance(gone, Message) else revisions.after.by_file[file.name]
                yield gone, _place(revisions, gone, file, around)


def moved_to(revisions: Revisions, gone: Message | Enum | Service) -> str:
    """Words for the file that now declares the element; empty when none does."""
    found = revisions.after.find(gone.full_name)
    return f" (it moved to {found.file.name})" if found is not None else ""


def _is_followed(revisions: Revisions, gone: Message | Enum | Field | Service) -> bool:
    """Whether it was renamed or moved, and is compared with what it became."""
    return isinstance(gone, Message | Enum) and bool(revisions.successors(gone))


def _speaks_for_itself(gone: Message | Enum | Field | Service, after: Contents) -> bool:
    """Whether nothing else reports the deletion: its message is still there, and it was not made for a map field."""
    if isinstance(gone, Service) or gone.parent is None:
        return True
    return gone.parent.nested_name in after.messages and not (isinstance(gone, Message) and gone.is_map_entry)


def _place(revisions: Revisions, gone: Message | Enum | Field | Service, file: File, contents: Contents) -> Location:
    """The innermost message around the element that is still there, else the file."""
    around = None if isinstance(gone, Service) else gone.parent
    while around is not None:
        if around.nested_name in contents.messages:
            return revisions.new.text.locate(contents.messages[around.nested_name])
        around = around.parent
    return Location(file.name, "")
