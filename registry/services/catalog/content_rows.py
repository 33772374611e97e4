"""The rows that list what a revision contains, in the words of its kind: fields, operations, or Protobuf declarations."""

from __future__ import annotations

from dataclasses import dataclass

from registry.engines.openapi.listing import ListedOperation
from registry.engines.protobuf.inventory import ContractDescription


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A property of a JSON document. `path` is its element name from `$` on, `depth` its nesting, 1 at the top.

    `rules` are what else the schema says of a value (`format uuid`, `at least 1`), in words; `variant` names the branch of a union
    that declares it; `sunset` is as written.
    """

    path: str
    name: str
    depth: int
    type: str
    required: bool
    description: str = ""
    rules: tuple[str, ...] = ()
    variant: str = ""
    deprecated: bool = False
    sunset: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of one revision; only those of its kind are filled. `complete` is false when there are more than are listed."""

    fields: tuple[FieldRow, ...] = ()
    operations: tuple[ListedOperation, ...] = ()
    declarations: ContractDescription | None = None
    complete: bool = True
