"""The media type of embedded content appeared, vanished or changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._notes import note_added, note_changed, note_removed
from registry.engines.jsonschema.rules._shared import CHANGES
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule


@rule(
    id="content-media-type-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(old="type: string", new="{type: string, contentMediaType: text/plain}"),
    fine=Example(old="{type: string, contentMediaType: text/plain}", new="type: string"),
    cap_reason="validators treat it as an annotation; whether writers already comply cannot be seen in the documents",
)
def content_media_type_added(pair: SchemaPair) -> Iterator[Seen]:
    """A content media type was declared where there was none.

    Readers now parse what writers of the old schema wrote as plain text.
    """
    yield from note_added(pair, "contentMediaType")


@rule(
    id="content-media-type-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old="{type: string, contentMediaType: text/plain}", new="type: string"),
    fine=Example(old="type: string", new="{type: string, contentMediaType: text/plain}"),
    cap_reason="validators treat it as an annotation; what is written may stay as it was",
)
def content_media_type_removed(pair: SchemaPair) -> Iterator[Seen]:
    """The declared content media type was taken back.

    Readers that rely on it have nothing to rely on.
    """
    yield from note_removed(pair, "contentMediaType")


@rule(
    id="content-media-type-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=CHANGES,
    breaks=Example(old="{type: string, contentMediaType: text/plain}", new="{type: string, contentMediaType: application/json}"),
    fine=Example(old="{type: string, contentMediaType: text/plain}", new="{type: string, contentMediaType: text/plain}"),
)
def content_media_type_changed(pair: SchemaPair) -> Iterator[Seen]:
    """The declared content media type became another one.

    Readers parse what they meet as the old one, and writers write the old one.
    """
    yield from note_changed(pair, "contentMediaType")
