"""How values read on a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup, escape

from registry.domain.change import Change, Comparison, Json
from registry.domain.contract import Mode
from registry.domain.policy import ComparisonPolicy
from registry.domain.verdict import Severity
from registry.services.catalog.values import Consumer, Producer

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
_SHORT = 12
_IDENTIFIER = re.compile(r"\b([0-9a-f]{40,64})\b")


def moment(value: datetime | None) -> Markup:
    """A point in time as a `time` element, to the minute, in UTC."""
    if value is None:
        return Markup("—")
    utc = value.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(utc.isoformat(), utc.strftime("%Y-%m-%d %H:%M UTC"))


def day(value: datetime | None) -> Markup:
    """The date of a point in time as a `time` element."""
    if value is None:
        return Markup("—")
    utc = value.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(utc.isoformat(), utc.strftime("%Y-%m-%d"))


def retention(seconds: int | None) -> str:
    """How long messages can be read, in the largest unit that is exact."""
    if seconds is None:
        return "for ever"
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    count = seconds // size
    return f"{count} {unit}{'' if count == 1 else 's'}"


def short(identifier: str) -> Markup:
    """A commit or digest, shortened when it is long; the whole of it is in the title."""
    if len(identifier) <= _SHORT or not set(identifier) <= set("0123456789abcdef"):
        return escape(identifier)
    return Markup('<span title="{}">{}</span>').format(identifier, identifier[:_SHORT])


def shortened(text: str) -> Markup:
    """A sentence with its commits and digests shortened."""
    return Markup("").join(short(word) if index % 2 else escape(word) for index, word in enumerate(_IDENTIFIER.split(text)))


def policy_words(policy: ComparisonPolicy) -> tuple[str, ...]:
    """What the owner has set for comparisons, a phrase each; nothing where all is as by default."""
    protobuf = policy.protobuf
    phrases = [f"{level}: deprecated at least {days} days before its sunset" for level, days in policy.minimum_notice]
    phrases += [f"judged by {', '.join(protobuf.use)}"] if protobuf.use else []
    phrases += [f"not judged by {', '.join(protobuf.exclude)}"] if protobuf.exclude else []
    phrases += [f"allowed: {allowance.replace('-', ' ')}" for allowance in sorted(protobuf.allow)]
    return tuple(phrases)


def service_names(participants: Iterable[Producer | Consumer]) -> tuple[str, ...]:
    """The services among producers or consumers, each once."""
    return tuple(sorted({participant.service for participant in participants}))


def pretty(value: Json) -> str:
    """A JSON value, indented."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def text_of(data: bytes) -> str:
    """A file as text; bytes that are no UTF-8 (a descriptor set) show as replacement characters."""
    return data.decode(errors="replace")


def size(count: int) -> str:
    """A number of bytes."""
    return f"{count} bytes" if count < 10_000 else f"{count / 1000:,.0f} kB"


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 field`, `2 fields`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def of_severity(changes: Iterable[Change], severity: str) -> list[Change]:
    """The changes of one severity, in their order."""
    return [change for change in changes if change.severity == Severity(severity)]


def change_counts(comparison: Comparison) -> str:
    """What was found, counted: `1 breaking, 3 safe`."""
    parts = [(len(of_severity(comparison.changes, severity)), str(severity)) for severity in Severity]
    parts.append((len(comparison.undecided), "undecided"))
    return ", ".join(f"{count} {word}" for count, word in parts if count) or "no changes"


def diff_class(line: str) -> str:
    """What a line of a unified diff is: added, removed, a heading, or context."""
    if line.startswith(("+++", "---", "@@")):
        return "heading"
    return {"+": "added", "-": "removed"}.get(line[:1], "context")


def mode_words(mode: Mode) -> str:
    """A compatibility mode without its underscore."""
    return mode.value.replace("_", " ")


def reference(text: str) -> str:
    """What evidence rests on: a verification, or two revisions, whose digests are shortened."""
    old, dots, new = text.partition("..")
    return f"{old[:_SHORT]}..{new[:_SHORT]}" if dots else text


def last_name(full_name: str) -> Markup:
    """The last part of a Protobuf name; the whole of it is in the title."""
    last = full_name.rpartition(".")[2]
    if last == full_name or "<" in full_name:
        return escape(full_name)
    return Markup('<span title="{}">{}</span>').format(full_name, last)


FILTERS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        moment,
        day,
        retention,
        short,
        shortened,
        service_names,
        pretty,
        text_of,
        size,
        counted,
        of_severity,
        change_counts,
        diff_class,
        mode_words,
        policy_words,
        reference,
        last_name,
    )
}
"""What templates may apply."""
