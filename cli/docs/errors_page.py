"""docs/errors.md: every error class with its code, status and exit code."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from cli.failure import INTERNAL, REGISTRY, USAGE
from registry.domain.errors import InterlockError, error_classes

_INTRODUCTION = """\
# Errors

Every error has a stable code. The API answers with a problem document (RFC 9457) that carries it as `code`, with `detail`, `place`
and `next_step`; the command line prints `error[code]: place: message` and `next: ...` on stderr and ends with the exit code.

| exit code | meaning |
| --- | --- |
| 0 | allowed |
| 1 | incompatible |
| 2 | usage or input |
| 3 | unknown, and nothing broken |
| 4 | registry unreachable or refused |
| 70 | a fault of interlock itself; please report it |
| 130 | interrupted |
| 141 | whoever read the output stopped reading |"""

_OF_THE_COMMAND_LINE = (
    ("unreachable", "", REGISTRY, "The registry does not answer, or what answers is no registry.", "Check `--server`."),
    ("git", "", USAGE, "Git refuses to work in the folder.", "Make `git status` work there."),
    ("file", "", USAGE, "A file here cannot be read or written.", "Check the path, the permissions and the space that is left."),
    ("internal", "500", INTERNAL, "A fault of the program, here or at the registry (then exit 4).", "Report it."),
    ("method-not-allowed", "405", USAGE, "The API has no such operation at this address.", "Use a method of the Allow header."),
)


def errors_page() -> str:
    """The tree of errors as one table, in the order of the tree."""
    rows = [
        *_rows(),
        *(f"| `{code}` | {status} | {ends} | {what} | {advice} |" for code, status, ends, what, advice in _OF_THE_COMMAND_LINE),
    ]
    head = ["| code | status | exit code | what is wrong | what to do |", "| --- | --- | --- | --- | --- |"]
    return f"{_INTRODUCTION}\n\n" + "\n".join([*head, *rows]) + "\n"


def documented_errors() -> list[type[InterlockError]]:
    """The classes of the tree itself; a floor may have private ones below them, which keep their code."""
    return [error for error in error_classes() if error.__module__ == InterlockError.__module__]


def _rows() -> Iterator[str]:
    for error in documented_errors():
        meaning = inspect.cleandoc(error.__doc__ or "").split("\n", 1)[0]
        yield f"| `{error.code}` | {error.status} | {error.exit_code} | {meaning} | {_advice(error)} |"


def _advice(error: type[InterlockError]) -> str:
    """What the class advises; some advise by the facts of the case."""
    return error.advice or "The message says it."
