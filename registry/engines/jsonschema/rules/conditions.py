"""A condition (`if`, `then`, `else`) appeared, vanished, or asks or demands something else."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import Said, SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.statements import CONDITION
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


def _said(*schemas: Schema) -> tuple[Said, ...]:
    return tuple(Said(schema, CONDITION) for schema in schemas)


def _exchanged(pair: SchemaPair) -> Iterator[tuple[Schema, Schema]]:
    """Conditions that correspond and ask something else, or have another consequence; what changed inside one is told there."""
    for old, new in pair.conditions.pairs:
        same_shape = all((old.get(word) is None) == (new.get(word) is None) for word in ("then", "else"))
        if not same_shape or not pair.same(old.sub(("if",)), new.sub(("if",))):
            yield old, new


@rule(
    id="condition-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: object", new="{type: object, if: {properties: {kind: {const: card}}}, then: {required: [number]}}"),
    fine=Example(
        old="{type: object, required: [number]}",
        new="{type: object, required: [number], if: {properties: {kind: {const: card}}}, then: {required: [number]}}",
    ),
)
def condition_added(pair: SchemaPair) -> Iterator[Seen]:
    """A condition was added: documents that meet its test must meet its consequence now.

    Documents that meet the test and not the consequence were valid and are refused now.
    """
    if "if" in pair.words:
        for schema in pair.conditions.added:
            message = "A condition was added: not every document passes it."
            yield Seen(message, pair.old.location, schema.at("if"), keywords=CONDITION, said=_said(schema))


@rule(
    id="condition-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: object, if: {properties: {kind: {const: card}}}, then: {required: [number]}}", new="type: object"),
    fine=Example(
        old="{type: object, required: [number], if: {properties: {kind: {const: card}}}, then: {required: [number]}}",
        new="{type: object, required: [number]}",
    ),
)
def condition_removed(pair: SchemaPair) -> Iterator[Seen]:
    """A condition was taken out: documents that meet its test need not meet its consequence any more.

    Readers of the old schema rely on the consequence and refuse documents without it.
    """
    if "if" in pair.words:
        for schema in pair.conditions.removed:
            message = "A condition was removed: documents that it refused are admitted."
            yield Seen(message, schema.at("if"), pair.new.location, keywords=CONDITION, said=_said(schema))


@rule(
    id="condition-narrowed",
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
def condition_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """The test of a condition changed, or it got or lost a consequence, and it refuses documents that it let pass.

    The document shown was valid and is refused now.
    """
    if "if" in pair.words:
        for old, new in _exchanged(pair):
            places, said = (old.at("if"), new.at("if")), _said(old, new)
            yield Seen("The condition lets less pass than before.", *places, keywords=CONDITION, supposed=True, said=said)


@rule(
    id="condition-widened",
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
def condition_widened(pair: SchemaPair) -> Iterator[Seen]:
    """The test of a condition changed, or it got or lost a consequence, and it lets pass documents that it refused.

    Readers of the old schema refuse the document shown.
    """
    if "if" in pair.words:
        for old, new in _exchanged(pair):
            places, said = (old.at("if"), new.at("if")), _said(old, new)
            yield Seen("The condition lets more pass than before.", *places, keywords=CONDITION, supposed=True, said=said)
