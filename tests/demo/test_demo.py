"""The demo tells its whole story on the real commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(300)
def test_the_story_comes_to_its_end(tmp_path: Path) -> None:
    """Everything is published, good changes pass, every bad one is stopped, and a refused deployment is allowed after its fix."""
    arguments = [sys.executable, "-m", "cli.main", "demo", "--once", "--contracts", str(ROOT / "contracts" / "checkout")]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = done.stdout
    breaking = [folder for folder in (ROOT / "contracts/checkout/breaking").iterdir() if not (folder / "provider.py").exists()]
    assert told.count("✘ stopped") == len(breaking)
    assert told.count("✔ allowed") == len(list((ROOT / "contracts/checkout/additive").iterdir()))
    answers = [line.split(": ")[1] for line in told.splitlines() if line.startswith("  can-i-deploy")]
    assert answers[0] == "unknown"
    assert answers[-2:] == ["no", "yes"]
    assert "Told in" in told
    assert "Browse the catalog" not in told, "it is gone"
