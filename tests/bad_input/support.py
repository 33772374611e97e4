"""What every refusal has in common."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from time import process_time

from tests.http.registry_under_test import RegistryUnderTest

SECONDS = 5.0
"""The processor time that an answer may take; without its bound each costly input takes minutes, or all memory."""


@contextmanager
def unchanged(registry: RegistryUnderTest) -> Generator[None]:
    """Assert that what happens inside leaves no row, and does not keep anybody waiting."""
    before, began = registry.rows(), process_time()
    yield
    assert process_time() - began < SECONDS
    assert registry.rows() == before


@contextmanager
def in_time() -> Generator[None]:
    """Assert that what happens inside does not keep anybody waiting."""
    began = process_time()
    yield
    assert process_time() - began < SECONDS
