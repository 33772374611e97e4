"""Verifying pacts with pact-python's Verifier, over real sockets, against running reference services."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pact import Verifier, __version__

from contracts.checkout.running import Running

os.environ.setdefault("PACT_DO_NOT_TRACK", "true")  # Pact reports its use to its makers otherwise

PLATFORM = Path(__file__).resolve().parent
VERIFIER = f"pact-python {__version__}"


@dataclass(frozen=True, slots=True)
class InteractionResult:
    """One interaction; `problem` says what the provider did otherwise, empty when it did as agreed."""

    description: str
    success: bool
    problem: str


@dataclass(frozen=True, slots=True)
class PactResult:
    """One pact, by its path below the platform's folder."""

    pact: str
    consumer: str
    provider: str
    success: bool
    interactions: tuple[InteractionResult, ...]
    verifier: str = VERIFIER


def pact_files(provider: str | None = None) -> list[Path]:
    """All pacts of the platform, or those with one provider, ordered by path."""
    paths = sorted(PLATFORM.glob("*/pacts/*.json"))
    return [path for path in paths if provider in (None, json.loads(path.read_text())["provider"]["name"])]


def verify_pact(path: Path, services: Mapping[str, Running]) -> PactResult:
    """Let the provider of a pact answer every request and produce every message that its consumer agreed on."""
    pact = json.loads(path.read_text())
    consumer, provider = pact["consumer"]["name"], pact["provider"]["name"]
    found = _run(path, provider, services[provider].url)
    interactions = tuple(_judge(result, found["errors"]) for result in found["interactionResults"])
    if len(interactions) != len(pact["interactions"]):
        raise RuntimeError(f"{path}: {len(pact['interactions'])} interactions, {len(interactions)} verified")
    return PactResult(path.relative_to(PLATFORM).as_posix(), consumer, provider, found["result"], interactions)


def _run(path: Path, provider: str, url: str) -> dict[str, Any]:
    verifier = Verifier(provider, host=urlsplit(url).hostname)
    verifier.add_transport(url=url)
    verifier.add_transport(protocol="message", port=urlsplit(url).port, path="/_pact/message", scheme="http")
    verifier.state_handler(f"{url}/_pact/state", body=True)
    verifier.add_source(path)
    with _quiet():
        try:
            verifier.verify()
        except RuntimeError:
            if not verifier.results["errors"]:
                raise
    return verifier.results


def _judge(result: Mapping[str, Any], errors: list[dict[str, Any]]) -> InteractionResult:
    given = f" Given {', '.join(result['providerStates'])}" if result["providerStates"] else ""
    label = f"Verifying a pact between {result['consumer']} and {result['provider']}{given} - {result['description']}"
    problems = [_problem(error["mismatch"]) for error in errors if error["interaction"] == label]
    return InteractionResult(result["description"], result["result"] == "OK", "; ".join(problems))


def _problem(mismatch: Mapping[str, Any]) -> str:
    if mismatch["type"] != "mismatches":
        return str(mismatch.get("message", mismatch["type"]))
    return "; ".join(": ".join(filter(None, (each.get("path"), each["mismatch"]))) for each in mismatch["mismatches"])


@contextmanager
def _quiet() -> Iterator[None]:
    """Pact's native library writes its report straight to file descriptor 1; ours is made of its results instead."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
