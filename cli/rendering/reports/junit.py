"""A report as JUnit XML: a suite a contract, a case a finding; what blocks has failed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from cli.rendering.rows import Row, rows_of
from cli.terminal import plain
from registry.services.checking.report import CheckReport


def render(report: CheckReport) -> str:
    """The document; a contract without findings is a suite with one case that has passed."""
    root = ET.Element("testsuites", name="interlock")
    for check in report.checks:
        own = list(rows_of(check))
        failed = sum(row.blocks for row in own)
        suite = ET.SubElement(root, "testsuite", name=plain(f"{check.contract}, against {check.against}"))
        suite.attrib |= {"tests": str(len(own) or 1), "failures": str(failed)}
        for row in own:
            _case(suite, row)
        if not own:
            ET.SubElement(suite, "testcase", classname=plain(check.contract), name="no changes")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _case(suite: ET.Element, row: Row) -> None:
    place = f" at {row.place}" if row.place else ""
    case = ET.SubElement(suite, "testcase", classname=plain(row.check.contract), name=plain(f"{row.finding.rule}{place}"))
    if row.blocks:
        ET.SubElement(case, "failure", type=row.weight, message=plain(row.words))
    else:
        ET.SubElement(case, "system-out").text = plain(f"{row.weight}: {row.words}")
