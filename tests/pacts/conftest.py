"""Generated examples take the time they take: on two busy cores a deadline tells nothing about the code."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("without a deadline", deadline=None)
settings.load_profile("without a deadline")
