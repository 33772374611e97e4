"""A `not` appeared or vanished."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import rest
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="not-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: string", new="{type: string, not: {const: none}}"),
    fine=Example(old="type: string", new="{type: string, not: {type: integer}}"),
)
def not_added(pair: SchemaPair) -> Iterator[Seen]:
    """Documents of a certain form are refused now.

    Documents of that form were valid before.
    """
    old, new = rest(pair.old, "not"), rest(pair.new, "not")
    if old is None and new is not None:
        yield Seen("What fits the schema under `not` is refused now.", pair.old.location, new.location, keywords=("not",))


@rule(
    id="not-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: string, not: {const: none}}", new="type: string"),
    fine=Example(old="{type: string, not: {type: integer}}", new="type: string"),
)
def not_removed(pair: SchemaPair) -> Iterator[Seen]:
    """Documents of a certain form are not refused any more.

    Readers of the old schema refuse documents of that form.
    """
    old, new = rest(pair.old, "not"), rest(pair.new, "not")
    if new is None and old is not None:
        yield Seen("What fits the schema under `not` is admitted now.", old.location, pair.new.location, keywords=("not",))
