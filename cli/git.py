"""What git knows about the working tree. Git is asked as a child process; nothing is written and nothing is fetched."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from cli.failure import USAGE, CommandFailed, Failure
from registry.domain.errors import NotFound

_SHALLOW = "Check the spelling; in a shallow clone, fetch it first (`git fetch --unshallow`, or fetch-depth: 0 in CI)."


@dataclass(frozen=True, slots=True)
class Git:
    """A repository, by the top folder of its working tree."""

    root: Path

    @staticmethod
    def around(folder: Path) -> Git | None:
        """The repository that a folder lies in; None outside of any, or where there is no git.

        Raises CommandFailed when git itself refuses, as it does for a folder that belongs to somebody else.
        """
        try:
            found = _git(folder, "rev-parse", "--show-toplevel")
        except FileNotFoundError:
            return None
        if found.returncode == 0:
            return Git(Path(found.stdout.rstrip("\n")).resolve())
        if "not a git repository" in found.stderr or "must be run in a work tree" in found.stderr:
            return None
        raise CommandFailed(Failure("git", found.stderr.strip(), str(folder), "Make `git status` work here first.", USAGE))

    def commit(self, revision: str) -> str:
        """The full hash of the commit that a branch, tag or hash names. Raises NotFound."""
        found = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found is None:
            raise NotFound("git revision", revision, _SHALLOW)
        return found

    def head(self) -> str | None:
        """The commit that is checked out; None before the first one."""
        return self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")

    def branch(self) -> str:
        """The branch that is checked out; "" when HEAD is detached, as in most CI."""
        return self._ask("symbolic-ref", "--quiet", "--short", "HEAD") or ""

    def committed_at(self, commit: str) -> datetime | None:
        """When a commit was made; None when the repository does not have it."""
        text = self._ask("show", "--no-patch", "--format=%cI", "--end-of-options", commit)
        return datetime.fromisoformat(text) if text else None

    def differs(self, folder: Path) -> bool:
        """Whether files of a folder that git tracks are not as they were committed."""
        return bool(self._ask("status", "--porcelain", "--untracked-files=no", "--", str(folder)))

    def merge_base(self, main_branch: str) -> str | None:
        """Where HEAD left the main branch, as the remote has it or else as it is here; None when git does not know."""
        for name in (f"refs/remotes/origin/{main_branch}", f"refs/heads/{main_branch}"):
            base = self._ask("merge-base", "HEAD", name)
            if base:
                return base
        return None

    def remote(self) -> str:
        """The address of the remote called origin, without the user name and password that CI puts into it; "" without one."""
        return _without_credentials(self._ask("remote", "get-url", "origin") or "")

    def _ask(self, *arguments: str) -> str | None:
        found = _git(self.root, *arguments)
        return found.stdout.strip() if found.returncode == 0 else None


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, errors="replace", check=False)


def _without_credentials(address: str) -> str:
    parts = urlsplit(address)
    if not parts.scheme or "@" not in parts.netloc:
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
