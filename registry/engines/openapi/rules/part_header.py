"""A header of a part of a multipart body has to be sent, need not be, or is written differently."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import NARROWED, WIDENED
from registry.engines.openapi.serialisation import differs, spelling
from registry.engines.openapi.wording import named, sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule


def _form(header: str) -> str:
    content = f"{{multipart/form-data: {{schema: {{type: object}}, encoding: {{photo: {{headers: {{X-Size: {header}}}}}}}}}}}"
    return f"POST /carts: {{requestBody: {{content: {content}}}}}"


_MAY = _form("{schema: {type: object}}")
_MUST = _form("{required: true, schema: {type: object}}")
_EXPLODED = _form("{explode: true, schema: {type: object}}")


@rule(
    id="part-header-became-required",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(old=_MAY, new=_MUST),
    fine=Example(old=_MUST, new=_MAY),
)
def part_header_became_required(contracts: ContractPair) -> Iterator[Finding]:
    """A header that a part of a multipart body could leave out has to be there.

    Parts that old writers send without it are refused.
    """
    for header in contracts.part_headers.kept:
        if header.new.required and not header.old.required:
            yield header.changed(sentence(f"{named(header.new)} of the part became required"))


@rule(
    id="part-header-became-optional",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENED,
    breaks=Example(old=_MUST, new=_MAY),
    fine=Example(old=_MAY, new=_MUST),
)
def part_header_became_optional(contracts: ContractPair) -> Iterator[Finding]:
    """A header that a part of a multipart body had to carry can be left out.

    Old readers refuse a part without it.
    """
    for header in contracts.part_headers.kept:
        if header.old.required and not header.new.required:
            yield header.changed(sentence(f"{named(header.new)} of the part became optional"))


@rule(
    id="part-header-serialisation-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_MAY, new=_EXPLODED),
    fine=Example(old=_MAY, new=_MUST),
)
def part_header_serialisation_changed(contracts: ContractPair) -> Iterator[Finding]:
    """Explode or the media type of a header of a part changed so that the same value is written with other characters.

    Readers read another value out of it, or none.
    """
    for header in contracts.part_headers.kept:
        old, new = header.exchange.old.contract, header.exchange.new.contract
        if differs(old, header.old, new, header.new):
            written = f"is written as {spelling(header.new)}, not {spelling(header.old)}"
            yield header.changed(sentence(f"{named(header.new)} of the part {written}"))
