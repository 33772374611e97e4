"""Every pact is verified by pact-python's Verifier against the running services, and a broken service is found out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.checkout.running import Running, running
from contracts.checkout.tests.documents import PLATFORM, candidate, candidates, changed_files, short
from contracts.checkout.verification import pact_files, verify_pact

PACT_ONLY = [folder for folder in candidates("breaking") if Path("provider.py") in changed_files(folder)]


@pytest.mark.parametrize("path", pact_files(), ids=short)
def test_a_pact_holds(path: Path, services: dict[str, Running]) -> None:
    """The provider does as its consumer agreed with it, in every interaction."""
    result = verify_pact(path, services)
    assert [each for each in result.interactions if not each.success] == []
    assert result.success


@pytest.mark.parametrize("folder", PACT_ONLY, ids=short)
def test_a_provider_that_breaks_only_a_pact_is_found_out(folder: Path) -> None:
    """No contract file changes, and yet the consumers named break, while all other pacts hold."""
    about = candidate(folder)
    assert changed_files(folder) == [Path("provider.py")]
    with running({about["service"]: folder / "provider.py"}) as services:
        results = [verify_pact(path, services) for path in pact_files()]
    assert [result.consumer for result in results if not result.success] == about["reaches"]


def test_a_message_without_a_field_is_found_out(services: dict[str, Running], monkeypatch: pytest.MonkeyPatch) -> None:
    """An event that lacks what its reader needs fails, and the result says what is missing."""
    outbox = type(services["inventory"].model.outbox)
    whole = outbox.latest

    def without_order(self: object, kind: object) -> dict[str, object]:
        event = whole(self, kind)
        return event | {"data": {name: value for name, value in event["data"].items() if name != "orderId"}}

    monkeypatch.setattr(outbox, "latest", without_order)
    result = verify_pact(PLATFORM / "payments" / "pacts" / "payments-inventory.json", services)
    assert not result.success
    assert "orderId" in result.interactions[0].problem


def test_the_script_tells_what_failed(tmp_path: Path) -> None:
    """Exit code 1, a result for every pact, and the problem of the interaction that failed."""
    output = tmp_path / "results.json"
    [folder] = PACT_ONLY
    arguments = ["--output", str(output), "--provider", "catalog", "--candidate", str(folder)]
    done = subprocess.run(
        [sys.executable, PLATFORM / "verify.py", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    [result] = json.loads(output.read_text())
    assert (done.returncode, done.stdout) == (1, "")
    assert (result["pact"], result["consumer"], result["provider"]) == (
        "storefront/pacts/storefront-catalog.json",
        "storefront",
        "catalog",
    )
    assert result["success"] is False
    assert result["verifier"].startswith("pact-python ")
    assert "summary" in next(each["problem"] for each in result["interactions"] if not each["success"])


@pytest.mark.parametrize("arguments", [["--candidate", "nowhere"], ["--provider", "nobody"]], ids=str)
def test_the_script_refuses_what_it_cannot_do(arguments: list[str]) -> None:
    """Exit code 2, before anything is started."""
    done = subprocess.run(
        [sys.executable, PLATFORM / "verify.py", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "usage:" in done.stderr
