"""Reports for machines that show findings beside the lines they are about."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

from cli.rendering.reports import github, gitlab, junit, sarif
from registry.domain.change import Change, Comparison, ConsumerUse, Undecided, Waiver
from registry.domain.contract import OnUnknown
from registry.domain.location import Location, Position
from registry.domain.verdict import Direction, Severity
from registry.services.checking.report import CheckReport, ContractCheck

OLD = Location("old/a,b: c.yaml", "/paths/~1carts", Position(3, 1))
NEW = Location("new/a,b: c.yaml", "/paths/~1carts", Position(4, 2))
HOSTILE = "gone\n::error::pwned\r%0A\x07<&>"
BREAK = Change(
    "path-removed",
    Severity.BREAKING,
    Direction.BACKWARD,
    OLD,
    NEW,
    HOSTILE,
    consumers=(ConsumerUse("storefront", "1", (), (), "pact"),),
)
WAIVED = replace(BREAK, waived_by=Waiver("path-removed", "*", "agreed", "ann", "2099-01-01T00:00:00+00:00"))
RISKY = replace(BREAK, severity=Severity.RISKY, message="risky", new=None)
SAFE = replace(BREAK, severity=Severity.SAFE, message="safe")
QUESTION = Undecided("schema-narrowed", Direction.FORWARD, "$dynamicRef", None, NEW, "undecided")


def a_check(*changes: Change, questions: tuple[Undecided, ...] = (), on_unknown: OnUnknown = OnUnknown.BLOCK) -> CheckReport:
    """A report of one contract."""
    comparison = Comparison(changes, questions)
    check = ContractCheck("orders", "orders-api", "1.0.0", "openapi", "release 1.0.0", comparison, True, on_unknown)
    return CheckReport((check,))


EVERYTHING = a_check(BREAK, WAIVED, RISKY, SAFE, questions=(QUESTION,))


def test_github_gets_one_command_a_finding_at_its_line() -> None:
    """Errors are what blocks; what is gone is shown where it was, and safe changes are not shown."""
    lines = github.render(EVERYTHING).splitlines()
    assert [line.split(" ", 1)[0] for line in lines] == ["::error", "::warning", "::warning", "::error"]
    assert "file=new/a%2Cb%3A c.yaml,line=4,col=2::" in lines[0]
    assert "file=old/a%2Cb%3A c.yaml,line=3,col=1::" in lines[2]
    assert "Breaks storefront." in lines[0]


def test_no_text_of_a_contract_becomes_a_command_of_github() -> None:
    """Line ends and the escape itself are escaped, so a message stays in its command."""
    (line,) = github.render(a_check(BREAK)).split("\n")
    assert "\r" not in line
    assert "gone%0A::error::pwned%0D%250A" in line


def test_an_undecided_question_is_an_error_only_where_it_blocks() -> None:
    """A contract that warns on unknown gets a warning, in every format."""
    warned = a_check(questions=(QUESTION,), on_unknown=OnUnknown.WARN)
    assert github.render(warned).startswith("::warning ")
    assert json.loads(gitlab.render(warned))[0]["severity"] == "minor"
    assert json.loads(sarif.render(warned))["runs"][0]["results"][0]["level"] == "warning"
    assert ET.fromstring(junit.render(warned)).find(".//failure") is None


def test_gitlab_gets_an_entry_a_finding_that_it_knows_again() -> None:
    """Fingerprints differ within a report and stay the same from run to run."""
    entries = json.loads(gitlab.render(a_check(BREAK, RISKY, SAFE)))
    assert [entry["severity"] for entry in entries] == ["blocker", "minor", "info"]
    assert entries[0]["location"] == {"path": "new/a,b: c.yaml", "lines": {"begin": 4}}
    assert len({entry["fingerprint"] for entry in entries}) == 3
    assert entries == json.loads(gitlab.render(a_check(BREAK, RISKY, SAFE)))


def test_junit_fails_the_cases_that_block() -> None:
    """A suite a contract, and a passed case where there was nothing to find; hostile text stays text."""
    suite = ET.fromstring(junit.render(EVERYTHING))[0]
    assert (suite.get("tests"), suite.get("failures")) == ("5", "2")
    assert [case.find("failure") is not None for case in suite] == [True, False, False, False, True]
    (empty,) = ET.fromstring(junit.render(a_check()))
    assert [case.get("name") for case in empty] == ["no changes"]


def test_sarif_has_a_result_a_finding_and_suppresses_what_is_waived() -> None:
    """Every result names its rule, its region and its severity."""
    (run,) = json.loads(sarif.render(EVERYTHING))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["path-removed", "schema-narrowed"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "warning", "note", "error"]
    assert ["suppressions" in result for result in run["results"]] == [False, True, False, False, False]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "new/a%2Cb%3A%20c.yaml"}, "region": {"startLine": 4, "startColumn": 2}}
