"""What all shapes share: strictness, and the kinds of text, time and page that they are made of."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, FailFast, Field, StringConstraints

Item = TypeVar("Item")


class RequestModel(BaseModel):
    """A request: nothing is converted, and a key that nobody reads is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Query(BaseModel):
    """The parameters of a query string: text that is converted, and a parameter that nobody reads is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ResponseModel(BaseModel):
    """A response, read from the values that services return."""

    model_config = ConfigDict(from_attributes=True)


class Page(ResponseModel, Generic[Item]):
    """A part of a list. Pydantic gives the docstring to no `Page[...]`, so the document's text stands in the configuration."""

    model_config = ConfigDict(
        json_schema_extra={"description": "A part of a list. Pass `next` as the cursor of the next request; it is null at the end."}
    )

    items: list[Item]
    next: str | None = Field(description="Where the next page begins, or null when there is none.")


Items = Annotated[list[Item], FailFast()]
"""A list in a request. The first bad item is enough: a million of them would make a million errors."""

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$")]
"""A name as manifests allow it."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""One line of text: a version string, a commit, a branch."""

OptionalLine = Annotated[str, StringConstraints(max_length=255, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""The same, or nothing."""

Path = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
"""A POSIX path, relative to the contract's folder."""

Element = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
"""The name of something inside a contract, such as `GET /carts/{cartId} response 200 $.total`."""

Text = Annotated[str, StringConstraints(max_length=20_000)]
"""Prose."""

Reason = Annotated[str, StringConstraints(max_length=20_000, pattern=r"\S")]
"""Prose that says something."""

_NUMBER = r"(0|[1-9]\d{0,17})"
_IDENTIFIER = r"(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)"
_BUILD = r"[0-9A-Za-z-]+"
_SEMVER = rf"^{_NUMBER}\.{_NUMBER}\.{_NUMBER}(-{_IDENTIFIER}(\.{_IDENTIFIER})*)?(\+{_BUILD}(\.{_BUILD})*)?$"

Semver = Annotated[Line, Field(json_schema_extra={"pattern": _SEMVER})]
"""A contract version. The pattern is for the document alone: services parse versions, and refuse by their own code."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hexadecimal."""

Base64 = Annotated[str, Field(json_schema_extra={"contentEncoding": "base64"})]
"""Exact bytes as base64 (RFC 4648, section 4)."""


def page_of(rows: list[tuple[str, Item]], limit: int) -> Page[Item]:
    """A page from (cursor, item) rows of which one more than `limit` was asked for: the surplus tells that there is a next page."""
    shown = rows[:limit]
    return Page(items=[item for _, item in shown], next=shown[-1][0] if len(rows) > limit else None)


_RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})", re.ASCII)


def _moment(value: Any) -> datetime:
    """Pydantic would also read numbers and digits as seconds since 1970; a date-time is what RFC 3339 calls one."""
    if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
        raise ValueError("write a date-time with its zone, such as 2026-11-22T09:30:00Z")
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except OverflowError:
        raise ValueError("this date-time is beyond the calendar") from None


Limit = Annotated[int, Field(ge=1, le=200, description="How many items a page holds at most.")]

Moment = Annotated[datetime, BeforeValidator(_moment)]
"""A date-time (RFC 3339) with its zone."""
