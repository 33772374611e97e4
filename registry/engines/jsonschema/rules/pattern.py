"""The pattern of a text appeared, vanished or changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import patterns
from registry.engines.jsonschema.rules._shared import CHANGES, NARROWS, WIDENS, places, spelt
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="pattern-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: string}", new="{type: string, pattern: ^a}"),
    fine=Example(old="{type: string, pattern: ^a}", new="{type: string}"),
)
def pattern_added(pair: SchemaPair) -> Iterator[Seen]:
    """Texts must match a pattern now.

    Texts that do not match were valid and are refused now.
    """
    old, new = patterns(pair.old), patterns(pair.new)
    if new and not old:
        yield Seen(f"Texts must match {spelt(new[0].value)} now.", *places(pair, None, new[0]), keywords=("pattern",))


@rule(
    id="pattern-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: string, pattern: ^a}", new="{type: string}"),
    fine=Example(old="{type: string}", new="{type: string, pattern: ^a}"),
)
def pattern_removed(pair: SchemaPair) -> Iterator[Seen]:
    """Texts need not match a pattern any more.

    Readers that rely on the pattern meet other texts.
    """
    old, new = patterns(pair.old), patterns(pair.new)
    if old and not new:
        yield Seen(f"Texts need not match {spelt(old[0].value)} any more.", *places(pair, old[0], None), keywords=("pattern",))


@rule(
    id="pattern-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.CHANGED,
    nature=Nature.LANGUAGE,
    severity=CHANGES,
    breaks=Example(old="{type: string, pattern: ^a}", new="{type: string, pattern: ^b}"),
    fine=Example(old="{type: string, pattern: ^a}", new="{type: string, pattern: ^a}"),
)
def pattern_changed(pair: SchemaPair) -> Iterator[Seen]:
    """Texts must match another pattern.

    Texts that matched the old pattern may be refused, and texts may match now that did not.
    """
    old, new = patterns(pair.old), patterns(pair.new)
    if old and new and {spelt(fact.value) for fact in old} != {spelt(fact.value) for fact in new}:
        message = f"The pattern changed from {spelt(old[0].value)} to {spelt(new[0].value)}."
        yield Seen(message, *places(pair, old[0], new[0]), keywords=("pattern",))
