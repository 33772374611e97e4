"""The manifests say where everything is, who owns it, and use only what somebody provides."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cli.working_tree import WorkingTree
from contracts.checkout.tests.documents import PLATFORM, STEPS, manifest, provided, read, services, short
from registry.engines.documents.limits import Limits
from registry.services.formats import engine_of
from registry.services.trees import Origin, service_version_at

CONSUMED = {
    f"{folder.name} {entry['contract']}": (folder, entry) for folder in services() for entry in manifest(folder).get("consumes", [])
}
READERS = {name: consumed for name, consumed in CONSUMED.items() if consumed[1].get("reader", "").endswith(".schema.json")}


@pytest.mark.parametrize("folder", [folder for step in STEPS for folder in services(step)], ids=short)
def test_every_path_leads_somewhere(folder: Path) -> None:
    """Contracts, examples, readers and pacts are where the manifest says."""
    told = manifest(folder)
    paths = [entry["path"] for key in ("provides", "events") for entry in told.get(key, [])]
    paths += [path for entry in told.get("events", []) for path in entry["examples"]]
    paths += [
        path for entry in told.get("consumes", []) for path in [*entry.get("pacts", []), *filter(None, [entry.get("reader")])]
    ]
    assert [path for path in paths if not (folder / path).exists()] == []
    assert told["service"]["name"] == folder.name


def test_every_entity_has_one_owner() -> None:
    """Each service is the single system of record of its entities, and every event tells about one of its own."""
    entities = [entity for folder in services() for entity in manifest(folder)["service"].get("entities", [])]
    assert [entity for entity, times in Counter(entities).items() if times > 1] == []
    for folder in services():
        own = manifest(folder)["service"].get("entities", [])
        assert all(entry["entity"] in own for entry in manifest(folder).get("events", []))


def test_every_contract_has_one_provider() -> None:
    """The same name is only offered twice as two major lines of one service."""
    offered = [(name, version.partition(".")[0], folder.name) for folder in services() for name, _, _, version in provided(folder)]
    assert len({(name, major) for name, major, _ in offered}) == len(offered)
    assert len({(name, service) for name, _, service in offered}) == len({name for name, _, _ in offered})


def test_every_pact_stands_in_one_manifest() -> None:
    """No pact is forgotten, and each is listed by its consumer under a contract of its provider."""
    listed: list[Path] = []
    owners = {name: folder.name for folder in services() for name, _, _, _ in provided(folder)}
    for folder in services():
        for entry in manifest(folder).get("consumes", []):
            for path in (folder / pact for pact in entry.get("pacts", [])):
                pact = json.loads(path.read_text())
                assert (pact["consumer"]["name"], pact["provider"]["name"]) == (folder.name, owners[entry["contract"]])
                listed.append(path)
    assert sorted(listed) == sorted(PLATFORM.glob("*/pacts/*.json"))


@pytest.mark.parametrize("entry", [entry for _, entry in CONSUMED.values()], ids=CONSUMED)
def test_what_is_used_is_provided(entry: dict[str, Any]) -> None:
    """A consumer pins a version that is there, or has a reader of its own, and the elements that it uses exist in it."""
    assert ("version" in entry) != ("reader" in entry)
    offers = {version: folder for folder in services() for name, _, _, version in provided(folder) if name == entry["contract"]}
    version = entry.get("version") or min(offers)
    assert set(entry.get("uses", [])) <= _elements(offers[version], entry["contract"], int(version.partition(".")[0]))


@pytest.mark.parametrize(("folder", "entry"), READERS.values(), ids=READERS)
def test_a_reader_reads_every_example(folder: Path, entry: dict[str, Any]) -> None:
    """A consumer's own reader schema accepts every example of the event, and nothing of another type."""
    reader = Draft202012Validator(read(folder / entry["reader"]))
    for producer in services():
        for event in manifest(producer).get("events", []):
            for example in event["examples"]:
                assert reader.is_valid(read(producer / example)) == (event["name"] == entry["contract"])


def _elements(folder: Path, contract: str, major: int) -> frozenset[str]:
    """The elements of a contract, as the registry lists them."""
    limits = Limits()
    version = service_version_at(WorkingTree(folder, limits), "", Origin("today"), limits)
    [found] = [each for each in version.provides if each.contract == contract and each.version and each.version.major == major]
    engine = engine_of(found.kind)
    return engine.elements(engine.read(found.source, limits), contract)
