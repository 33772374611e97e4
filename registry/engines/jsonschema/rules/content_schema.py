"""The schema of embedded content appeared, vanished or changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import ANNOTATION, RISKS
from registry.engines.jsonschema.statements import content_schemas
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule


@rule(
    id="content-schema-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(
        old="{type: string, contentMediaType: application/json}",
        new="{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
    ),
    fine=Example(
        old="{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
        new="{type: string, contentMediaType: application/json}",
    ),
    cap_reason="validators treat it as an annotation; whether writers already comply cannot be seen in the documents",
)
def content_schema_added(pair: SchemaPair) -> Iterator[Seen]:
    """A schema was declared for embedded content that had none.

    Readers that check the content refuse what writers of the old schema could embed.
    """
    for schema in content_schemas(pair.old, pair.new, pair.sameness).added if "contentSchema" in pair.words else ():
        yield Seen("Embedded content has a schema now.", pair.old.location, schema.at("contentSchema"), witness=ANNOTATION)


@rule(
    id="content-schema-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(
        old="{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
        new="{type: string, contentMediaType: application/json}",
    ),
    fine=Example(
        old="{type: string, contentMediaType: application/json}",
        new="{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
    ),
    cap_reason="validators treat it as an annotation; what is embedded may stay as it was",
)
def content_schema_removed(pair: SchemaPair) -> Iterator[Seen]:
    """The schema of embedded content was taken back.

    Readers that rely on it have nothing to rely on.
    """
    for schema in content_schemas(pair.old, pair.new, pair.sameness).removed if "contentSchema" in pair.words else ():
        yield Seen("Embedded content has no schema any more.", schema.at("contentSchema"), pair.new.location, witness=ANNOTATION)


@rule(
    id="content-schema-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(
        old="{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
        new="{type: string, contentMediaType: application/json, contentSchema: {type: array}}",
    ),
    fine=Example(
        old="{type: string, contentMediaType: application/json, contentSchema: {type: array}}",
        new="{type: string, contentMediaType: application/json, contentSchema: {type: array, title: Lines}}",
    ),
    cap_reason="validators treat it as an annotation; whether writers already comply cannot be seen in the documents",
)
def content_schema_changed(pair: SchemaPair) -> Iterator[Seen]:
    """The schema of embedded content became another one.

    Readers take the content for what the old one says, and writers write that.
    """
    for old, new in content_schemas(pair.old, pair.new, pair.sameness).pairs if "contentSchema" in pair.words else ():
        yield Seen("Embedded content has another schema.", old.at("contentSchema"), new.at("contentSchema"), witness=ANNOTATION)
