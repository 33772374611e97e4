"""The five reference services, started once for each module that asks for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contracts.checkout.running import Running, running


@pytest.fixture(scope="module")
def services() -> Iterator[dict[str, Running]]:
    """All services, by name."""
    with running() as started:
        yield started
