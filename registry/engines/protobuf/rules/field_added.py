"""A field of a message is new."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.elements import Message
from registry.engines.protobuf.pairs import (
    Pair,
    each_message,
    only_in,
)
from registry.engines.protobuf.rule import over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

_OLD = "message Cart { string id = 1; }"


@over(each_message)
@rule(
    id="field-added",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old=_OLD, new="message Cart { string id = 1; string note = 2; }"),
    fine=Example(old=_OLD, new="message Cart { string id = 1 [deprecated = true]; }"),
)
def field_added(pair: Pair[Message]) -> Iterator[Finding]:
    """A field of a message is new.

    Old programs skip it: what a new client says in it, an old server does not hear.
    """
    names = {field.name for field in only_in(pair.old.fields, pair.new.fields)}
    for added in only_in(pair.new.fields, pair.old.fields):
        if added.name in names:
            continue  # renumbered, and reported as that
        yield Finding(f"{added} was added", None, pair.revisions.new.text.locate(added))
