"""Pacts as the registry keeps them, and what they say a consumer uses, in the words of the provider's contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.engines.documents.limits import Limits


@dataclass(frozen=True, slots=True)
class ReadPact:
    """A pact that could be read: its two sides, its content identity, and its uses as JSON."""

    consumer: str
    provider: str
    content: str
    uses: Mapping[str, Any]


def read_pact(name: str, data: bytes, limits: Limits) -> ReadPact:
    """Read a pact file. Raises the BadInput errors."""
    from registry.engines.pacts.contents import content_identity
    from registry.engines.pacts.parsing import parse
    from registry.engines.pacts.usage import usage

    pact = parse(name, data, limits)
    return ReadPact(pact.consumer, pact.provider, content_identity(pact), _uses_to_json(usage(pact)))


def _uses_to_json(uses: Sequence[Any]) -> dict[str, Any]:
    raise NotImplementedError


def elements_of_http(uses: Mapping[str, Any], find: Any) -> Iterator[str]:
    raise NotImplementedError
