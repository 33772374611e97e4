"""A part of a form or multipart body is written differently."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.matching import Pair
from registry.engines.openapi.model import Encoding
from registry.engines.openapi.names import media_covers
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.openapi.serialisation import content_types, encoding_differs, encoding_spelling
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule


def _form(encoding: str) -> str:
    return f"POST /carts: {{requestBody: {{content: {{multipart/form-data: {{encoding: {encoding}}}}}}}}}"


@rule(
    id="encoding-serialisation-changed",
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
def encoding_serialisation_changed(contracts: ContractPair) -> Iterator[Finding]:
    """Style, explode or allowReserved of a part of a form body changed.

    The same value is written with other characters, so what the other side wrote is misread.
    """
    for encoding in contracts.encodings.kept:
        exchanged = encoding.exchange
        if encoding_differs(exchanged.old.contract, encoding.old, exchanged.new.contract, encoding.new):
            spelled = f"{encoding_spelling(encoding.old)}; now it is {encoding_spelling(encoding.new)}"
            yield encoding.changed(f"The part `{encoding.new.name}` was written with {spelled}.")


@rule(
    id="encoding-content-type-narrowed",
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
def encoding_content_type_narrowed(contracts: ContractPair) -> Iterator[Finding]:
    """A part of a multipart body no longer comes in one of its content types.

    Whoever still writes it so is refused. A content type that is not named is the one that the schema of the part implies.
    """
    for encoding in contracts.encodings.kept:
        old, new = _both(encoding)
        gone = [name for name in old if new and not any(media_covers(wide, name) for wide in new)]
        if gone:
            yield encoding.changed(f"The part `{encoding.new.name}` no longer comes as {', '.join(gone)}.")


@rule(
    id="encoding-content-type-widened",
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
def encoding_content_type_widened(contracts: ContractPair) -> Iterator[Finding]:
    """A part of a multipart body comes in one more content type.

    Whoever writes by the old contract does not use it. Whoever reads by the old contract does not understand it.
    """
    for encoding in contracts.encodings.kept:
        old, new = _both(encoding)
        come = [name for name in new if old and not any(media_covers(wide, name) for wide in old)]
        if come:
            yield encoding.changed(f"The part `{encoding.new.name}` now comes as {', '.join(come)}.")


def _both(encoding: Pair[Encoding]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old, new = encoding.exchange.old.contract, encoding.exchange.new.contract
    return content_types(old, encoding.old), content_types(new, encoding.new)
