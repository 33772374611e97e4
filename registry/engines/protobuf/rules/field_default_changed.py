"""The declared default of a field changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.engines.protobuf.defaults import default_of, same_default
from registry.engines.protobuf.elements import Field
from registry.engines.protobuf.pairs import (
    Pair,
    each_field,
)
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_OLD = 'syntax = "proto2"; package example; message Page { optional int32 size = 1 [default = 20]; }'


@over(each_field, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="field-default-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.VALUES,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("20", "50")),
    fine=Example(old=_OLD, new=_OLD.replace("20", "0x14")),
    names=("FIELD_SAME_DEFAULT",),
)
def field_default_changed(pair: Pair[Field]) -> Iterator[Finding]:
    """A field that is absent from a message reads as another value than before.

    Writers leave out what equals their default, and readers fill in theirs.
    """
    old = default_of(pair.old, pair.revisions.old.everything)
    new = default_of(pair.new, pair.revisions.new.everything)
    if old is None or new is None or (not old and not new) or same_default(pair.old, old, pair.new, new):
        return
    yield Finding(
        f"{pair.new} changed its default from {old!r} to {new!r}",
        pair.revisions.old.text.locate_default(pair.old),
        pair.revisions.new.text.locate_default(pair.new),
        witness=NoWitness("a default is what a reader sees when no byte is sent"),
    )
