"""The encoding of embedded content appeared, vanished or changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._notes import note_added, note_changed, note_removed
from registry.engines.jsonschema.rules._shared import CHANGES
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule


@rule(
    id="content-encoding-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(old="type: string", new="{type: string, contentEncoding: base64}"),
    fine=Example(old="{type: string, contentEncoding: base64}", new="type: string"),
    cap_reason="validators treat it as an annotation; whether writers already comply cannot be seen in the documents",
)
def content_encoding_added(pair: SchemaPair) -> Iterator[Seen]:
    """A content encoding was declared where there was none.

    Readers now decode what writers of the old schema did not encode.
    """
    yield from note_added(pair, "contentEncoding")


@rule(
    id="content-encoding-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old="{type: string, contentEncoding: base64}", new="type: string"),
    fine=Example(old="type: string", new="{type: string, contentEncoding: base64}"),
    cap_reason="validators treat it as an annotation; what is written may stay as it was",
)
def content_encoding_removed(pair: SchemaPair) -> Iterator[Seen]:
    """The declared content encoding was taken back.

    Readers that rely on it have nothing to rely on.
    """
    yield from note_removed(pair, "contentEncoding")


@rule(
    id="content-encoding-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=CHANGES,
    breaks=Example(old="{type: string, contentEncoding: base64}", new="{type: string, contentEncoding: base32}"),
    fine=Example(old="{type: string, contentEncoding: base64}", new="{type: string, contentEncoding: base64}"),
)
def content_encoding_changed(pair: SchemaPair) -> Iterator[Seen]:
    """The declared content encoding became another one.

    Readers parse what they meet as the old one, and writers write the old one.
    """
    yield from note_changed(pair, "contentEncoding")
