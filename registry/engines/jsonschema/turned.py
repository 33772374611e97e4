"""A schema that became one branch of a union, or a union that became one of its branches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from registry.domain.verdict import Direction
from registry.engines.jsonschema.children import TAG, Child, alike
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.jsonschema.sameness import Sameness
from registry.engines.jsonschema.view import SchemaView, Union

_SAYS_NOTHING: Final = frozenset(
    {"$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "title", "description", "anyOf", "oneOf"}
)
"""The words that may stand beside a union which is all that a schema says, and the union's own."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What came or went beside a schema that stayed. `stayed` has it on both sides; what changed in it is told apart."""

    rule: str
    keyword: str
    stayed: tuple[Schema, Schema]
    others: tuple[Schema, ...]

    @property
    def reads(self) -> Direction:
        """The direction in which the side with more branches reads."""
        return Direction.BACKWARD if self.rule == "alternative-added" else Direction.FORWARD

    def child(self, pair: SchemaPair, direction: Direction) -> Child | None:
        """The pair of what stayed, unless it is the same; where the union reads, another branch may take what it refuses now."""
        words = (self.keyword,) if direction is self.reads else ()
        return None if pair.same(*self.stayed) else Child("", *self.stayed, within=words)

    @property
    def message(self) -> str:
        """Which alternatives came or went."""
        names = ", ".join(f"`{name}`" for name in map(branch_name, self.others) if name)
        subject = f"The alternative{'s' if len(self.others) > 1 else ''} {names}" if names else f"{len(self.others)} more"
        if self.rule == "alternative-removed":
            return f"{subject} of `{self.keyword}` went, and one schema is left."
        return f"{subject} came beside what was the only schema."


def turned(old: SchemaView, new: SchemaView, sameness: Sameness) -> Turned | None:
    """What turned into, or out of, a union that still has the schema as a branch; None for every other change.

    Compared word by word, all that the schema said would seem to have gone.
    """
    if not old.unions and (union := _lone(new)) is not None:
        stayed = _staying(old.schema, union, sameness)
        return _turned("alternative-added", union, stayed, (old.schema, stayed)) if stayed else None
    if not new.unions and (union := _lone(old)) is not None:
        stayed = _staying(new.schema, union, sameness)
        return _turned("alternative-removed", union, stayed, (stayed, new.schema)) if stayed else None
    return None


def _lone(view: SchemaView) -> Union | None:
    """The union that is all that a schema says."""
    if len(view.unions) != 1 or len(view.parts) != 1 or not view.unions[0].schema.body.keys() <= _SAYS_NOTHING:
        return None
    return view.unions[0]


def _staying(schema: Schema, union: Union, sameness: Sameness) -> Schema | None:
    """The branch that a schema is: the same, or of the same name or tag.

    A changed branch of a `oneOf` is none: its change may make another branch match or not, so only the whole can be judged.
    """
    same = next((branch for branch in union.branches if sameness.same(schema, branch)), None)
    if same is not None or union.keyword == "oneOf":
        return same
    path = schema.location.path
    named = next((branch for branch in union.branches if branch.followed().location.path == path), None)
    return named or next((branch for branch in union.branches if alike(schema, branch, TAG)), None)


def _turned(rule: str, union: Union, stayed: Schema, sides: tuple[Schema, Schema]) -> Turned:
    return Turned(rule, union.keyword, sides, tuple(branch for branch in union.branches if branch is not stayed))


def branch_name(branch: Schema) -> str:
    """What a branch is called: the end of its reference, else its title, else nothing."""
    reference, title = branch.body.get("$ref"), branch.note("title")
    if isinstance(reference, str):
        return reference.rsplit("/", 1)[-1]
    return title if isinstance(title, str) else ""
