"""Deprecation and sunset: what a contract says about the end of an element.

An element is deprecated by the language's own option, `[deprecated = true]` or `option deprecated = true;`. Its sunset stands in
a comment before or after it, on a line of its own: `// Sunset: 2026-12-31`, an RFC 3339 full-date. The enclosing message, enum,
service or file speaks for what it contains. A comment and not a custom option, because an option needs an import that every
consumer would have to carry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.domain.change import Witness
from registry.domain.location import Location
from registry.domain.verdict import Severity
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Element, Oneof, enclosing
from registry.engines.protobuf.pairs import Revisions
from registry.engines.rulebook.rule import Finding

_SUNSET = re.compile(r"^[ \t]*Sunset:[ \t]*(\d{4}-\d{2}-\d{2})\b", re.MULTILINE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Whether an element is deprecated, and from which day on it may be gone."""

    deprecated: bool
    sunset: date | None

    def ended(self, today: date) -> bool:
        """Whether it may be removed today."""
        return self.deprecated and self.sunset is not None and self.sunset <= today


def lifecycle(descriptors: Descriptors, element: Element) -> Lifecycle:
    """What an element and everything around it say; the nearest sunset counts."""
    chain = [item for item in enclosing(element) if not isinstance(item, Oneof)]
    if not any(is_deprecated(item) for item in chain):
        return Lifecycle(deprecated=False, sunset=None)
    return Lifecycle(deprecated=True, sunset=next((day for item in chain if (day := _sunset(descriptors, item))), None))


def is_deprecated(element: Element) -> bool:
    """Whether the element itself carries the option."""
    return not isinstance(element, Oneof) and element.proto.options.deprecated


def _sunset(descriptors: Descriptors, element: Element) -> date | None:
    match = _SUNSET.search(descriptors.text.comments(element))
    if match is None:
        return None
    try:
        return date.fromisoformat(match[1])
    except ValueError:
        return None


def removal(
    revisions: Revisions,
    removed: Element,
    place: Location | None,
    message: str,
    *,
    unreserved: Sequence[str] = (),
    elements: Sequence[str] = (),
    witness: Witness | None = None,
) -> Finding:
    """The finding for an element that is gone; `place` is where its absence shows.

    Safe when its sunset has passed and nothing is left to reserve (`unreserved` holds the missing statements); else as severe as
    the rule, with what to do about it.
    """
    end = lifecycle(revisions.old, removed)
    advice: list[str] = []
    if unreserved:
        advice.append(f"write `{' '.join(unreserved)}` in its place")
    if not end.deprecated:
        advice.append("deprecate it with a sunset first")
    elif end.sunset is None:
        advice.append("it was deprecated without a `Sunset: YYYY-MM-DD` comment")
    elif not end.ended(revisions.today):
        advice.append(f"its sunset is {end.sunset}, which has not passed")
    allowed = revisions.honour_sunsets and not advice
    return Finding(
        message=f"{message} after its sunset on {end.sunset}"
        if allowed
        else f"{message}: {'; '.join(advice)}"
        if advice
        else message,
        old=revisions.old.text.locate(removed),
        new=place,
        elements=tuple(elements) or (removed.full_name,),
        severity=Severity.SAFE if allowed else None,
        witness=witness,
        removes_promise=True,
    )
