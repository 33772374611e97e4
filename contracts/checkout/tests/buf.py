"""buf, the oracle for the Protobuf contracts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

_LINT = json.dumps({"version": "v2", "lint": {"use": ["STANDARD"]}})
_BREAKING = json.dumps({"version": "v2", "breaking": {"use": ["FILE"]}})


def lint(folder: Path) -> str:
    """What buf's standard rules say of a folder; empty when nothing."""
    return _run(["lint", ".", "--config", _LINT], folder)


def differences_in_format(folder: Path) -> str:
    """What `buf format` would change; empty when nothing."""
    return _run(["format", "--diff"], folder)


def broken_rules(old: Path, new: Path) -> set[str]:
    """The ids of buf's breaking rules that fire between two folders."""
    out = _run(["breaking", ".", "--against", str(old), "--config", _BREAKING, "--error-format", "json"], new)
    return set(_types(out.splitlines()))


def _types(lines: Iterable[str]) -> Iterable[str]:
    return (json.loads(line)["type"] for line in lines)


def _run(arguments: list[str], folder: Path) -> str:
    """buf exits with 100 for findings; anything else but success is an error of the call."""
    done = subprocess.run(["buf", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode not in (0, 100):
        raise RuntimeError(done.stderr)
    return done.stdout
