"""Who publishes: the commit, the branch and the repository, from git or from what the CI systems say in the environment."""

from __future__ import annotations

from collections.abc import Mapping

from cli.git import Git
from cli.given import Given
from registry.domain.errors import BadRequest
from registry.services.trees import Origin


def origin(given: Given, git: Git | None, environ: Mapping[str, str]) -> Origin:
    """Where the service versions of the working tree come from. The version is the commit unless it is given.

    Raises BadRequest when there is neither a version nor a commit.
    """
    commit = given.commit or (git and git.head()) or _commit_of_ci(environ) or ""
    version = given.version or commit
    if not version:
        raise BadRequest("There is no version: this is no git repository, and neither --service-version nor --commit was given.")
    branch = (git.branch() if git else "") or _branch_of_ci(environ)
    return Origin(
        version=version,
        repository=given.repository or _repository_of_ci(environ) or (git.remote() if git else ""),
        commit=commit,
        branch=branch if given.branch is None else given.branch,
        committed_at=git.committed_at(commit) if git and commit else None,
    )


def _commit_of_ci(environ: Mapping[str, str]) -> str:
    return environ.get("GITHUB_SHA") or environ.get("CI_COMMIT_SHA") or ""


def _repository_of_ci(environ: Mapping[str, str]) -> str:
    if "GITHUB_REPOSITORY" in environ:
        return f"{environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{environ['GITHUB_REPOSITORY']}"
    return environ.get("CI_PROJECT_URL", "")


def _branch_of_ci(environ: Mapping[str, str]) -> str:
    """The branch that a pipeline runs for; "" for a tag.

    The branch of a pull request may carry the main branch's name when it comes from a fork, and publishing from the main branch
    claims numbers: then the pull request's own ref is the branch.
    """
    if environ.get("GITHUB_HEAD_REF"):
        fork = environ["GITHUB_HEAD_REF"] == environ.get("GITHUB_BASE_REF")
        return environ.get("GITHUB_REF", "") if fork else environ["GITHUB_HEAD_REF"]
    if environ.get("GITHUB_REF_TYPE") == "branch":
        return environ.get("GITHUB_REF_NAME", "")
    if environ.get("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"):
        source = environ["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"]
        fork = source == environ.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
        return environ.get("CI_MERGE_REQUEST_REF_PATH", "") if fork else source
    return environ.get("CI_COMMIT_BRANCH", "")
