"""The stability level of a property changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import Json, NoWitness
from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.openapi.lifecycle import Stability, stability_of
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule, safe

_WORD = NoWitness("a stability level is a promise about changes to come")
_STABLE = "properties: {total: {type: number, x-stability-level: stable}}"
_ALPHA = "properties: {total: {type: number, x-stability-level: alpha}}"
_ODD = "properties: {total: {type: number, x-stability-level: experimental}}"


@rule(
    id="property-stability-decreased",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_STABLE, new=_ALPHA),
    fine=Example(old=_ALPHA, new=_STABLE),
    names=("request-property-stability-decreased", "response-property-stability-decreased"),
)
def stability_decreased(pair: SchemaPair) -> Iterator[Finding]:
    """A property promises less stability than before (draft, alpha, beta, stable; none means stable).

    Whoever built on what was stable is no longer protected.
    """
    old, new = _levels(pair)
    if old is not None and new is not None and new < old:
        yield _moved(pair, old, new)


@rule(
    id="property-stability-increased",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old=_ALPHA, new=_STABLE),
    fine=Example(old=_STABLE, new=_ALPHA),
)
def stability_increased(pair: SchemaPair) -> Iterator[Finding]:
    """A property promises more stability than before.

    Nothing that worked stops working.
    """
    old, new = _levels(pair)
    if old is not None and new is not None and new > old:
        yield _moved(pair, old, new)


@rule(
    id="property-stability-became-unreadable",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_STABLE, new=_ODD),
    fine=Example(old=_ODD, new=_STABLE),
    names=("api-invalid-stability-level",),
)
def stability_became_unreadable(pair: SchemaPair) -> Iterator[Finding]:
    """A stability level of a property is none of draft, alpha, beta and stable.

    What nobody can read promises nothing.
    """
    old, new = _levels(pair)
    if new is None and old is not None:
        yield Finding(f"the stability level {_written(pair)!r} is not one of the four", *pair.places, witness=_WORD)


def _levels(pair: SchemaPair) -> tuple[Stability | None, Stability | None]:
    old, new = pair.old.note("x-stability-level"), pair.new.note("x-stability-level")
    return stability_of(old.value if old else None), stability_of(new.value if new else None)


def _written(pair: SchemaPair) -> Json:
    fact = pair.new.note("x-stability-level")
    return fact.value if fact else None


def _moved(pair: SchemaPair, old: Stability, new: Stability) -> Finding:
    message = f"the stability level went from {old.name.lower()} to {new.name.lower()}"
    return Finding(message, *pair.places, witness=_WORD)
