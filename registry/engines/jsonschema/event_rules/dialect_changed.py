"""An event's schema is written in another draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.engines.jsonschema.event_pair import EventPair
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_WHOLE: Final = NoWitness("documents stay what they are; the other rules say which of them the drafts read otherwise")


@rule(
    id="dialect-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.DOCUMENT,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(
        old="$schema: http://json-schema.org/draft-07/schema", new="$schema: https://json-schema.org/draft/2020-12/schema"
    ),
    fine=Example(old="$schema: http://json-schema.org/draft-07/schema", new="$schema: http://json-schema.org/draft-07/schema#"),
    cap_reason="what the drafts make of a document is judged by the other rules; only who cannot read the new draft is stopped",
)
def dialect_changed(pair: EventPair) -> Iterator[Finding]:
    """The schema names another draft than before.

    Consumers that validate with a library that does not know the draft cannot, or ignore words that it added.
    """
    old, new = pair.old.library.dialect, pair.new.library.dialect
    if old is not new:
        places = pair.old.at("$schema"), pair.new.at("$schema")
        yield Finding(f"The schema is written in {new.name} now, not {old.name}.", *places, elements=("$",), witness=_WHOLE)
