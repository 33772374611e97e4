"""The GitHub action: its description is sound, and its script does in a real repository what it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.support import OPENAPI_WITH_SEARCH, OPENAPI_WITHOUT_TOTAL, Run, commit, write

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = _ROOT / "ci" / "github"
_ACTION: dict[str, Any] = yaml.safe_load((_FOLDER / "action.yml").read_text())


@dataclass(frozen=True)
class Outcome:
    """What a run of the action's last step left behind."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


def run_action(folder: Path, **inputs: str) -> Outcome:
    """Run the action's last step in a folder, as a runner does: inputs as variables, outputs and summary in files."""
    step = _ACTION["runs"]["steps"][-1]
    given = {name: str(facts["default"]) for name, facts in _ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    files = {name: folder.parent / name for name in ("output", "summary")}
    for file in files.values():
        file.write_text("")
    environment = {
        **os.environ,
        **{name: _evaluated(expression, given) for name, expression in step["env"].items()},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GITHUB_ACTION_PATH": str(_FOLDER),
        "GITHUB_OUTPUT": str(files["output"]),
        "GITHUB_STEP_SUMMARY": str(files["summary"]),
        "RUNNER_TEMP": str(folder.parent),
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    outputs = dict(line.split("=", 1) for line in files["output"].read_text().splitlines())
    return Outcome(done.returncode, done.stdout + done.stderr, outputs, files["summary"].read_text())


def _evaluated(expression: str, inputs: dict[str, str]) -> str:
    """What a runner makes of `${{ inputs.NAME }}` and `${{ inputs.NAME || env.NAME }}`."""
    match = re.fullmatch(r"\$\{\{ inputs\.([\w-]+)(?: \|\| env\.(\w+))? \}\}", expression)
    assert match is not None, expression
    return inputs[match[1]] or os.environ.get(match[2] or "", "")


def test_every_input_is_described_and_used() -> None:
    """No input without a description and a default, none that nothing reads, and none that is pasted into a script."""
    text = (_FOLDER / "action.yml").read_text()
    for name, facts in _ACTION["inputs"].items():
        assert facts["description"]
        assert "default" in facts
        assert f"inputs.{name}" in text
    assert not any("${{" in step["run"] for step in _ACTION["runs"]["steps"])


def test_every_output_comes_from_the_script() -> None:
    """The names of outputs are those that the script or the dotenv report writes."""
    written = (_FOLDER / "run.sh").read_text() + (_ROOT / "cli/rendering/reports/dotenv.py").read_text()
    for facts in _ACTION["outputs"].values():
        name = re.fullmatch(r"\$\{\{ steps\.run\.outputs\.(INTERLOCK_\w+) \}\}", facts["value"])
        assert name is not None
        assert name[1] in written or name[1].removeprefix("INTERLOCK_").lower() in {"breaking", "unknown", "risky", "safe"}


def test_a_good_change_passes_the_check_and_is_counted(repository: Path) -> None:
    """Against a revision, without any registry."""
    write(repository, {"openapi/orders.yaml": OPENAPI_WITH_SEARCH})
    outcome = run_action(repository, steps="check", against="HEAD")
    assert outcome.code == 0, outcome.log
    assert outcome.outputs["INTERLOCK_VERDICT"] == "yes"
    assert outcome.outputs["INTERLOCK_SAFE"] == "1"
    assert json.loads(Path(outcome.outputs["INTERLOCK_REPORT"]).read_text())["verdict"] == "yes"


def test_a_bad_change_fails_the_check_with_the_findings_in_log_and_summary(repository: Path) -> None:
    """The exit code is the command's, and nothing after it runs."""
    write(repository, {"openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL})
    outcome = run_action(repository, steps="check publish", against="HEAD")
    assert outcome.code == 1, outcome.log
    assert outcome.outputs["INTERLOCK_VERDICT"] == "no"
    assert outcome.outputs["INTERLOCK_BREAKING"] == "1"
    for text in (outcome.log, outcome.summary):
        assert "response-property-removed" in text
    assert "interlock publish" not in outcome.summary


def test_publish_ask_and_record_in_one_run(interlock: Run, server: str, repository: Path) -> None:
    """The whole way of a main branch: published, allowed, recorded."""
    interlock("environment", "create", "production", "--production")
    outcome = run_action(
        repository,
        steps="check, publish, can-i-deploy, record-deployment",
        services="orders",
        environment="production",
        server=server,
    )
    assert outcome.code == 0, outcome.log
    assert outcome.outputs["INTERLOCK_DEPLOYABLE"] == "yes"
    assert "runs in production" in outcome.log
    assert outcome.summary.count("### interlock ") == 4


def test_the_worst_answer_counts(interlock: Run, server: str, repository: Path) -> None:
    """A service that was never published is a mistake, whatever the other one's answer is."""
    interlock("environment", "create", "production", "--production")
    interlock("publish", "--service-version", "v1")
    outcome = run_action(
        repository, steps="can-i-deploy", services="orders\n  nobody\n", environment="production", service_version="v1"
    )
    assert outcome.code == 2, outcome.log
    assert "INTERLOCK_DEPLOYABLE" not in outcome.outputs


def test_server_and_token_fall_back_to_the_environment(server: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An organisation sets them once; an input counts more."""
    assert run_action(repository, steps="publish").code == 0
    monkeypatch.setenv("INTERLOCK_TOKEN", "ilk_not_a_token")
    refused = run_action(repository, steps="publish")
    assert refused.code == 4
    assert "error[unauthenticated]" in refused.log


@pytest.mark.parametrize("steps", ["chekc", "can-i-deploy"])
def test_a_step_that_cannot_be_done_is_exit_2(repository: Path, steps: str) -> None:
    """An unknown step, and one without the services that it needs."""
    outcome = run_action(repository, steps=steps)
    assert outcome.code == 2
    assert "::error::" in outcome.log


def test_paths_can_be_several_and_hold_spaces(repository: Path) -> None:
    """One a line."""
    manifest = (repository / "interlock.toml").read_text()
    for name in ("one service", "another"):
        folder = repository / name
        write(folder, {"interlock.toml": manifest.replace('"orders"', f'"{name.replace(" ", "-")}"').split("[[provides]]")[0]})
    commit(repository, "More services")
    outcome = run_action(repository, steps="check", against="HEAD", paths="one service\nanother\n")
    assert outcome.code == 0, outcome.log


def test_the_text_of_a_contract_is_no_command_to_the_runner(repository: Path) -> None:
    """Between stop-commands and its token GitHub obeys nothing of what is printed."""
    write(repository, {"openapi/orders.yaml": OPENAPI_WITHOUT_TOTAL})
    lines = run_action(repository, steps="check", against="HEAD").log.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    assert token.isdigit()
    assert f"::{token}::" in lines[1:]


def test_the_projects_own_pipeline_uses_the_action_as_it_is() -> None:
    """Every input that the workflow gives exists, and every path that it names holds a manifest."""
    workflow = yaml.safe_load((_ROOT / ".github/workflows/ci.yml").read_text())
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    [own] = [step for step in steps if step.get("uses") == "./ci/github"]
    assert set(own["with"]) <= set(_ACTION["inputs"])
    assert all((_ROOT / path / "interlock.toml").is_file() for path in own["with"]["paths"].split())
    assert workflow["permissions"] == {"contents": "read"}
    assert any(step.get("run") == ".ci/run" for step in steps)


def test_the_projects_own_contracts_pass_its_own_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workflow's check, run here against the commit that is checked out."""
    workflow = yaml.safe_load((_ROOT / ".github/workflows/ci.yml").read_text())
    paths = workflow["jobs"]["contracts"]["steps"][-1]["with"]["paths"].split()
    command = [str(Path(sys.executable).parent / "interlock"), "check", "--against", "HEAD", *paths]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    assert "verdict: " in done.stdout
