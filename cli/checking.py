"""The working tree against a commit, or against what the registry holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from cli.commit_tree import commit_tree
from cli.connection import Connection
from cli.faults import faults_found_here, faults_of_commit
from cli.selection import Selection
from registry.domain.errors import BadRequest
from registry.domain.publication import ServiceVersion
from registry.services.checking.offline import check_trees
from registry.services.checking.report import CheckReport, from_json
from registry.services.places import comparison_below
from registry.services.trees import Origin


def check_against_commit(selection: Selection, revision: str, as_of: datetime) -> CheckReport:
    """Compare with what the manifests declared at a commit, without any server.

    Raises BadRequest outside of a repository, NotFound for an unknown revision, and the BadInput errors.
    """
    if selection.git is None:
        raise BadRequest("--against names a git revision, and this is no git repository.")
    commit = selection.git.commit(revision)
    with faults_of_commit(selection, revision), commit_tree(selection.root, commit, selection.limits) as old:
        report = check_trees(selection.tree, old, selection.folders, against=revision, as_of=as_of, limits=selection.limits)
    return selection.report_shown(report)


def check_at_registry(
    selection: Selection, connection: Connection, environments: Sequence[str], environ: Mapping[str, str]
) -> CheckReport:
    """Compare with what the registry holds: the merge base's revisions or the newest releases, and what is deployed.

    Raises CommandFailed, and the BadInput errors.
    """
    from registry.services.publication_json import service_version_to_json

    with selection.places_shown():
        versions = selection.service_versions(Origin("working-tree"))
    body = {
        "service_versions": [service_version_to_json(version) for version in versions],
        "baseline_commit": _merge_base(selection, versions, environ),
        "environments": list(environments),
    }
    with faults_found_here(selection, versions):
        report = from_json(connection.post("/checks", body))
    return selection.report_shown(_placed(report, versions))


def _merge_base(selection: Selection, versions: Sequence[ServiceVersion], environ: Mapping[str, str]) -> str | None:
    """Where the branch left the main branch; None when git does not know, as in a shallow clone."""
    branches = sorted({version.service.main_branch for version in versions})
    if len(branches) > 1:
        raise BadRequest(f"The services have different main branches ({', '.join(branches)}): check them one by one.")
    found = selection.git.merge_base(branches[0]) if selection.git else None
    return found or environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA")


def _placed(report: CheckReport, versions: Sequence[ServiceVersion]) -> CheckReport:
    """The report with files named from the tree: the registry knows them from the contracts' folders only."""
    folders = {
        (version.service.name, row.contract, str(row.version) if row.version else None): row.folder
        for version in versions
        for row in version.provides
    }
    checks = (
        replace(check, comparison=comparison_below(folder, folder, check.comparison))
        for check in report.checks
        for folder in (folders.get((check.service, check.contract, check.version), ""),)
    )
    return replace(report, checks=tuple(checks))
