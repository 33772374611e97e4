"""`ci/generate`: what it writes is what it checks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cli.docs.pages import pages


def _generate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli.docs", "--folder", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_stale_page_fails_the_check_and_is_named(tmp_path: Path) -> None:
    """Nothing is written by the check; afterwards the pages are current."""
    stale = _generate(tmp_path, "--check")
    assert stale.returncode == 1
    assert all(name in stale.stderr for name in pages())
    assert not list(tmp_path.iterdir())
    assert _generate(tmp_path).returncode == 0
    assert _generate(tmp_path, "--check").returncode == 0
    (tmp_path / "cli.md").write_text("Changed by hand.\n")
    assert _generate(tmp_path, "--check").stderr.startswith(f"{tmp_path / 'cli.md'} is stale")
