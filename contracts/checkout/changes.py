"""Every change that the checkout platform shows, as the registry's own check sees it: history and candidates."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from registry.engines.documents.limits import Limits
from registry.services.checking.offline import check_trees
from registry.services.checking.report import CheckReport, contract_check
from registry.services.formats import compare
from registry.services.trees import Origin, service_version_at

CHECKOUT = Path(__file__).parent


class Folders:
    """A tree in which later folders cover earlier ones, file by file; each is laid at a path of the tree."""

    def __init__(self, *layers: tuple[str, Path]) -> None:
        self._files: dict[str, Path] = {}
        for at, folder in layers:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    self._files[str(Path(at, path.relative_to(folder)))] = path

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None."""
        found = self._files.get(path)
        return None if found is None else found.read_bytes()

    def below(self, folder: str) -> Iterator[str]:
        """The paths below a folder."""
        return (path for path in sorted(self._files) if not folder or path.startswith(f"{folder}/"))


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change by its name, such as `breaking/openapi-operation-removed`, and what the check says of it."""

    name: str
    service: str
    report: CheckReport


def candidate_changes(kind: str, as_of: datetime) -> Iterator[ShownChange]:
    """The candidates of a kind (`additive`, `breaking`) against today's contracts."""
    for facts_file in sorted((CHECKOUT / kind).glob("*/candidate.toml")):
        service: str = tomllib.loads(facts_file.read_text())["service"]
        today = Folders((service, CHECKOUT / service))
        changed = Folders((service, CHECKOUT / service), (service, facts_file.parent))
        yield ShownChange(f"{kind}/{facts_file.parent.name}", service, _check(changed, today, service, "today", as_of))


def history_changes(as_of: datetime) -> Iterator[ShownChange]:
    """Each step of the history against the one before, for the services that it has."""
    steps = [*sorted((CHECKOUT / "history").glob("[0-9]*")), CHECKOUT]
    for before, after in pairwise(steps):
        for manifest in sorted(before.glob("*/interlock.toml")):
            service = manifest.parent.name
            if not (after / service / "interlock.toml").exists():
                continue
            name = "history/today" if after == CHECKOUT else f"history/{after.name}"
            trees = Folders((service, after / service)), Folders((service, manifest.parent))
            yield ShownChange(f"{name}/{service}", service, _check(*trees, service, before.name, as_of))


def major_changes(as_of: datetime) -> Iterator[ShownChange]:
    """Each new major line of today against the line that it stands beside, classified as its release records it."""
    for manifest in sorted(CHECKOUT.glob("*/interlock.toml")):
        service = manifest.parent.name
        version = service_version_at(Folders((service, manifest.parent)), service, Origin("today"), Limits())
        lines = {(row.contract, row.version.major): row for row in version.provides if row.version}
        for (contract, major), row in sorted(lines.items()):
            before = lines.get((contract, major - 1))
            if before is not None:
                comparison = compare(
                    row.kind, before.source, row.source, subject=contract, mode=row.mode, as_of=as_of, limits=Limits()
                )
                report = CheckReport((contract_check(service, row, f"{contract} {before.version}", comparison),))
                yield ShownChange(f"history/{contract}-{row.version}", service, report)


def _check(new: Folders, old: Folders, service: str, against: str, as_of: datetime) -> CheckReport:
    return check_trees(new, old, [service], against=against, as_of=as_of, limits=Limits())
