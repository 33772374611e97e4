"""Reading what a verifier wrote down, and making the registry's request of it."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from cli.working_tree import WorkingTree
from registry.domain.errors import BadRequest
from registry.domain.location import Location, child
from registry.engines.documents.document import locate, read
from registry.engines.documents.limits import Limits
from registry.services.places import errors_below

_ROW = {"pact": str, "success": bool}
_INTERACTION = {"description": str, "success": bool}


def verification_body(provider: str, version: str, results: Path, pacts_root: Path, limits: Limits) -> dict[str, Any]:
    """The body of `POST /verifications`, with the bytes of every pact of this provider.

    Raises BadRequest for results of another shape, for a pact that is missing, and when there is none of this provider.
    """
    rows = _rows(results, limits)
    own = [(index, row) for index, row in enumerate(rows) if row.get("provider", provider) == provider]
    if not own:
        raise BadRequest(f"The results hold no pact whose provider is {provider}.", Location(str(results), ""))
    pacts = WorkingTree(pacts_root, limits)
    verifiers = sorted({str(row["verifier"]) for _, row in own if "verifier" in row})
    return {
        "provider": provider,
        "version": version,
        "verifier": ", ".join(verifiers),
        "results": [_result(row, pacts, Location(str(results), child("", index, "pact"))) for index, row in own],
    }


def _rows(results: Path, limits: Limits) -> list[dict[str, Any]]:
    tree = WorkingTree(results.parent, limits)
    with errors_below(results.parent.as_posix()):
        document = read(results.name, tree.read(results.name) or b"", limits)
        fault = _fault(document.value)
        if fault is not None:
            pointer, problem = fault
            raise BadRequest(problem, Location(results.name, pointer, locate(document, pointer)))
    return document.value  # pyright: ignore[reportReturnType] - its shape was checked


def _fault(value: Any) -> tuple[str, str] | None:
    """Where the results are of another shape, and what is wrong there."""
    if not isinstance(value, list):
        return "", "The results are no list."
    for index, row in enumerate(value):
        found = _fault_of_object(row, child("", index), _ROW)
        if found:
            return found
        interactions = row.get("interactions", [])
        if not isinstance(interactions, list):
            return child("", index, "interactions"), "The interactions are no list."
        for at, interaction in enumerate(interactions):
            found = _fault_of_object(interaction, child("", index, "interactions", at), _INTERACTION)
            if found:
                return found
    return None


def _fault_of_object(value: Any, pointer: str, needed: dict[str, type]) -> tuple[str, str] | None:
    if not isinstance(value, dict):
        return pointer, "This is no object."
    for key, kind in needed.items():
        if not isinstance(value.get(key), kind):
            return pointer, f"{key} is missing, or is no {'text' if kind is str else 'truth value'}."
    return None


def _result(row: dict[str, Any], pacts: WorkingTree, place: Location) -> dict[str, Any]:
    content = pacts.read(row["pact"])
    if content is None:
        raise BadRequest(f"The pact {row['pact']} does not exist; --pacts-root says where its path starts.", place)
    return {
        "pact": base64.b64encode(content).decode(),
        "success": row["success"],
        "interactions": [
            {"description": item["description"], "success": item["success"], "problem": str(item.get("problem") or "")}
            for item in row.get("interactions", [])
        ],
    }
