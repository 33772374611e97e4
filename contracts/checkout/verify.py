"""Verify every pact of the checkout platform against its reference services.

    python contracts/checkout/verify.py [--output results.json] [--provider NAME] [--candidate FOLDER]

Starts the services on free loopback ports, verifies, and stops them. Progress goes to standard error, the results to the file.
Exits with 0 when every pact holds, 1 when one does not, and 2 when it was called wrongly.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from dataclasses import asdict
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from contracts.checkout.running import SERVICES, running
from contracts.checkout.verification import PactResult, pact_files, verify_pact


def main(arguments: list[str] | None = None) -> int:
    """Run, and return the exit code."""
    parser = argparse.ArgumentParser(description="Verify the pacts of the checkout platform against its reference services.")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the results as JSON")
    parser.add_argument("--provider", choices=SERVICES, help="only pacts with this provider")
    parser.add_argument(
        "--candidate", type=Path, metavar="FOLDER", help="run the provider.py of this candidate in place of its service's own"
    )
    options = parser.parse_args(arguments)
    replaced = {} if options.candidate is None else _replacement(parser, options.candidate)
    started = time.monotonic()
    results = _verify(options.provider, replaced)
    failed = sum(not result.success for result in results)
    _say(f"{len(results)} pacts, {failed} failed, {time.monotonic() - started:.1f} s")
    if options.output is not None:
        options.output.write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n")
    return 1 if failed else 0


def _replacement(parser: argparse.ArgumentParser, folder: Path) -> dict[str, Path]:
    about, provider = folder / "candidate.toml", folder / "provider.py"
    for needed in (about, provider):
        if not needed.is_file():
            parser.error(f"{needed} does not exist; only a candidate with a provider.py can be verified")
    return {tomllib.loads(about.read_text())["service"]: provider}


def _verify(provider: str | None, replaced: dict[str, Path]) -> list[PactResult]:
    _say("starting the reference services")
    results: list[PactResult] = []
    with running(replaced) as services:
        for path in pact_files(provider):
            result = verify_pact(path, services)
            results.append(result)
            _say(f"{'ok    ' if result.success else 'FAILED'} {result.pact}, verified by {result.provider}")
            for interaction in result.interactions:
                if not interaction.success:
                    _say(f"       {interaction.description}: {interaction.problem}")
    return results


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
