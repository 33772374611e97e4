"""A change that no rule names admits less, or more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.leftovers import GROUPS, unexplained
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
        old="if: {properties: {kind: {const: card}}}", new="{if: {properties: {kind: {const: card}}}, then: {required: [number]}}"
    ),
    fine=Example(old="if: true", new="if: false"),
)
def schema_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """The schema refuses documents that it admitted.

    The document shown was valid and is refused now; a condition, a dependency or another combination of words does it.
    """
    for keyword, old, new in unexplained(pair):
        yield Seen(f"{keyword} admits less than before", old, new, keywords=GROUPS.get(keyword, (keyword,)), supposed=True)


@rule(
    id="schema-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(
        old="{if: {properties: {kind: {const: card}}}, then: {required: [number]}}", new="if: {properties: {kind: {const: card}}}"
    ),
    fine=Example(old="if: true", new="if: false"),
)
def schema_widened(pair: SchemaPair) -> Iterator[Seen]:
    """The schema admits documents that it refused.

    Readers of the old schema refuse the document shown; a condition, a dependency or another combination of words does it.
    """
    for keyword, old, new in unexplained(pair):
        yield Seen(f"{keyword} admits more than before", old, new, keywords=GROUPS.get(keyword, (keyword,)), supposed=True)
