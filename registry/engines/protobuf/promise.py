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
from registry.domain.policy import Allowance
from registry.domain.verdict import Severity
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Element, EnumValue, Field, Oneof, enclosing
from registry.engines.protobuf.pairs import Revisions
from registry.engines.protobuf.rule import Harm, ProtobufFinding

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
    harm: Harm | None = None,
) -> ProtobufFinding:
    """The finding for an element that is gone; `place` is where its absence shows.

    Nothing is left to reserve where `unreserved`, the missing statements, is empty. Then the deletion is safe if the owner allows
    that for what has a number to reserve, and risky, which the consumers decide, once its sunset has passed. Else it is as severe
    as the rule, with what to do about it.
    """
    severity, words = _judged(revisions, removed, unreserved)
    return ProtobufFinding(
        message=f"{message}{'' if severity is None else f' {words}'}",
        old=revisions.old.text.locate(removed),
        new=place,
        elements=tuple(elements) or (removed.full_name,),
        severity=severity,
        witness=witness,
        removes_promise=True,
        harm=harm,
        advice=words if severity is None else "",
    )


def _judged(revisions: Revisions, removed: Element, unreserved: Sequence[str]) -> tuple[Severity | None, str]:
    """The severity of a deletion that is let pass, with the reason; or None, with what is missing."""
    if Allowance.RESERVED_DELETIONS in revisions.allow and _is_reservable(removed) and not unreserved:
        return Severity.SAFE, "and stays reserved"
    end = lifecycle(revisions.old, removed)
    advice = [f"write `{' '.join(unreserved)}` in its place"] if unreserved else []
    if revisions.honours_sunsets:
        if not end.deprecated:
            advice.append("deprecate it with a sunset first")
        elif end.sunset is None:
            advice.append("it was deprecated without a `Sunset: YYYY-MM-DD` comment")
        elif not end.ended(revisions.today):
            advice.append(f"its sunset is {end.sunset}, which has not passed")
        if not advice:
            return Severity.RISKY, f"after its sunset on {end.sunset}"
    return None, "; ".join(advice)


def _is_reservable(element: Element) -> bool:
    return isinstance(element, EnumValue) or (isinstance(element, Field) and not element.is_extension)
