"""A whole `anyOf` or `oneOf` appeared or vanished."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.children import aligned_unions
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.rules._unions import place_of, whole_union_seen
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


def _stated(pair: SchemaPair) -> bool:
    return len(pair.old.unions) != len(pair.new.unions)


@rule(
    id="union-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: object", new="{type: object, anyOf: [{required: [card]}, {required: [cash]}]}"),
    fine=Example(old="required: [card]", new="{required: [card], anyOf: [{required: [card]}, {required: [cash]}]}"),
)
def union_added(pair: SchemaPair) -> Iterator[Seen]:
    """A document must fit one of several alternatives now, where any would do.

    Documents that fit none of them were valid and are refused now.
    """
    for union in aligned_unions(pair.old, pair.new, pair.sameness).added if _stated(pair) else ():
        message = f"A document must fit one of the alternatives under `{union.keyword}` now."
        yield whole_union_seen(message, pair.old.location, place_of(union), union)


@rule(
    id="union-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: object, anyOf: [{required: [card]}, {required: [cash]}]}", new="type: object"),
    fine=Example(old="{required: [card], anyOf: [{required: [card]}, {required: [cash]}]}", new="required: [card]"),
)
def union_removed(pair: SchemaPair) -> Iterator[Seen]:
    """A document need not fit one of several alternatives any more.

    Readers of the old schema refuse documents that fit none of them.
    """
    for union in aligned_unions(pair.old, pair.new, pair.sameness).removed if _stated(pair) else ():
        message = f"A document need not fit one of the alternatives under `{union.keyword}` any more."
        yield whole_union_seen(message, place_of(union), pair.new.location, union)
