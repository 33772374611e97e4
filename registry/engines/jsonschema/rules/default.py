"""The default of a value appeared, vanished or changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._notes import note_added, note_changed, note_removed
from registry.engines.jsonschema.rules._shared import CHANGES, NOTED, RISKS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="default-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old="type: integer", new="{type: integer, default: 20}"),
    fine=Example(old="{type: integer, default: 20}", new="type: integer"),
    cap_reason="nobody can have relied on a default that was not declared",
)
def default_added(pair: SchemaPair) -> Iterator[Seen]:
    """A default was declared where there was none.

    Readers now know what an absent value means; nobody relied on it before.
    """
    yield from note_added(pair, "default")


@rule(
    id="default-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old="{type: integer, default: 20}", new="type: integer"),
    fine=Example(old="type: integer", new="{type: integer, default: 20}"),
    cap_reason="an absent value may still be treated as before",
)
def default_removed(pair: SchemaPair) -> Iterator[Seen]:
    """The declared default was taken back.

    Whoever leaves the value out no longer knows what happens.
    """
    yield from note_removed(pair, "default")


@rule(
    id="default-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=CHANGES,
    breaks=Example(old="{type: integer, default: 20}", new="{type: integer, default: 50}"),
    fine=Example(old="{type: integer, default: 20}", new="{type: integer, default: 20.0}"),
)
def default_changed(pair: SchemaPair) -> Iterator[Seen]:
    """The declared default became another value.

    The same document, with the value left out, means something else now.
    """
    yield from note_changed(pair, "default")
