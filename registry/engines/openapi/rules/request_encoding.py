"""A property of a form or multipart body is written differently."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.names import media_covers
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.openapi.serialisation import encoding_differs, encoding_spelling
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule


def _form(encoding: str) -> str:
    return f"POST /carts: {{requestBody: {{content: {{multipart/form-data: {{encoding: {encoding}}}}}}}}}"


@rule(
    id="request-encoding-serialisation-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.MEDIA_TYPE,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old=_form("{tags: {explode: true}}"),
        new=_form("{tags: {explode: false}}"),
    ),
    fine=Example(
        old=_form("{tags: {style: form}}"),
        new=_form("{tags: {explode: true}}"),
    ),
)
def request_encoding_serialisation_changed(contracts: ContractPair) -> Iterator[Finding]:
    """Style, explode or allowReserved of a property in a form body changed.

    The same value is written with other characters, so what old clients send is misread.
    """
    for encoding in contracts.encodings.kept:
        exchanged = encoding.exchange
        if encoding_differs(exchanged.old.contract, encoding.old, exchanged.new.contract, encoding.new):
            spelled = f"{encoding_spelling(encoding.old)}; now it is {encoding_spelling(encoding.new)}"
            yield encoding.changed(f"The form property `{encoding.new.property}` was written with {spelled}.")


@rule(
    id="request-encoding-content-type-narrowed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.MEDIA_TYPE,
    aspect=Aspect.VALUES,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=NARROWED,
    breaks=Example(
        old=_form("{photo: {contentType: 'image/png, image/jpeg'}}"),
        new=_form("{photo: {contentType: image/png}}"),
    ),
    fine=Example(
        old=_form("{photo: {contentType: image/png}}"),
        new=_form("{photo: {contentType: image/*}}"),
    ),
)
def request_encoding_content_type_narrowed(contracts: ContractPair) -> Iterator[Finding]:
    """A part of a multipart body is no longer accepted in one of its content types.

    Old clients that send it are refused.
    """
    for encoding in contracts.encodings.kept:
        old, new = _content_types(encoding.old.content_type), _content_types(encoding.new.content_type)
        gone = [name for name in old if new and not any(media_covers(wide, name) for wide in new)]
        if gone:
            yield encoding.changed(f"The form property `{encoding.new.property}` is no longer accepted as {', '.join(gone)}.")


@rule(
    id="request-encoding-content-type-widened",
    contract_kind=ContractKind.OPENAPI,
    area=Area.MEDIA_TYPE,
    aspect=Aspect.VALUES,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=WIDENED,
    breaks=Example(
        old=_form("{photo: {contentType: image/png}}"),
        new=_form("{photo: {contentType: image/*}}"),
    ),
    fine=Example(
        old=_form("{photo: {contentType: image/*}}"),
        new=_form("{photo: {contentType: image/png}}"),
    ),
)
def request_encoding_content_type_widened(contracts: ContractPair) -> Iterator[Finding]:
    """A part of a multipart body is accepted in one more content type.

    Old clients do not send it. Whoever reads by the old contract does not understand it.
    """
    for encoding in contracts.encodings.kept:
        old, new = _content_types(encoding.old.content_type), _content_types(encoding.new.content_type)
        come = [name for name in new if old and not any(media_covers(wide, name) for wide in old)]
        if come:
            yield encoding.changed(f"The form property `{encoding.new.property}` is now accepted as {', '.join(come)}.")


def _content_types(text: str | None) -> list[str]:
    return [name.strip() for name in text.split(",")] if text else []
