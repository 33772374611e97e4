"""Running a tool over files in a child process with limits: whatever it dies of becomes an error here."""

from __future__ import annotations

import errno
import posixpath
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from registry.domain.errors import BadReference, LimitExceeded, Unavailable
from registry.domain.location import Location
from registry.engines.protobuf.limits import ChildLimits

_ERROR_BYTES = 4 * 1024 * 1024
_NAME_IS_AT_FAULT = frozenset({errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EINVAL})

# The limits are set by a shell that then becomes the tool: Python's preexec_fn is not safe in a program with threads, and setting
# them on a running child would come too late. A limit that is already lower stays. What the tool prints goes to a file, which is
# limited as well; descriptor 3 is the pipe whose end wakes us, where waiting with a timeout polls.
_LIMITED = (
    'ulimit -c 0; ulimit -v "$1" 2>/dev/null; ulimit -t "$2" 2>/dev/null; ulimit -f "$3" 2>/dev/null; '
    'exec 3>&1 >"$4"; shift 4; exec "$@"'
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code (below 0 the signal that ended it), the file of what it printed, and its errors."""

    code: int
    output: Path
    errors: str

    def exhausted(self, tool: str, location: Location | None = None) -> LimitExceeded:
        """The error for a child that a signal ended."""
        return LimitExceeded(f"{tool} was ended by {signal.Signals(-self.code).name}: the input exhausts its limits", location)


def run(command: Sequence[str | Path], folder: Path, limits: ChildLimits, environment: Mapping[str, str] | None = None) -> Ended:
    """Run a command in `folder`, with nothing of our own environment; what it prints is kept beside the folder.

    Raises LimitExceeded when the time is up; the child is gone then.
    """
    bounds = [str(limits.memory_bytes // 1024), str(limits.cpu_seconds), str(limits.output_bytes // 512)]
    output, errors = folder.parent / "output.txt", folder.parent / "errors.txt"
    with errors.open("wb") as stderr:
        try:
            code = subprocess.run(
                ["/bin/sh", "-c", _LIMITED, "sh", *bounds, output, *command],
                cwd=folder,
                env=environment or {},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                timeout=limits.wall_seconds,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            raise LimitExceeded(f"this took longer than {limits.wall_seconds:g} seconds") from None
    with errors.open("rb") as file:
        return Ended(code, output, file.read(_ERROR_BYTES).decode(errors="replace"))


def write(root: Path, files: Mapping[str, bytes]) -> None:
    """Write a contract's files below a folder. Raises BadReference for a name that no file can have, at that name."""
    made: set[str] = set()
    for name, data in files.items():
        folder = posixpath.dirname(name)
        try:
            if folder not in made:
                (root / folder).mkdir(parents=True, exist_ok=True)
                made.add(folder)
            with open(f"{root}/{name}", "wb", buffering=0) as file:  # noqa: PTH123 - a path object costs more than the file
                file.write(data)
        except OSError as error:
            if error.errno in _NAME_IS_AT_FAULT:
                raise BadReference(f"no file can have this name here: {error.strerror}", Location(name, "")) from None
            raise Unavailable(f"the contract cannot be written to a temporary folder: {error.strerror}") from error


def installed(distribution: str, name: str) -> Path:
    """A file of an installed distribution, by the end of its path: PATH may lead to another one. Raises Unavailable.

    Looked up in the distribution's RECORD, a table that begins with the path from site-packages (the wheel format, PEP 427).
    importlib.metadata does the same, and takes longer to import than a small contract to compile.
    """
    pattern = f"{distribution.replace('-', '_')}-*.dist-info/RECORD"
    for record in (record for folder in sys.path for record in Path(folder).glob(pattern)):
        files = (line.split(",", 1)[0] for line in record.read_text("utf-8").splitlines())
        found = next((file for file in files if f"/{file}".endswith(f"/{name}")), None)
        if found is not None:
            return (record.parent.parent / found).resolve()
    raise Unavailable(f"{name} is not installed; install {distribution}")
