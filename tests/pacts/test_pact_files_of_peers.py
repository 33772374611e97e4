"""Pact files that other tools publish as their test data are read whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registry.engines.pacts.contents import content_identity
from registry.engines.pacts.pact import OtherExchange
from registry.engines.pacts.parsing import parse
from registry.engines.pacts.usage import usage

CONFORMANCE = Path(__file__).parents[2].parent / "shared" / "conformance"
FILES = sorted((*CONFORMANCE.glob("pact-openapi/**/pact.json"), *CONFORMANCE.glob("pact-broker/*.json")))


@pytest.mark.skipif(not FILES, reason="needs ../shared/conformance, which is not here")
def test_every_interaction_is_read() -> None:
    """No interaction is refused or lost, and no two files have the same content unless they say the same."""
    contents: dict[str, object] = {}
    for file in FILES:
        document = json.loads(file.read_text())
        pact = parse(file.name, file.read_bytes())
        assert len(pact.interactions) == len(document.get("interactions", [])), file
        understood = [item for item in pact.interactions if not isinstance(item.exchange, OtherExchange)]
        assert len(usage(pact)) >= len(understood), file
        said = sorted(json.dumps(item, sort_keys=True) for item in document.get("interactions", []))
        assert contents.setdefault(content_identity(pact), said) == said, file
