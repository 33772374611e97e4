"""The story, step by step. Each step runs real commands and checks that they ended as the story says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from cli.demo.commands import Outcome, run
from cli.demo.shop import SERVICES, Candidate, Shop, candidates

ALLOWED, INCOMPATIBLE, UNKNOWN = 0, 1, 3


class OutOfStep(Exception):
    """A command ended otherwise than the story says."""


@dataclass(frozen=True, slots=True)
class Story:
    """Where the story plays: the checkout platform's folder, a scratch folder, a running registry, and where to tell it."""

    checkout: Path
    scratch: Path
    address: str
    console: Console

    def tell(self) -> None:
        """All steps. Raises OutOfStep at the first that goes wrong."""
        shop = Shop(self.checkout, self.scratch / "shop")
        self._publish(shop)
        released = shop.head()
        self._deploy(shop, released)
        self._let_through(shop)
        self._stop(shop)
        self._refuse_then_allow(shop)

    def _publish(self, shop: Shop) -> None:
        self._heading("Publish the checkout platform, commit by commit")
        for step, services in shop.steps():
            outcome = self._interlock(shop, "publish", "--format", "json", expected=ALLOWED)
            claimed = _claimed(outcome.json())
            self.console.print(f"  [bold]{step}[/]: {', '.join(services)}; {len(claimed)} numbers claimed: {', '.join(claimed)}")

    def _deploy(self, shop: Shop, version: str) -> None:
        self._heading("Verify the pacts against the reference providers, and deploy to production")
        self._interlock(shop, "environment", "create", "production", "--production", expected=ALLOWED)
        self._ask(shop, "orders", version, expected=UNKNOWN)
        self._verify(shop, version, [])
        for service in SERVICES:
            arguments = ("--service", service, "--version", version, "--environment", "production")
            self._interlock(shop, "record-deployment", *arguments, expected=ALLOWED)
        self.console.print(f"  deployed to production: {', '.join(SERVICES)}")
        for service in SERVICES:
            self._ask(shop, service, version, expected=ALLOWED)

    def _let_through(self, shop: Shop) -> None:
        self._heading("Good changes pass")
        for candidate in candidates(self.checkout / "additive"):
            with shop.branch(candidate):
                outcome = self._interlock(shop, "check", candidate.service, "--format", "json", expected=ALLOWED)
            rules = sorted({change["rule"] for change in outcome.json()["changes"]})
            self.console.print(f"  [green]✔ allowed[/]  {candidate.slug}: {', '.join(rules)}")

    def _stop(self, shop: Shop) -> None:
        breaking = [candidate for candidate in candidates(self.checkout / "breaking") if not candidate.provider]
        self._heading(f"Each of {len(breaking)} breaking candidates is stopped, with the place and the consumers it would break")
        with shop.branch(breaking[0]):
            shown = self._interlock(shop, "check", breaking[0].service, expected=INCOMPATIBLE)
        self._terminal("interlock check", shown)
        for candidate in breaking:
            with shop.branch(candidate):
                outcome = self._interlock(shop, "check", candidate.service, "--format", "json", expected=INCOMPATIBLE)
            rule, place, broken = _worst(outcome.json()["changes"])
            self.console.print(f"  [red]✘ stopped[/]  {candidate.what}\n             [bold]{rule}[/] at {place}; breaks {broken}")

    def _refuse_then_allow(self, shop: Shop) -> None:
        self._heading("A deployment is refused, and allowed after a fix")
        (candidate,) = (found for found in candidates(self.checkout / "breaking") if found.provider)
        self.console.print(f"  {candidate.what}")
        with shop.branch(candidate):
            version = shop.head()
            self._interlock(shop, "publish", expected=ALLOWED)
            options = ["--provider", candidate.service, "--candidate", str(candidate.folder)]
            self._verify(shop, version, options, expected=INCOMPATIBLE)
            self._terminal("interlock can-i-deploy", self._ask(shop, candidate.service, version, expected=INCOMPATIBLE))
        fix = Candidate("fix", candidate.folder, candidate.service, candidate.contract, "Send the summary again.")
        with shop.branch(fix):
            version = shop.head()
            self._interlock(shop, "publish", expected=ALLOWED)
            self._verify(shop, version, ["--provider", candidate.service])
            self._terminal("interlock can-i-deploy", self._ask(shop, candidate.service, version, expected=ALLOWED))
            arguments = ("--service", candidate.service, "--version", version, "--environment", "production")
            self._interlock(shop, "record-deployment", *arguments, expected=ALLOWED)

    def _verify(self, shop: Shop, version: str, options: Sequence[str], *, expected: int = ALLOWED) -> None:
        """Run the reference providers and the real verifier, and record what came of it."""
        output = self.scratch / "results.json"
        arguments = [sys.executable, str(self.checkout / "verify.py"), "--output", str(output), *options]
        with self.console.status("  starting the reference providers and verifying their pacts"):
            done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        if done.returncode != expected:
            raise OutOfStep(f"verify.py ended with {done.returncode}:\n{done.stderr}")
        results: list[dict[str, Any]] = json.loads(output.read_text())
        for provider in sorted({result["provider"] for result in results}):
            facts = ("--provider", provider, "--version", version, "--results", str(output))
            self._interlock(shop, "record-verification", *facts, "--pacts-root", str(self.checkout), expected=ALLOWED)
        held = sum(result["success"] for result in results)
        self.console.print(f"  verified {len(results)} pacts: {held} hold, {len(results) - held} failed")

    def _ask(self, shop: Shop, service: str, version: str, *, expected: int) -> Outcome:
        question = ("--service", service, "--version", version, "--to", "production")
        outcome = self._interlock(shop, "can-i-deploy", *question, expected=expected)
        self.console.print(f"  can-i-deploy {service}: {_ANSWERS[outcome.code]}")
        return outcome

    def _interlock(self, shop: Shop, *arguments: str, expected: int) -> Outcome:
        environment = {"INTERLOCK_SERVER": self.address, "NO_COLOR": "1", "COLUMNS": "110"}
        outcome = run(arguments, folder=shop.folder, environment=environment)
        if outcome.code != expected:
            command = f"interlock {' '.join(arguments)}"
            raise OutOfStep(f"{command} ended with {outcome.code}, not {expected}:\n{outcome.stdout}{outcome.stderr}")
        return outcome

    def _heading(self, text: str) -> None:
        self.console.print(f"\n[bold cyan]{text}[/]")

    def _terminal(self, command: str, outcome: Outcome) -> None:
        """A command's own output, as a person sees it."""
        self.console.print(f"  [dim]$ {command}[/]")
        for line in (outcome.stdout + outcome.stderr).rstrip().splitlines():
            self.console.print(Text.assemble(("  │ ", "dim"), line))


_ANSWERS = {ALLOWED: "[green]yes[/]", INCOMPATIBLE: "[red]no[/]", UNKNOWN: "[yellow]unknown[/]"}


def _claimed(receipt: Mapping[str, Any]) -> list[str]:
    releases: Iterable[Mapping[str, Any]] = (release for row in receipt["service_versions"] for release in row["releases"])
    return [f"{release['contract']} {release['version']}" for release in releases if release["created"]]


def _worst(changes: Sequence[Mapping[str, Any]]) -> tuple[str, str, str]:
    """Rule, place and broken consumers of the first breaking change."""
    first = next(change for change in changes if change["severity"] == "breaking")
    place = first["new"] or first["old"]
    line = f":{place['line']}:{place['column']}" if place["line"] else ""
    consumers = sorted({consumer["service"] for consumer in first["consumers"]})
    return first["rule"], f"{place['file']}{line}", ", ".join(consumers) or "nobody known"
