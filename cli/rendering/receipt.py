"""What became of a publication, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cli.rendering.words import faint, plain, short_version, table
from registry.domain.change import Comparison
from registry.domain.publication import PublicationReceipt, ReleaseReceipt, ServiceVersionReceipt

_DIGEST_CHARACTERS = 12


def receipt_page(receipt: PublicationReceipt) -> str:
    """One block a service version: the numbers it claimed, and the revisions that it provides."""
    return "\n\n".join("\n".join(_service_version(row)) for row in receipt.service_versions)


def _service_version(row: ServiceVersionReceipt) -> Iterator[str]:
    state = "published" if row.created else "was published before; nothing changed"
    yield f"{plain(row.service)} {short_version(row.version)}: {state}"
    rows = [("release", release.contract, str(release.version), _release(release)) for release in row.releases]
    rows += [
        ("revision", contract, digest[:_DIGEST_CHARACTERS], "new" if created else "known")
        for contract, digest, created in row.revisions
    ]
    yield from (f"  {line}" for line in table(rows).splitlines())
    yield from (f"  {faint('note')}  {plain(notice)}" for notice in row.notices)


def _release(release: ReleaseReceipt) -> str:
    if not release.created:
        return "released before"
    if not release.baseline:
        return "first of its line"
    return f"since {release.baseline}: {_counts(release.comparison)}"


def _counts(comparison: Comparison) -> str:
    found = Counter(str(change.severity) for change in comparison.changes)
    found["unknown"] = len(comparison.undecided)
    return ", ".join(f"{number} {name}" for name, number in found.items() if number) or "no change"
