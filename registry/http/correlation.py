"""Correlation ids: one for each request, in every log line and in the response, so that a report leads to the log."""

from __future__ import annotations

import re
from contextvars import ContextVar

_ACCEPTED = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_current: ContextVar[str] = ContextVar("correlation_id", default="")

HEADER = "X-Correlation-Id"


def correlation_id() -> str:
    """The id of the request at hand."""
    return _current.get()


def accept(offered: str | None, new_id: str) -> str:
    """Make an id the current one: what the caller offered, when it is sane (it ends up in logs), else the new one."""
    chosen = offered if offered is not None and _ACCEPTED.fullmatch(offered) else new_id
    _current.set(chosen)
    return chosen
