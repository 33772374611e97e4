"""buf, as the oracle of the Protobuf rules."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from registry.engines.protobuf.selection import Category
from tests.protobuf.support import Annotation, annotation

BUF = Path(sysconfig.get_path("scripts"), "buf")
ALL_CATEGORIES = {"version": "v2", "breaking": {"use": [category.value for category in Category]}}


class BufRefuses(Exception):
    """buf does not compile what it is asked about."""


@dataclass(frozen=True)
class Buf:
    """The peer's command line, in a folder of its own."""

    folder: Path

    def breaking(self, old: Mapping[str, str], new: Mapping[str, str]) -> set[Annotation]:
        """Every finding, all categories at once."""
        for side, files in (("old", old), ("new", new)):
            for name, text in files.items():
                path = self.folder / side / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        configuration = json.dumps(ALL_CATEGORIES)
        against = ("--against", "../old", "--against-config", configuration)
        result = self.run("breaking", ".", "--config", configuration, *against, "--error-format", "json")
        found: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
        assert result.returncode in {0, 100}, result.stderr
        if any(item["type"] == "COMPILE" for item in found):
            raise BufRefuses(result.stdout)
        return set(map(annotation, found))

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run buf in the folder of the new files."""
        folder = self.folder / "new"
        folder.mkdir(exist_ok=True)
        return subprocess.run([BUF, *arguments], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def buf(tmp_path: Path) -> Buf:
    """buf in a temporary folder."""
    if not BUF.exists():
        pytest.skip("buf-bin is not installed")
    return Buf(tmp_path)
