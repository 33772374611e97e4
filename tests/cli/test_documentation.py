"""The pages of docs/: those that are generated are current, the one that is written by hand leaves nothing out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.docs.errors_page import documented_errors
from cli.docs.pages import pages
from cli.main import SECTIONS
from registry.domain.errors import InterlockError
from registry.services import manifests
from registry.services.manifests import read_manifest
from registry.services.rule_catalogue import rules

_ROOT = Path(__file__).resolve().parents[2]
_DOCS = _ROOT / "docs"


@pytest.mark.parametrize("name", pages())
def test_generated_pages_are_current(name: str) -> None:
    """`ci/generate` writes them anew."""
    assert (_DOCS / name).read_text("utf-8") == pages()[name], f"docs/{name} is stale: run ci/generate"


def test_every_command_is_in_a_section_and_on_the_page() -> None:
    """A module in cli/commands is a command, and a command has a line in the help and a chapter in docs/cli.md."""
    folder = _ROOT / "cli" / "commands"
    modules = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()} - {"__init__"}
    listed = [name for names in SECTIONS.values() for name in names]
    assert sorted(name.replace("-", "_") for name in listed) == sorted(modules)
    page = pages()["cli.md"]
    assert all(f"## `interlock {name}`" in page for name in listed)


def test_every_rule_is_on_the_page() -> None:
    """With an anchor of its own, though two kinds share an id."""
    page = pages()["rules.md"]
    anchors = [f'<a id="{rule.contract_kind}-{rule.id}"></a>' for rule in rules()]
    assert all(page.count(anchor) == 1 for anchor in anchors)


def test_every_error_class_has_a_code_of_its_own_on_the_page() -> None:
    """Codes are what programs decide by."""
    codes = [error.code for error in documented_errors()]
    assert len(codes) == len(set(codes))
    assert all(f"| `{code}` |" in pages()["errors.md"] for code in codes)
    assert InterlockError.code not in codes


def test_the_page_of_the_manifest_names_every_key() -> None:
    """Every key that the reader asks for is in the tables and, as a value or a table of its own, in the example."""
    page = (_DOCS / "manifest.md").read_text("utf-8")
    source = Path(manifests.__file__).read_text("utf-8")
    asked = re.findall(r'(?:row|service|notice|protobuf)\.\w+\("(\w+)"', source)
    assert len(asked) > 20
    for key in asked:
        assert f"| `{key}` |" in page
        assert re.search(rf"^({key} = |\[+policy\.{key}\])", page, re.MULTILINE)


def test_the_example_of_the_manifest_can_be_read() -> None:
    """It is a whole manifest."""
    page = (_DOCS / "manifest.md").read_text("utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    manifest = read_manifest("interlock.toml", example.encode())
    assert [provided.contract for provided in manifest.provides] == ["orders-api", "orders-grpc", "OrderPlaced"]
    assert len(manifest.consumes) == 2
