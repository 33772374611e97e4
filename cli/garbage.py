"""What a command of a few seconds does about garbage: nothing."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """Do not look for cycles of garbage inside.

    Two contracts are a million objects that stay until the end: looking through them again and again took a third of the time of a
    comparison and found next to nothing. A service, which stays, does collect.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
