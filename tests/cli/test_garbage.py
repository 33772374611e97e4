"""Commands that end soon do not look for garbage."""

from __future__ import annotations

import gc

import pytest

from cli.garbage import uncollected


def test_collection_pauses_inside_and_resumes_behind() -> None:
    """Inside there is no collection, behind it is as before, also after an error."""
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="inside"), uncollected():
        raise ValueError("inside")
    assert gc.isenabled()
