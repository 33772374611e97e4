"""The Protobuf files compile, keep buf's standard rules and buf's format, and document their calls."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from contracts.checkout.tests import buf
from contracts.checkout.tests.documents import paths_of, short

FOLDERS = paths_of("protobuf")
METHOD = re.compile(r"((?:^ *//.*\n)+)^ *rpc (\w+)", re.MULTILINE)

pytestmark = pytest.mark.skipif(shutil.which("buf") is None, reason="buf is not installed")


@pytest.mark.parametrize("folder", FOLDERS, ids=short)
def test_a_folder_keeps_the_standard_rules(folder: Path) -> None:
    """Names, packages and enums are as everybody expects them."""
    assert buf.lint(folder) == ""


@pytest.mark.parametrize("folder", FOLDERS, ids=short)
def test_a_folder_is_formatted(folder: Path) -> None:
    """As buf formats it."""
    assert buf.differences_in_format(folder) == ""


@pytest.mark.parametrize("folder", FOLDERS, ids=short)
def test_every_method_tells_its_time_budget(folder: Path) -> None:
    """Callers set deadlines by it; services say what goes into the metadata."""
    for path in sorted(folder.rglob("*.proto")):
        text = path.read_text()
        documented = {name: comment for comment, name in METHOD.findall(text)}
        assert set(documented) == set(re.findall(r"^ *rpc (\w+)", text, re.MULTILINE))
        assert all(re.search(r"Time budget: \d+ ms", comment) for comment in documented.values())
        if documented:
            assert "x-tenant-id" in text
            assert "x-correlation-id" in text


@pytest.mark.parametrize("folder", FOLDERS, ids=short)
def test_every_deprecated_field_has_a_sunset(folder: Path) -> None:
    """The comment above a deprecated field ends with the date until which it stays."""
    for path in sorted(folder.rglob("*.proto")):
        lines = path.read_text().splitlines()
        for above, line in pairwise(lines):
            assert "deprecated = true" not in line or above.strip() == "// Sunset: 2027-06-30"
