"""How consumer tests agree on a pact with pact-python, hold it against the real client or handler, and write it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pact import Pact, match

from contracts.checkout.common.events import MEDIA_TYPE, Caller, Event, EventType

os.environ.setdefault("PACT_DO_NOT_TRACK", "true")  # Pact reports its use to its makers otherwise

Client = TypeVar("Client")

CALLER = Caller("shop-berlin", "2b6f0cc9-04d1-4b70-9f57-1e2f5a3f6d11")

PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Conversation(Generic[Client]):
    """One interaction: `agree` adds it to a pact, `talk` has the client do it and checks what the client understood."""

    agree: Callable[[Pact], None]
    talk: Callable[[Client], None]

    def __str__(self) -> str:
        return self.talk.__name__


def hold(pact: Pact, conversations: Sequence[Conversation[Client]], connect: Callable[[str], Client]) -> None:
    """Have the client talk to Pact's mock provider. Raises MismatchesError for a request that was not agreed on, or not made."""
    for conversation in conversations:
        conversation.agree(pact)
    with pact.serve("127.0.0.1") as server:
        client = connect(str(server.url))
        for conversation in conversations:
            conversation.talk(client)


def hold_messages(pact: Pact, read: Callable[[Event], None]) -> None:
    """Have the handler read every message of the pact. Raises PactVerificationError when it cannot."""

    def read_json(body: str | bytes | None, _metadata: dict[str, object]) -> None:
        read(json.loads(body or ""))

    pact.verify(read_json, "Async")


def keep(pact: Pact, path: Path) -> bool:
    """Write the pact; true when that changed nothing. The file is replaced whole, and only when an interaction differs."""
    with tempfile.TemporaryDirectory() as folder:
        pact.write_file(folder, overwrite=True)
        [written] = Path(folder).iterdir()
        new = json.loads(written.read_text())
    old = json.loads(path.read_text()) if path.exists() else {}
    if all(old.get(part) == new[part] for part in ("consumer", "provider", "interactions")):
        return True
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(json.dumps(new, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    draft.replace(path)
    return False


@dataclass(frozen=True, slots=True)
class State:
    """A provider state by name, with its parameters."""

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A request. Unsafe methods carry an idempotency key."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


def agree(pact: Pact, description: str, state: State, call: Call, status: int, answer: Any) -> None:
    """Add an HTTP interaction to a pact: a problem for statuses from 400 on, else JSON."""
    interaction = pact.upon_receiving(description).given(state.name, dict(state.parameters)).with_request(call.method, call.path)
    for name, value in call.query.items():
        interaction.with_query_parameter(name, value)
    for name, value in _headers(unsafe=call.method != "GET").items():
        interaction.with_header(name, value)
    if call.body is not None:
        interaction.with_body(call.body, "application/json")
    interaction.will_respond_with(status).with_body(answer, PROBLEM if status >= 400 else "application/json")


def agree_on_event(pact: Pact, description: str, state: State, event: Mapping[str, Any]) -> None:
    """Add an event to a pact."""
    interaction = pact.upon_receiving(description, "Async").given(state.name, dict(state.parameters))
    interaction.with_body(dict(event), MEDIA_TYPE).with_metadata({"contentType": MEDIA_TYPE})


def money(amount: int, currency: str = "EUR") -> dict[str, Any]:
    """Any amount in any currency."""
    return {"amount": match.integer(amount), "currency": match.regex(currency, regex="[A-Z]{3}")}


def problem(status: int, code: str) -> dict[str, Any]:
    """A problem with exactly this code: programs decide by it."""
    return {"title": match.like("What went wrong"), "status": status, "code": code}


def envelope(kind: EventType, data: Mapping[str, Any]) -> dict[str, Any]:
    """An event of exactly this type in its CloudEvents envelope, with the attributes that every reader of ours looks at."""
    return {
        "specversion": "1.0",
        "id": match.uuid("7b0f6f0e-3d6e-4f7e-9a55-1f5d2f1f0a10"),
        "source": match.like(f"/checkout/{kind.service}"),
        "type": kind.type,
        "correlationid": match.uuid(CALLER.correlation),
        "tenantid": match.regex(CALLER.tenant, regex="[a-z0-9][a-z0-9-]{1,62}"),
        "data": dict(data),
    }


def _headers(*, unsafe: bool) -> dict[str, Any]:
    always = {
        "X-Tenant-Id": match.regex(CALLER.tenant, regex="[a-z0-9][a-z0-9-]{1,62}"),
        "X-Correlation-Id": match.uuid(CALLER.correlation),
    }
    return always | ({"Idempotency-Key": match.regex("4c2d7f2e-checkout", regex="[!-~]{8,64}")} if unsafe else {})
