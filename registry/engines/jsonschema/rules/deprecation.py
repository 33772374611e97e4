"""An element was deprecated, or is not any more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import sunset_words
from registry.engines.jsonschema.rules._shared import ANNOTATION, NOTED, places
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="deprecated",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.DEPRECATED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old="type: string", new="{type: string, deprecated: true}"),
    fine=Example(old="{type: string, deprecated: true}", new="type: string"),
    cap_reason="announcing an end breaks nobody; removing the element does",
)
def deprecated(pair: SchemaPair) -> Iterator[Seen]:
    """The element is deprecated now.

    Readers should stop using it before its sunset.
    """
    old, new = pair.old.note("deprecated"), pair.new.note("deprecated")
    if new is not None and new.value is True and not (old is not None and old.value is True):
        yield Seen(f"It is deprecated now{sunset_words(pair.new, pair.as_of)}.", *places(pair, old, new), witness=ANNOTATION)


@rule(
    id="deprecation-withdrawn",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old="{type: string, deprecated: true}", new="type: string"),
    fine=Example(old="type: string", new="{type: string, deprecated: true}"),
    cap_reason="the element stays, which is what its readers want",
)
def deprecation_withdrawn(pair: SchemaPair) -> Iterator[Seen]:
    """The element is not deprecated any more.

    Readers may keep using it.
    """
    old, new = pair.old.note("deprecated"), pair.new.note("deprecated")
    if old is not None and old.value is True and not (new is not None and new.value is True):
        yield Seen("It is not deprecated any more.", *places(pair, old, new), witness=ANNOTATION)
