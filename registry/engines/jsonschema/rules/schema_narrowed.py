"""A change that no rule names admits less, or more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.leftovers import unexplained
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="schema-narrowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(
        old="{$dynamicRef: '#a', $defs: {A: {$dynamicAnchor: a, type: [string, 'null']}, B: {$dynamicAnchor: b, type: string}}}",
        new="{$dynamicRef: '#b', $defs: {A: {$dynamicAnchor: a, type: [string, 'null']}, B: {$dynamicAnchor: b, type: string}}}",
    ),
    fine=Example(
        old="{$dynamicRef: '#a', $defs: {A: {$dynamicAnchor: a}, B: {$dynamicAnchor: b}}}",
        new="{$dynamicRef: '#b', $defs: {A: {$dynamicAnchor: a}, B: {$dynamicAnchor: b}}}",
    ),
)
def schema_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """The schema refuses documents that it admitted.

    The document shown was valid and is refused now, by a dynamic reference or by words that only do it together.
    """
    for keyword, old, new in unexplained(pair):
        yield Seen(f"`{keyword}` admits less than before.", old, new, keywords=(keyword,), supposed=True)


@rule(
    id="schema-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(
        old="{$dynamicRef: '#b', $defs: {A: {$dynamicAnchor: a, type: [string, 'null']}, B: {$dynamicAnchor: b, type: string}}}",
        new="{$dynamicRef: '#a', $defs: {A: {$dynamicAnchor: a, type: [string, 'null']}, B: {$dynamicAnchor: b, type: string}}}",
    ),
    fine=Example(
        old="{$dynamicRef: '#a', $defs: {A: {$dynamicAnchor: a}, B: {$dynamicAnchor: b}}}",
        new="{$dynamicRef: '#b', $defs: {A: {$dynamicAnchor: a}, B: {$dynamicAnchor: b}}}",
    ),
)
def schema_widened(pair: SchemaPair) -> Iterator[Seen]:
    """The schema admits documents that it refused.

    Readers of the old schema refuse the document shown, by a dynamic reference or by words that only do it together.
    """
    for keyword, old, new in unexplained(pair):
        yield Seen(f"`{keyword}` admits more than before.", old, new, keywords=(keyword,), supposed=True)
