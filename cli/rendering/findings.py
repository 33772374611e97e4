"""One finding as a block of text: what, where, whom it breaks, and the proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cli.rendering.excerpts import excerpt
from cli.rendering.words import compact, faint, severity_word, short_version, some, undecided_word
from cli.terminal import plain
from registry.domain.change import (
    Change,
    ConsumerUse,
    DocumentWitness,
    HttpWitness,
    Json,
    NoWitness,
    Undecided,
    Waiver,
    WireWitness,
    Witness,
)
from registry.domain.location import Location
from registry.domain.verdict import Severity

_ELEMENTS = 3
_CONSUMER_ELEMENTS = 2
_SHORT_DOCUMENT = 160


def change_block(change: Change, context: str = "", *, knows_consumers: bool = False) -> str:
    """A change. Safe ones take one line; `context` says of which contract it is, where there are several.

    With `knows_consumers`, no consumer means that none is known; without, nobody was asked.
    """
    lines = [f"{severity_word(change.severity)}  {plain(change.called)}  {_place(change.new or change.old)}"]
    lines += [plain(change.message)]
    if change.severity is Severity.SAFE:
        return "  ".join(lines)
    unused = [("breaks", "no known consumer uses it")] if knows_consumers and not change.consumers else []
    return _block(lines, [*_facts(change, context), *unused, *_change_facts(change)])


def undecided_block(question: Undecided, context: str = "") -> str:
    """A question that the engine could not decide."""
    lines = [f"{undecided_word()}  {plain(question.rule)}  {_place(question.new or question.old)}", plain(question.message)]
    return _block(lines, [("stopped by", plain(question.construct)), *_facts(question, context)])


def _block(lines: list[str], facts: list[tuple[str, str]]) -> str:
    head, message = lines
    return "\n".join([head, f"    {message}", *(f"    {faint(f'{label:<9}')} {text}" for label, text in facts)])


def _facts(finding: Change | Undecided, context: str) -> Iterator[tuple[str, str]]:
    if context:
        yield "contract", plain(context)
    if finding.old and finding.new and str(finding.old) != str(finding.new):
        yield "was", _place(finding.old)
    if finding.elements:
        yield "reaches", some(finding.elements, _ELEMENTS)
    if finding.waived_by:
        yield "waived", _waiver(finding.waived_by)


def _change_facts(change: Change) -> Iterator[tuple[str, str]]:
    if change.severity_reason:
        yield "set", f"to {change.severity} by the manifest: {plain(change.severity_reason)}"
    for consumer in change.consumers:
        yield "breaks", _consumer(consumer)
    proof = _witness(change.witness, change.elements)
    if proof:
        yield "witness", proof


def _place(location: Location | None) -> str:
    return plain(str(location)) if location else "the whole contract"


def _consumer(use: ConsumerUse) -> str:
    where = f"in {', '.join(use.environments)}" if use.environments else "deployed nowhere"
    elements = f" uses {some(use.elements, _CONSUMER_ELEMENTS)}" if use.elements else " may use it"
    return plain(f"{use.service} {short_version(use.version)} {where}:{elements} ({use.source})")


def _witness(witness: Witness, elements: Sequence[str]) -> str:
    match witness:
        case DocumentWitness():
            verdicts = f"accepted by {witness.accepted_by}, refused by {witness.refused_by}"
            return f"{_document(witness.document, elements)}  {faint(plain(verdicts))}"
        case HttpWitness():
            return _exchange(witness)
        case WireWitness():
            return plain(f"{witness.message} as bytes {witness.hex}: written {witness.written}, read {witness.read}")
        case NoWitness():
            return faint(plain(f"none: {witness.reason}")) if witness.reason else ""


def _document(document: Json, elements: Sequence[str]) -> str:
    """The document; of a long one the part that tells, because the rest is only what else its schema requires."""
    text = compact(document)
    part = excerpt(document, elements[0]) if elements else None
    if len(text) <= _SHORT_DOCUMENT or part is None or part.path == "$":
        return text
    return f"{plain(part.path)} = {compact(part.value)}  {faint('(excerpt)')}"


def _exchange(witness: HttpWitness) -> str:
    headers = "".join(f" {name}: {value}" for name, value in sorted(witness.headers.items()))
    body = "" if witness.body is None else f" {compact(witness.body)}"
    status = f" answered {witness.status}" if witness.status else ""
    return plain(f"{witness.method} {witness.target}{headers}") + body + plain(status)


def _waiver(waiver: Waiver) -> str:
    return plain(f"by {waiver.actor} until {waiver.expires}: {waiver.reason}")
