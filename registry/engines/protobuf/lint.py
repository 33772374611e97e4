"""Style findings of a Protobuf contract: buf's lint rules, at the places and with the words that buf gives them.

buf runs as a limited child process, offline and without anybody's settings. It meets only what the compiler has accepted: on a
million braces its parser dies, on three thousand unresolved names it takes minutes. Of a contract's `buf.yaml` it sees which
rules are asked and where the modules stand; plugins and policies, which are programs and downloads, it does not see.
"""

from __future__ import annotations

import json
import posixpath
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from registry.domain.change import Change, NoWitness, in_order
from registry.domain.contract import Source
from registry.domain.errors import BadInput, LimitExceeded, Malformed, Unavailable
from registry.domain.imports import is_imported
from registry.domain.location import Location, Position
from registry.domain.verdict import Direction, Severity
from registry.engines.documents.document import read
from registry.engines.protobuf import buf_yaml, child, prescan
from registry.engines.protobuf.contract import parse
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.limits import LINT_LIMITS, ChildLimits, CompileLimits
from registry.engines.protobuf.lint_places import ElementPlaces

PREFIX = "buf-lint:"
"""What the id of every style rule starts with; buf's own id follows."""

_CONFIGURATION = frozenset({buf_yaml.FILE, buf_yaml.WORK_FILE})
_FOUND, _FAILED = 100, 1
_EXHAUSTED = re.compile(r"^(?:runtime: goroutine stack exceeds|fatal error: .*memory|Failure: .*: file too large)", re.MULTILINE)
"""How a program of Go ends that may not have more."""
_MODULE_KEYS = frozenset({"path", "excludes", "includes", "lint"})
_NO_WITNESS = NoWitness("")
"""Style needs no proof, and no word on why there is none."""


def lint(source: Source, limits: CompileLimits = CompileLimits(), lint_limits: ChildLimits = LINT_LIMITS) -> tuple[Change, ...]:  # noqa: B008
    """What buf's lint says about a revision, by file and place; its category STANDARD where no `buf.yaml` chooses.

    Each finding is risky, so that nothing blocks by itself and a policy can raise it; its rule is `buf-lint:FIELD_LOWER_SNAKE_CASE`
    and the like. Raises what compiling raises, BadInput for a `buf.yaml` that buf refuses, Unavailable without buf.
    """
    compiled = parse(source, limits)
    with tempfile.TemporaryDirectory(prefix="interlock-lint-") as folder:
        root = Path(folder, "contract")
        root.mkdir()
        child.write(root, _seen_by_buf(source, compiled))
        # Of a contract that is a descriptor set, buf reads that.
        linted = "." if compiled.sources else next(name for name in source.files if name not in _CONFIGURATION)
        ended = _buf(["lint", linted, "--error-format", "json"], root, lint_limits)
        places = ElementPlaces(compiled)
        theirs = _imported(source, compiled)
        return in_order([_change(row, places) for row in _rows(ended) if row.get("path", "") not in theirs])


@cache
def rule_ids() -> frozenset[str]:
    """The ids of all style rules, as findings call them. Raises Unavailable without buf."""
    with tempfile.TemporaryDirectory(prefix="interlock-lint-") as folder:
        root = Path(folder, "contract")
        root.mkdir()
        ended = _buf(["config", "ls-lint-rules", "--version", "v2", "--format", "json"], root, LINT_LIMITS)
        return frozenset(f"{PREFIX}{row['id']}" for row in _rows(ended))


def _buf(arguments: Sequence[str], root: Path, limits: ChildLimits) -> child.Ended:
    environment = {"HOME": str(root.parent), "PATH": str(root.parent)}
    return child.run([child.installed("buf-bin", "bin/buf"), *arguments], root, limits, environment)


def _imported(source: Source, compiled: Descriptors) -> dict[str, bytes]:
    """The files of imported contracts, where buf looks for them: at the root of a module."""
    workspace = compiled.layout.workspace
    root = workspace.modules[0].path if workspace and workspace.modules else "."
    theirs = {name: path for name, path in compiled.layout.paths.items() if is_imported(path)}
    return {posixpath.normpath(posixpath.join(root, name)): source.files[path] for name, path in theirs.items()}


def _seen_by_buf(source: Source, compiled: Descriptors) -> dict[str, bytes]:
    """The sources and the safe part of the configuration; nothing outside of the contract's folder."""
    own = {name: data for name, data in source.files.items() if not is_imported(name)}
    files = {name: data for name, data in {**_imported(source, compiled), **own}.items() if prescan.stays_inside(name)}
    return {name: _safe(name, data) if posixpath.basename(name) == buf_yaml.FILE else data for name, data in files.items()}


def _safe(name: str, data: bytes) -> bytes:
    """The part of a configuration that is about lint and import roots."""
    document = cast("Mapping[str, Any]", read(name, data).value)
    kept = {key: document[key] for key in ("version", "lint", "build") if document.get(key) is not None}
    modules = document.get("modules")
    if isinstance(modules, list):
        rows = cast("list[Mapping[str, Any]]", modules)
        kept["modules"] = [{key: value for key, value in row.items() if key in _MODULE_KEYS} for row in rows]
    return json.dumps(kept).encode()


def _rows(ended: child.Ended) -> Iterator[Mapping[str, Any]]:
    if ended.code < 0:
        raise ended.exhausted("buf")
    if ended.code not in {0, _FOUND}:
        raise _failure(ended)
    try:
        for line in ended.output.read_text("utf-8").splitlines():
            yield json.loads(line)
    except ValueError:  # the output ends where its limit is
        raise LimitExceeded("there are more style findings than are read") from None


def _failure(ended: child.Ended) -> Exception:
    words = ended.errors.strip().removeprefix("Failure: ")[:500]
    if _EXHAUSTED.search(ended.errors):
        return LimitExceeded("buf may not have more memory or print more: the input exhausts its limits")
    if ended.code == _FAILED and words:
        return BadInput(f"buf refuses this configuration: {words}", Location(buf_yaml.FILE, ""))
    return Unavailable(f"buf failed with exit code {ended.code}: {words}")


def _change(finding: Mapping[str, Any], places: ElementPlaces) -> Change:
    file, start = finding.get("path", ""), Position(finding["start_line"], finding["start_column"])
    end = Position(finding["end_line"], finding["end_column"])
    if finding["type"] == "COMPILE":
        raise Malformed(finding["message"], Location(file, "", start, end))
    element = places.at(file, start)
    return Change(
        rule=f"{PREFIX}{finding['type']}",
        severity=Severity.RISKY,
        direction=Direction.BOTH,
        old=None,
        new=Location(file, element, start, end),
        message=finding["message"],
        elements=(element,) if element else (),
        witness=_NO_WITNESS,
    )
