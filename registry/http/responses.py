"""Which errors an operation can answer with, as its part of the API document."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from registry.domain.errors import (
    BadRequest,
    DuplicateKey,
    Forbidden,
    InterlockError,
    LimitExceeded,
    Malformed,
    NotANumber,
    NotText,
    Unauthenticated,
    Unavailable,
    UnsupportedBody,
)
from registry.http.problems import MEDIA_TYPE

Responses = dict[int | str, dict[str, Any]]

EVERYWHERE = (BadRequest, Unauthenticated, Forbidden, Unavailable)
"""What any operation behind the door may answer."""

BODY = (NotText, Malformed, DuplicateKey, NotANumber, LimitExceeded, UnsupportedBody)
"""What reading a request body may come to."""


def problems(*errors: type[InterlockError]) -> Responses:
    """The `responses` of an operation that can raise these errors, beside those that any can."""
    return alone(*errors, *EVERYWHERE)


def alone(*errors: type[InterlockError]) -> Responses:
    """The `responses` of an operation that can raise these errors and no others."""
    codes: dict[int, list[str]] = defaultdict(list)
    for error in errors:
        codes[error.status].append(f"`{error.code}`")
    rows = {status: f"A problem of code {' or '.join(sorted(names))}." for status, names in sorted(codes.items())}
    rows[500] = "A problem of code `internal`."
    return {status: _response(description) for status, description in rows.items()}


def _response(description: str) -> dict[str, Any]:
    return {"description": description, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
