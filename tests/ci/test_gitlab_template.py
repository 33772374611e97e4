"""The GitLab template: its jobs are sound, and their scripts do in a real repository what they say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.support import OPENAPI_WITHOUT_TOTAL, Run, write

_TEMPLATE: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parents[2] / "ci/gitlab/interlock.yml").read_text())


def run_job(folder: Path, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a job as a runner does: setup and script in one shell that stops at the first failure, with the variables set."""
    job = {**_TEMPLATE[_TEMPLATE[name]["extends"]], **_TEMPLATE[name]}
    lines = ["set -e", *job["before_script"], *job["script"]]
    environment = {
        **os.environ,
        **{key: str(value) for key, value in {**_TEMPLATE["variables"], **variables}.items()},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    return subprocess.run(["sh", "-c", "\n".join(lines)], cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("server")
def test_a_merge_request_is_checked_and_leaves_its_reports(interlock: Run, repository: Path) -> None:
    """The verdict is an artifact and a variable of later jobs, also when the job fails."""
    interlock("publish")
    write(repository, {"openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL})
    done = run_job(repository, "interlock-check")
    assert done.returncode == 1, done.stderr
    artifacts = _TEMPLATE["interlock-check"]["artifacts"]
    assert artifacts["when"] == "always"
    for name in [*artifacts["paths"], artifacts["reports"]["dotenv"]]:
        assert (repository / name).is_file()
    assert "INTERLOCK_VERDICT=no\n" in (repository / artifacts["reports"]["dotenv"]).read_text()


@pytest.mark.usefixtures("server")
def test_the_main_branch_publishes_and_asks(interlock: Run, repository: Path) -> None:
    """Two jobs, one after the other; a service that was never published fails the second."""
    interlock("environment", "create", "production", "--production")
    assert run_job(repository, "interlock-publish").returncode == 0
    assert run_job(repository, "interlock-can-i-deploy", INTERLOCK_SERVICES="orders").returncode == 0
    assert run_job(repository, "interlock-can-i-deploy", INTERLOCK_SERVICES="nobody orders").returncode == 2


def test_every_variable_of_a_script_has_a_default() -> None:
    """A project includes the file and sets only the server and the token."""
    text = "\n".join(line for name in _TEMPLATE if name.startswith("interlock-") for line in _TEMPLATE[name]["script"])
    used = {word.strip('$";') for word in text.split() if word.strip('"').startswith("$INTERLOCK")}
    assert used
    assert used <= set(_TEMPLATE["variables"])
