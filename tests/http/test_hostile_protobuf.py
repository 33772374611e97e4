"""Hostile Protobuf contracts, published side by side with sound ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.http.registry_under_test import Answer, Caller, encoded, publication, service_version
from tests.protobuf.hostile import HOSTILE

LARGER_THAN_A_BODY = 10_000_000
SOUND = {"a.proto": b'syntax = "proto3";\npackage a.v1;\nmessage A { string s = 1; }\n'}


def _contract(name: str, files: dict[str, bytes]) -> dict[str, Any]:
    rows = [{"path": path, "content": encoded(data)} for path, data in files.items()]
    return {"contract": name, "kind": "protobuf", "entry": "", "files": rows, "version": "1.0.0", "mode": "backward"}


def _publish(admin: Caller, number: int, files: dict[str, bytes]) -> Answer:
    row = service_version(f"service-{number}", "team", "v1", provides=[_contract(f"contract-{number}", files)])
    return admin.post("/publications", publication(row))


def test_the_service_survives_all_of_them_at_once(admin: Caller) -> None:
    """Each hostile contract gets a 4xx with words and writes nothing; each sound one beside it is published."""
    made = {name: dict(make()) for name, (make, error, _) in HOSTILE.items() if error is not None}
    hostile = [files for files in made.values() if sum(map(len, files.values())) < LARGER_THAN_A_BODY]
    mixed = [files for bad in hostile for files in (bad, SOUND)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda job: _publish(admin, *job), enumerate(mixed)))
    for bad, good in zip(answers[0::2], answers[1::2], strict=True):
        assert 400 <= bad.status < 500, bad.body
        assert bad.body["detail"]
        assert good.status == 201, good.body
    contracts = {row["name"] for page in [admin.get("/contracts?limit=200").body] for row in page["items"]}
    assert contracts == {f"contract-{number}" for number in range(1, len(mixed), 2)}
