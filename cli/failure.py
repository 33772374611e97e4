"""How a command fails: what is printed, and with which exit code the process ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from registry.domain.errors import InterlockError

INCOMPATIBLE = 1
USAGE = 2
UNKNOWN = 3
REGISTRY = 4
INTERNAL = 70
"""sysexits.h EX_SOFTWARE: a fault of this program, outside the codes that pipelines act on."""
INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""
PIPE_CLOSED = 141
"""128 + SIGPIPE: whoever read the output stopped reading."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as people read it. `details` is what the registry said beyond the words, such as the findings of a refusal."""

    code: str
    message: str
    place: str
    next_step: str
    exit_code: int
    details: dict[str, Any] | None = None

    @staticmethod
    def of(error: InterlockError) -> Failure:
        """An error of this process."""
        return Failure(error.code, error.message, str(error.place or ""), error.next_step, error.exit_code)


class CommandFailed(Exception):
    """A failure that is no error of the domain: the registry refused, or could not be reached."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure
