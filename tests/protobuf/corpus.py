"""Real Protobuf contracts to try things on: the checkout platform's, the peers' test data and the benchmarks' where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CHECKOUT = ("catalog/proto/v1", "catalog/proto/v2", "inventory/proto/v1")
GOOGLE = (
    "google/type/money.proto",
    "google/longrunning/operations.proto",
    "google/rpc/context/attribute_context.proto",
    "google/cloud/aiplatform/v1/content.proto",
    "google/cloud/aiplatform/v1/endpoint.proto",
)
_IMPORT = re.compile(r'^import\s+(?:public\s+|weak\s+)?"([^"]+)";', re.MULTILINE)

Texts = Mapping[str, str]


def corpora() -> Mapping[str, Texts]:
    """Contracts by name, each as texts by path: the checkout platform's, and the others where they are beside the project."""
    return dict(_corpora())


def _corpora() -> Iterator[tuple[str, Texts]]:
    for folder in CHECKOUT:
        yield f"checkout/{folder}", _folder(ROOT / "contracts" / "checkout" / folder)
    cases = SHARED / "conformance" / "protobuf-breaking" / "current"
    for folder in sorted(cases.iterdir()) if cases.is_dir() else ():
        texts = _folder(folder)
        if texts and not any(folder.rglob("buf.yaml")):
            yield f"conformance/{folder.name}", texts
    google = SHARED / "bench" / "protobuf" / "aiplatform_new"
    for name in GOOGLE if google.is_dir() else ():
        yield name, dict(_with_imports(google, name))


def _folder(folder: Path) -> Texts:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.proto"))}


def _with_imports(root: Path, name: str) -> Iterator[tuple[str, str]]:
    waiting, seen = [name], set[str]()
    while waiting:
        file = waiting.pop()
        if file in seen or not (root / file).is_file():
            continue
        seen.add(file)
        text = (root / file).read_text("utf-8")
        yield file, text
        waiting += _IMPORT.findall(text)
