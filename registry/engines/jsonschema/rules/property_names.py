"""What the names of properties have to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import Said, SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.statements import property_names
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


def _seen(pair: SchemaPair, message: str, before: Sequence[Schema], after: Sequence[Schema]) -> Seen:
    old = before[0].at("propertyNames") if before else pair.old.location
    new = after[0].at("propertyNames") if after else pair.new.location
    said = tuple(Said(schema, ("propertyNames",)) for schema in (*before, *after))
    return Seen(message, old, new, keywords=("propertyNames",), supposed=True, said=said)


@rule(
    id="property-names-narrowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.VALUES,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: object", new="{type: object, propertyNames: {pattern: '^[a-z]+$'}}"),
    fine=Example(old="{type: object, propertyNames: {pattern: '^[a-z]+$'}}", new="type: object"),
)
def property_names_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """Some names of properties are not admitted any more.

    Documents with a property of such a name were valid and are refused now.
    """
    if "propertyNames" in pair.words:
        stated = property_names(pair.old, pair.new, pair.sameness)
        before, after = (*stated.removed, *(old for old, _ in stated.pairs)), (*stated.added, *(new for _, new in stated.pairs))
        if before or after:
            yield _seen(pair, "Fewer names of properties are admitted.", before, after)


@rule(
    id="property-names-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.VALUES,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: object, propertyNames: {pattern: '^[a-z]+$'}}", new="type: object"),
    fine=Example(old="type: object", new="{type: object, propertyNames: {pattern: '^[a-z]+$'}}"),
)
def property_names_widened(pair: SchemaPair) -> Iterator[Seen]:
    """Names of properties are admitted that were not.

    Readers of the old schema refuse documents with a property of such a name.
    """
    if "propertyNames" in pair.words:
        stated = property_names(pair.old, pair.new, pair.sameness)
        before, after = (*stated.removed, *(old for old, _ in stated.pairs)), (*stated.added, *(new for _, new in stated.pairs))
        if before or after:
            yield _seen(pair, "More names of properties are admitted.", before, after)
