"""A named type is called otherwise, or is in another namespace."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.avro.matching import same_name
from registry.engines.avro.pair import Pair, Probe, Seen
from registry.engines.avro.rules._shared import CHANGES, RISKS, both_named
from registry.engines.avro.schema import namespace, unqualified
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_UNQUALIFIED = NoWitness("fastavro resolves by unqualified names, as the specification does")


@rule(
    id="name-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.MESSAGE,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.LANGUAGE,
    severity=CHANGES,
    breaks=Example(old="{type: fixed, name: Hash, size: 16}", new="{type: fixed, name: Digest, size: 16}"),
    fine=Example(
        old="{type: fixed, name: Hash, namespace: shop, size: 16}",
        new="{type: fixed, name: Hash, namespace: shop.common, size: 16}",
    ),
)
def name_changed(pair: Pair) -> Iterator[Seen]:
    """A record, enum or fixed has another name.

    Types of different names do not resolve. An alias heals one direction: a reader whose type has the other's full name among its
    aliases reads it.
    """
    named = both_named(pair.old, pair.new)
    if named is None or unqualified(named[0].name) == unqualified(named[1].name):
        return
    old, new = named
    reader, writer = pair.sides.of_old_and_new(old, new)
    healed = Severity.SAFE if same_name(reader, writer) else None
    yield Seen(f"{old.kind} {old.name} is called {new.name} now", *pair.places, severity=healed, probe=Probe(keeps=()))


@rule(
    id="namespace-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.PACKAGE,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(
        old="{type: fixed, name: Hash, namespace: shop, size: 16}",
        new="{type: fixed, name: Hash, namespace: shop.common, size: 16}",
    ),
    fine=Example(old="{type: fixed, name: Hash, size: 16}", new="{type: fixed, name: Digest, size: 16}"),
    cap_reason="the specification matches unqualified names",
)
def namespace_changed(pair: Pair) -> Iterator[Seen]:
    """A record, enum or fixed is in another namespace.

    The specification matches unqualified names, so the data is still read. Generated classes move to another package, and readers
    that look types up by their full names do not find them.
    """
    named = both_named(pair.old, pair.new)
    if named is None or unqualified(named[0].name) != unqualified(named[1].name):
        return
    old, new = named
    before, after = namespace(old.name), namespace(new.name)
    if before != after:
        message = f"{old.kind} {unqualified(old.name)} moved from namespace {before or '(none)'} to {after or '(none)'}"
        yield Seen(message, *pair.places, witness=_UNQUALIFIED)
