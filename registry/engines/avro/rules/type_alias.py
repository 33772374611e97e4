"""A named type is known by another former name, or by one less."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import NOTED, RISKS, both_named
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_PLAIN = "{type: fixed, name: Digest, size: 16}"
_ALIASED = "{type: fixed, name: Digest, size: 16, aliases: [Hash]}"


@rule(
    id="alias-added",
    contract_kind=ContractKind.AVRO,
    area=Area.MESSAGE,
    aspect=Aspect.SERIALISATION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old=_PLAIN, new=_ALIASED),
    fine=Example(old=_ALIASED, new=_PLAIN),
    cap_reason="readers can cope with more data than before",
)
def alias_added(pair: Pair) -> Iterator[Seen]:
    """A record, enum or fixed has an alias that it did not have.

    Readers with the new schema also read data in which the type has that name.
    """
    yield from _changed(pair, added=True)


@rule(
    id="alias-removed",
    contract_kind=ContractKind.AVRO,
    area=Area.MESSAGE,
    aspect=Aspect.SERIALISATION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old=_ALIASED, new=_PLAIN),
    fine=Example(old=_PLAIN, new=_ALIASED),
    cap_reason="the version before wrote the type's own name; whether older data has the alias shows when that is compared",
)
def alias_removed(pair: Pair) -> Iterator[Seen]:
    """A record, enum or fixed lost an alias.

    Readers with the new schema no longer read data in which the type has that name.
    """
    yield from _changed(pair, added=False)


def _changed(pair: Pair, *, added: bool) -> Iterator[Seen]:
    named = both_named(pair.old, pair.new)
    if named is None:
        return
    old, new = named
    gone, come = sorted(set(old.aliases) - set(new.aliases)), sorted(set(new.aliases) - set(old.aliases))
    for alias in come if added else gone:
        if alias not in (old.name, new.name):
            words = f"has the alias {alias} now" if added else f"lost the alias {alias}"
            yield Seen(f"{new.kind} {new.name} {words}", *pair.places)
