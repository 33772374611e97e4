"""What every refusal has in common."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from time import perf_counter

from tests.http.registry_under_test import RegistryUnderTest

SECONDS = 5.0
"""How long an answer may take on a busy machine; without its bound each costly input takes minutes, or all memory."""


@contextmanager
def unchanged(registry: RegistryUnderTest) -> Generator[None]:
    """Assert that what happens inside leaves no row, and does not keep anybody waiting."""
    before, began = registry.rows(), perf_counter()
    yield
    assert perf_counter() - began < SECONDS
    assert registry.rows() == before


@contextmanager
def in_time() -> Generator[None]:
    """Assert that what happens inside does not keep anybody waiting."""
    began = perf_counter()
    yield
    assert perf_counter() - began < SECONDS
