"""Where a service version comes from: the command line, git, and what CI systems say, in that order."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.git import Git
from cli.given import Given
from cli.origin import origin
from tests.cli.support import commit, git, write

_GITHUB = {
    "GITHUB_SHA": "a" * 40,
    "GITHUB_SERVER_URL": "https://github.example",
    "GITHUB_REPOSITORY": "shop/orders",
    "GITHUB_REF": "refs/heads/main",
    "GITHUB_REF_NAME": "main",
    "GITHUB_REF_TYPE": "branch",
}
_GITHUB_PULL_REQUEST = {
    **_GITHUB,
    "GITHUB_REF": "refs/pull/7/merge",
    "GITHUB_REF_NAME": "7/merge",
    "GITHUB_HEAD_REF": "feature",
    "GITHUB_BASE_REF": "main",
}
_GITLAB = {"CI_COMMIT_SHA": "b" * 40, "CI_PROJECT_URL": "https://gitlab.example/shop/orders", "CI_COMMIT_BRANCH": "main"}
_GITLAB_MERGE_REQUEST = {
    "CI_COMMIT_SHA": "b" * 40,
    "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "feature",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    "CI_MERGE_REQUEST_REF_PATH": "refs/merge-requests/7/head",
}


@pytest.fixture
def checkout(here: Path) -> Git:
    """A repository with one commit."""
    git(here, "init", "--quiet", "--initial-branch", "trunk")
    write(here, {"README": "Hello."})
    commit(here, "First")
    found = Git.around(here)
    assert found is not None
    return found


def test_git_knows_the_commit_its_time_and_the_branch(checkout: Git) -> None:
    """The version is the commit."""
    found = origin(Given(), checkout, {})
    head = git(checkout.root, "rev-parse", "HEAD")
    assert (found.version, found.commit, found.branch) == (head, head, "trunk")
    assert found.committed_at is not None
    assert found.committed_at.tzinfo is not None


@pytest.mark.parametrize(
    ("environ", "branch"),
    [
        (_GITHUB, "main"),
        (_GITHUB_PULL_REQUEST, "feature"),
        ({**_GITHUB_PULL_REQUEST, "GITHUB_HEAD_REF": "main"}, "refs/pull/7/merge"),
        ({**_GITHUB, "GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1"}, ""),
        (_GITLAB, "main"),
        (_GITLAB_MERGE_REQUEST, "feature"),
        ({**_GITLAB_MERGE_REQUEST, "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "main"}, "refs/merge-requests/7/head"),
    ],
)
def test_a_pipeline_names_the_branch_that_git_does_not(checkout: Git, environ: dict[str, str], branch: str) -> None:
    """HEAD is detached in CI. A fork's branch that is called like the target is not the main branch: it must claim no numbers."""
    git(checkout.root, "switch", "--quiet", "--detach")
    assert origin(Given(), checkout, environ).branch == branch


@pytest.mark.parametrize(
    ("environ", "commit_hash", "repository"),
    [(_GITHUB, "a" * 40, "https://github.example/shop/orders"), (_GITLAB, "b" * 40, "https://gitlab.example/shop/orders")],
)
def test_a_pipeline_without_git_still_knows_where_it_is(environ: dict[str, str], commit_hash: str, repository: str) -> None:
    """A container that holds only the files gets commit and repository from the environment."""
    found = origin(Given(), None, environ)
    assert (found.version, found.commit, found.repository) == (commit_hash, commit_hash, repository)


def test_what_is_given_counts_most(checkout: Git) -> None:
    """Every fact can be said otherwise."""
    found = origin(Given("v1", "c" * 40, "release", "https://git.example/orders"), checkout, _GITHUB)
    assert (found.version, found.commit, found.branch, found.repository) == (
        "v1",
        "c" * 40,
        "release",
        "https://git.example/orders",
    )


@pytest.mark.parametrize(
    ("remote", "kept"),
    [
        ("https://gitlab-ci-token:secret@gitlab.example:8443/shop/orders.git", "https://gitlab.example:8443/shop/orders.git"),
        ("https://gitlab.example/shop/orders.git", "https://gitlab.example/shop/orders.git"),
        ("git@gitlab.example:shop/orders.git", "git@gitlab.example:shop/orders.git"),
    ],
)
def test_the_repository_is_published_without_credentials(checkout: Git, remote: str, kept: str) -> None:
    """CI systems put a token into the remote's address."""
    git(checkout.root, "remote", "add", "origin", remote)
    assert origin(Given(), checkout, {}).repository == kept


def test_the_merge_base_is_where_the_branch_left_the_remote_main_branch(checkout: Git) -> None:
    """The remote's branch counts before the local one of the same name, which may be old."""
    root = checkout.root
    first = git(root, "rev-parse", "HEAD")
    git(root, "update-ref", "refs/remotes/origin/trunk", first)
    write(root, {"README": "More."})
    second = commit(root, "Second")
    git(root, "switch", "--quiet", "--create", "feature")
    assert checkout.merge_base("trunk") == first
    git(root, "update-ref", "-d", "refs/remotes/origin/trunk")
    assert checkout.merge_base("trunk") == second
    assert checkout.merge_base("no-such-branch") is None
