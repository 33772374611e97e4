"""A header of a part of a multipart body came or went."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.lifecycle import removal
from registry.engines.openapi.rules._shared import NARROWED
from registry.engines.openapi.wording import named, sentence
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, risky, rule, safe


def _form(headers: str) -> str:
    content = f"{{multipart/form-data: {{schema: {{type: object}}, encoding: {{photo: {{headers: {headers}}}}}}}}}"
    return f"POST /carts: {{requestBody: {{content: {content}}}}}"


_NONE = _form("{}")
_MAY = _form("{X-Digest: {schema: {type: string}}}")
_MUST = _form("{X-Digest: {required: true, schema: {type: string}}}")


@rule(
    id="part-required-header-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWED,
    breaks=Example(old=_NONE, new=_MUST),
    fine=Example(old=_NONE, new=_MAY),
)
def part_required_header_added(contracts: ContractPair) -> Iterator[Finding]:
    """A part of a multipart body has to carry a new header.

    Old writers do not send it, so the part is refused.
    """
    for header in contracts.part_headers.added:
        if header.thing.required:
            yield header.added(sentence(f"{named(header.thing)} of the part is new and required"))


@rule(
    id="part-optional-header-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old=_NONE, new=_MAY),
    fine=Example(old=_NONE, new=_MUST),
)
def part_optional_header_added(contracts: ContractPair) -> Iterator[Finding]:
    """A part of a multipart body may carry a new header.

    Whoever does not know it ignores it.
    """
    for header in contracts.part_headers.added:
        if not header.thing.required:
            yield header.added(sentence(f"{named(header.thing)} of the part is new"))


@rule(
    id="part-required-header-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.REQUIREDNESS,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.BREAKING),
    breaks=Example(old=_MUST, new=_NONE),
    fine=Example(old=_MUST, new=_MAY),
    cap_reason="A reader usually ignores a header that it does not know.",
)
def part_required_header_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A header that a part of a multipart body had to carry is gone.

    What old writers say in it is not heard any more; old readers refuse a part without it.
    """
    for header in contracts.part_headers.removed:
        if header.thing.required:
            notice = removal(header.thing.lifecycle, contracts.as_of)
            yield header.removed(sentence(f"{named(header.thing)} of the part was removed; {notice.words}"))


@rule(
    id="part-optional-header-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.HEADER,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(old=_MAY, new=_NONE),
    fine=Example(old=_MAY, new=_MUST),
    cap_reason="Whoever follows the declared contract copes with a part without it.",
)
def part_optional_header_removed(contracts: ContractPair) -> Iterator[Finding]:
    """A header that a part of a multipart body could carry is gone.

    What it was for (a digest, a file name) is lost. Removing it before a sunset that was declared for it breaks that promise.
    """
    for header in contracts.part_headers.removed:
        if not header.thing.required:
            lifecycle = header.thing.lifecycle
            notice = removal(lifecycle, contracts.as_of)
            promised = lifecycle.deprecated and lifecycle.sunset is not None and notice.severity is Severity.BREAKING
            yield header.removed(
                sentence(f"{named(header.thing)} of the part was removed; {notice.words}"),
                severity=Severity.BREAKING if promised else None,
            )
