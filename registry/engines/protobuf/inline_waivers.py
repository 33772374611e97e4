"""Waivers in comments: leave for one rule to break one element, written where the break shows.

    // interlock:waive field-removed coupon until 2027-01-31: nobody sends it since the spring sale

stands in a comment at what changed, or for a deletion at what the element was removed from: its message, one of the message's
`reserved` statements, its enum, its service, or the head of its file; then it names the element. The rule is called by our id or by
buf's. The day is the first without the waiver. They count only where the owner's manifest allows them, and are recorded with the
finding (docs/decisions/0009-waivers-in-comments.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from google.protobuf.descriptor_pb2 import SourceCodeInfo

from registry.domain.change import Change, Waiver
from registry.domain.policy import Allowance
from registry.domain.verdict import Severity
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Element, File, SourcePath
from registry.engines.protobuf.index import Index

MARK = "interlock:waive"
ACTOR = "a comment beside it"

_WRITTEN = re.compile(
    rf"^[ \t]*{MARK}[ \t]+([\w-]+)[ \t]+(?:(?!until[ \t])([\w.]+)[ \t]+)?until[ \t]+([\d-]+):[ \t]*(\S.*)$", re.ASCII
)
_FORM = f"`{MARK} RULE ELEMENT until YYYY-MM-DD: reason`"


@dataclass(frozen=True, slots=True)
class InlineWaiver:
    """One comment. `element` is what it names, empty for what it stands at; `until` is None where the comment cannot be read."""

    rule: str
    element: str
    until: date | None
    reason: str

    def covers(self, change: Change) -> bool:
        """Whether it is about a change that shows where it stands."""
        if self.rule not in {change.rule, *change.aliases} and self.until is not None:
            return False
        changed, shown = change.elements[0] if change.elements else "", change.new.path if change.new else ""
        return changed == shown if not self.element else f".{changed}".endswith(f".{self.element}")


@dataclass(frozen=True)
class InlineWaivers:
    """The waivers of a revision by the file and the full name of what they stand at, and whether they count."""

    at: Mapping[tuple[str, str], tuple[InlineWaiver, ...]] = field(default_factory=dict[tuple[str, str], tuple[InlineWaiver, ...]])
    allowed: bool = False

    @staticmethod
    def of(descriptors: Descriptors, allow: frozenset[Allowance]) -> InlineWaivers:
        """The waivers in the comments of a revision."""
        found: dict[tuple[str, str], tuple[InlineWaiver, ...]] = {}
        for file in descriptors.contract.files.values():
            if MARK.encode() not in file.places:
                continue
            elements = {element.path: element for element in _elements(descriptors.contract, file)}
            for place in file.proto.source_code_info.location:
                if waivers := tuple(_read(place)):
                    element = _innermost(elements, tuple(place.path))
                    found[file.name, element.full_name] = (*found.get((file.name, element.full_name), ()), *waivers)
        return InlineWaivers(found, Allowance.INLINE_WAIVERS in allow)

    def applied(self, change: Change, today: date) -> Change:
        """The change, let through by a waiver that stands where it shows; or with the reason why that one does not count."""
        if change.severity is Severity.SAFE or change.new is None:
            return change
        waiver = next((item for item in self.at.get((change.new.file, change.new.path), ()) if item.covers(change)), None)
        if waiver is None:
            return change
        if waiver.until is None:
            return _told(change, f"the waiver beside it cannot be read: write {_FORM}")
        if not self.allowed:
            return _told(change, f"the waiver beside it does not count: the manifest does not allow {Allowance.INLINE_WAIVERS}")
        if waiver.until <= today:
            return _told(change, f"the waiver beside it expired on {waiver.until}")
        element = change.elements[0] if change.elements else "*"
        return change.waived(Waiver(change.rule, element, waiver.reason, ACTOR, f"{waiver.until}T00:00:00+00:00"))


def _told(change: Change, words: str) -> Change:
    return replace(change, message=f"{change.message.removesuffix('.')}; {words}.")


def _read(place: SourceCodeInfo.Location) -> Iterator[InlineWaiver]:
    for line in f"{place.leading_comments}\n{place.trailing_comments}".splitlines():
        if MARK not in line:
            continue
        found = _WRITTEN.match(line)
        until = _day(found[3]) if found else None
        yield InlineWaiver(found[1], found[2] or "", until, found[4].strip()) if found else InlineWaiver("", "", None, "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _innermost(elements: Mapping[SourcePath, Element], path: SourcePath) -> Element:
    """The declaration that a place is in; a `reserved` statement is in its message."""
    while path not in elements:
        path = path[:-1]
    return elements[path]


def _elements(index: Index, file: File) -> Iterator[Element]:
    """What a file declares, itself included."""
    contents = index.by_file[file.name]
    yield file
    for message in contents.messages.values():
        yield message
        yield from message.fields.values()
        yield from message.oneofs
    for enum in contents.enums.values():
        yield enum
        yield from enum.values
    for service in contents.services.values():
        yield service
        yield from service.methods.values()
    yield from contents.extensions.values()
