"""Reports: every kind of finding in words, and JSON that its published schema admits."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

from cli.rendering.formats import report_formats
from cli.rendering.report_schema import report_schema
from cli.rendering.reports import dotenv as dotenv_report
from cli.rendering.reports import json as json_report
from cli.rendering.reports import text as text_report
from registry.domain import comparison_json
from registry.domain.change import (
    Change,
    Comparison,
    ConsumerUse,
    DocumentWitness,
    HttpWitness,
    NoWitness,
    Undecided,
    Waiver,
    WireWitness,
    Witness,
)
from registry.domain.contract import OnUnknown
from registry.domain.location import Location, Position
from registry.domain.verdict import Direction, Severity
from registry.services.checking.report import CheckReport, ContractCheck
from tests.cli.support import OPENAPI, OPENAPI_WITHOUT_TOTAL, SCHEMA, SCHEMA_WITH_REQUIRED_TOTAL, Run, write

_OLD = Location("old/api.yaml", "/paths", Position(3, 1))
_NEW = Location("new/api.yaml", "/paths", Position(4, 2))
_WAIVER = Waiver("path-removed", "*", "Agreed with all", "ann", "2099-01-01T00:00:00+00:00")
_PROMISE = NoWitness("a promise")
_USE = ConsumerUse("storefront", "4f1c09ab" * 5, ("production", "staging"), ("GET /orders response 200 $.total",), "pact")


def _change(severity: Severity = Severity.BREAKING, witness: Witness = _PROMISE, *, consumers: bool = False) -> Change:
    base = Change("path-removed", severity, Direction.BACKWARD, _OLD, _NEW, "The path is gone.", ("GET /orders",), witness)
    return base.with_consumers((_USE,)) if consumers else base


def _report(comparison: Comparison, *, gates: bool = True) -> CheckReport:
    check = ContractCheck("orders", "orders-api", "1.0.0", "openapi", "release 1.0.0", comparison, gates, OnUnknown.BLOCK)
    return CheckReport((check,), ("Something to know.",))


_UNDECIDED = Undecided("schema-narrowed", Direction.FORWARD, "$dynamicRef", None, _NEW, "Cannot be decided.", ("GET /orders",))

_REPORTS = {
    "document witness": _report(Comparison((_change(witness=DocumentWitness({"a": [1, "x"]}, "old", "new")),))),
    "http witness": _report(Comparison((_change(witness=HttpWitness("GET", "/orders", {"a": 1}, "404", {"Accept": "*/*"})),))),
    "wire witness": _report(Comparison((_change(witness=WireWitness("orders.Order", "0801", "id = 1", "nothing")),))),
    "consumers": _report(Comparison((_change(consumers=True),))),
    "waived": _report(Comparison((_change().waived(_WAIVER),))),
    "undecided": _report(Comparison((), (_UNDECIDED,))),
    "undecided, accepted": _report(Comparison((), (_UNDECIDED.waived(_WAIVER),))),
    "risky and safe": _report(Comparison((_change(Severity.RISKY), _change(Severity.SAFE)))),
    "not gated": _report(Comparison((_change(),)), gates=False),
    "nothing to compare with": CheckReport((), ("orders: no baseline.",)),
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """The published schema of reports."""
    schema = json.loads(report_schema())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("report", _REPORTS.values(), ids=_REPORTS)
def test_the_schema_admits_every_report(validator: Draft202012Validator, report: CheckReport) -> None:
    """Every kind of witness, consumer, waiver and question, in the form of `check` and in that of the API."""
    assert not list(validator.iter_errors(json.loads(json_report.render(report))))
    for check in report.checks:
        assert not list(validator.iter_errors(comparison_json.to_json(check.comparison)))


def test_the_schema_admits_what_commands_print(validator: Draft202012Validator, interlock: Run, here: Path) -> None:
    """Real engines, real commands."""
    write(
        here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI_WITHOUT_TOTAL, "old.json": SCHEMA, "new.json": SCHEMA_WITH_REQUIRED_TOTAL}
    )
    for suffix in ("yaml", "json"):
        printed = interlock("diff", f"old.{suffix}", f"new.{suffix}", "--format", "json").stdout
        assert not list(validator.iter_errors(json.loads(printed)))


@pytest.mark.parametrize("spoilt", [{"verdict": "maybe"}, {"changes": [{}]}, {"extra": 1}])
def test_the_schema_refuses_what_is_no_report(validator: Draft202012Validator, spoilt: dict[str, object]) -> None:
    """It says more than `true`."""
    report = json.loads(json_report.render(_REPORTS["consumers"]))
    assert list(validator.iter_errors({**report, **spoilt}))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("document witness", 'witness   {"a":[1,"x"]}  accepted by old, refused by new'),
        ("http witness", 'witness   GET /orders Accept: */* {"a":1} answered 404'),
        ("wire witness", "witness   orders.Order as bytes 0801: written id = 1, read nothing"),
        ("consumers", "breaks    storefront 4f1c09ab4f1c in production, staging: uses GET /orders response 200 $.total (pact)"),
        ("waived", "waived    by ann until 2099-01-01T00:00:00+00:00: Agreed with all"),
        ("undecided", "stopped by $dynamicRef"),
        ("not gated", "contract  orders-api 1.0.0 of orders, against release 1.0.0 (classified, not gated)"),
        ("nothing to compare with", "verdict: yes, there was nothing to compare with"),
    ],
)
def test_text_says_what_people_need(name: str, words: str) -> None:
    """Whom it breaks, on which document, and what stopped a proof."""
    assert words in click.unstyle(text_report.render(_REPORTS[name]))


def test_text_puts_the_worst_first_and_the_verdict_last() -> None:
    """Breaking, then unknown, then risky, then safe."""
    comparison = Comparison((_change(Severity.SAFE), _change(Severity.RISKY), _change()), (_UNDECIDED,))
    lines = click.unstyle(text_report.render(_report(comparison))).splitlines()
    words = [line.split()[0] for line in lines if line.startswith(("breaking", "unknown", "risky", "safe"))]
    assert words == ["breaking", "unknown", "risky", "safe"]
    assert lines[-2] == "verdict: no, 1 breaking, 1 unknown, 1 risky, 1 safe in 1 comparison"
    assert lines[-1].startswith("next: ")


def test_a_long_report_begins_with_what_it_is_about() -> None:
    """How often each rule was seen, worst first; a short one needs no such table."""
    changes = (*[_change()] * 3, *[_change(Severity.SAFE)] * 18)
    lines = click.unstyle(text_report.render(_report(Comparison(changes)))).splitlines()
    assert [line.split() for line in lines[:2]] == [["3", "breaking", "path-removed", "3"], ["18", "safe", "path-removed", "18"]]
    assert click.unstyle(text_report.render(_report(Comparison(changes[:20])))).startswith("breaking  path-removed")


def test_a_long_document_is_shortened_in_text_and_whole_in_json() -> None:
    """A witness of a megabyte does not fill the terminal."""
    report = _report(Comparison((_change(witness=DocumentWitness("x" * 100_000, "old", "new")),)))
    assert len(text_report.render(report)) < 2_000
    assert json.loads(json_report.render(report))["changes"][0]["witness"]["document"] == "x" * 100_000


def test_a_format_is_a_module() -> None:
    """Text comes first and is the default; adding a file adds a format."""
    assert report_formats() == ("text", "dotenv", "github", "gitlab", "json", "junit", "sarif")


def test_dotenv_has_the_verdict_and_the_counts() -> None:
    """Nothing of a contract's text is in it, so a document cannot set a variable of a pipeline."""
    comparison = Comparison((_change(Severity.SAFE), _change(Severity.RISKY), _change().waived(_WAIVER)), (_UNDECIDED,))
    assert dotenv_report.render(_report(comparison)).splitlines() == [
        "INTERLOCK_VERDICT=unknown",
        "INTERLOCK_BREAKING=1",
        "INTERLOCK_UNKNOWN=1",
        "INTERLOCK_RISKY=1",
        "INTERLOCK_SAFE=1",
        "INTERLOCK_WAIVED=1",
    ]


def test_further_formats_go_to_files(interlock: Run, here: Path) -> None:
    """Beside what is printed, without colour; a format or folder that does not exist is exit 2 before anything is compared."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI_WITHOUT_TOTAL})
    result = interlock("diff", "old.yaml", "new.yaml", "--report", "json=found.json", "--report", "text=found.txt")
    assert result.exit_code == 1
    assert json.loads((here / "found.json").read_text())["verdict"] == "no"
    assert (here / "found.txt").read_text() == result.stdout
    assert interlock("diff", "old.yaml", "new.yaml", "--report", "nothing=found.xml").exit_code == 2
    assert interlock("diff", "old.yaml", "new.yaml", "--report", "json=nowhere/found.json").exit_code == 2


def test_a_pipe_gets_no_colour(interlock: Run, here: Path) -> None:
    """Colour is for terminals."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI_WITHOUT_TOTAL})
    assert "\x1b[" not in interlock("diff", "old.yaml", "new.yaml").stdout


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colour_unless_it_is_not_wanted(here: Path, environment: dict[str, str], coloured: bool) -> None:
    """NO_COLOR is respected (no-color.org)."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI_WITHOUT_TOTAL})
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cli.main", "diff", "old.yaml", "new.yaml"]
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run(command, stdout=theirs, check=False, env={**plain, **environment})
    os.close(theirs)
    assert (b"\x1b[" in os.read(ours, 65536)) is coloured
    os.close(ours)
