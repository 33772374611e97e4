"""What a start costs, and what it must not load: a real process each."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import OPENAPI, OPENAPI_WITHOUT_TOTAL, commit, git, write, write_service

_HEAVY = ("fastapi", "starlette", "pydantic", "uvicorn", "sqlalchemy", "alembic", "httpx", "jinja2", "structlog")

_PROBE = """
import json, sys
from cli.main import main
try:
    main(sys.argv[1:], prog_name="interlock")
except SystemExit as ended:
    print(json.dumps({"code": ended.code, "modules": sorted({name.partition(".")[0] for name in sys.modules})}), file=sys.stderr)
"""


def _modules_of(folder: Path, *arguments: str) -> tuple[int, set[str]]:
    """The exit code of a command, and the top-level packages that it imported."""
    done = subprocess.run([sys.executable, "-c", _PROBE, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    report = json.loads(done.stderr.splitlines()[-1])
    return report["code"], set(report["modules"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("diff", "old.yaml", "new.yaml"), 1),
        (("diff", "old.yaml", "new.yaml", "--format", "json"), 1),
        (("check", "--against", "HEAD", "service"), 0),
        (("explain", "response-property-removed"), 0),
        (("rules",), 0),
        (("schema",), 0),
        (("--help",), 0),
    ],
)
def test_offline_commands_load_neither_framework_nor_orm_nor_client(here: Path, arguments: tuple[str, ...], code: int) -> None:
    """Comparing files needs no web framework, no ORM and no HTTP client, so it does not pay for them."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI_WITHOUT_TOTAL})
    write_service(here / "service")
    git(here, "init", "--quiet", "--initial-branch", "main")
    commit(here, "First")
    ended, modules = _modules_of(here, *arguments)
    assert ended == code
    assert modules.isdisjoint(_HEAVY)


def test_help_starts_within_150_ms_of_a_bare_interpreter() -> None:
    """The command that people type most does not make them wait: processor time, for other work on the machine is not ours."""

    def least(*command: str) -> float:
        return min(_processor_seconds(command) for _ in range(5))

    assert least(sys.executable, "-m", "cli.main", "--help") - least(sys.executable, "-c", "pass") < 0.15


def _processor_seconds(command: tuple[str, ...]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_output_does_not_depend_on_the_hash_seed(here: Path) -> None:
    """Sets and dictionaries of another order give the same report."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI_WITHOUT_TOTAL.replace("id: {type: string}", "id: {type: integer}")})
    command = [sys.executable, "-m", "cli.main", "diff", "old.yaml", "new.yaml"]
    outputs = {
        subprocess.run(command, cwd=here, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert b"verdict: no" in outputs.pop()


def test_a_reader_that_stops_reading_is_no_verdict(here: Path) -> None:
    """`interlock rules | head -1`: neither a traceback nor an exit code that means incompatible."""
    process = subprocess.Popen([sys.executable, "-m", "cli.main", "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, words = process.communicate()
    assert (process.returncode, words) == (141, b"")
