"""The format of a text or number appeared, vanished or changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._notes import note_added, note_changed, note_removed
from registry.engines.jsonschema.rules._shared import CHANGES
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule


@rule(
    id="format-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(old="type: string", new="{type: string, format: date}"),
    fine=Example(old="{type: string, format: date}", new="type: string"),
    cap_reason="validators treat it as an annotation; whether writers already comply cannot be seen in the documents",
)
def format_added(pair: SchemaPair) -> Iterator[Seen]:
    """A format was declared where there was none.

    Writers that follow the old schema may write what readers that check the format refuse.
    """
    yield from note_added(pair, "format")


@rule(
    id="format-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old="{type: string, format: date}", new="type: string"),
    fine=Example(old="type: string", new="{type: string, format: date}"),
    cap_reason="validators treat it as an annotation; what is written may stay as it was",
)
def format_removed(pair: SchemaPair) -> Iterator[Seen]:
    """The declared format was taken back.

    Readers that rely on it have nothing to rely on.
    """
    yield from note_removed(pair, "format")


@rule(
    id="format-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=CHANGES,
    breaks=Example(old="{type: string, format: date}", new="{type: string, format: email}"),
    fine=Example(old="{type: string, format: date}", new="{type: string, format: date}"),
)
def format_changed(pair: SchemaPair) -> Iterator[Seen]:
    """The declared format became another one.

    Readers parse what they meet as the old one, and writers write the old one.
    """
    yield from note_changed(pair, "format")
