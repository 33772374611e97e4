"""The meta-schemas of all drafts, which come with the program, so that a reference to one needs no network."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, cast

from jsonschema_specifications import REGISTRY as _SHIPPED  # pyright: ignore[reportMissingTypeStubs]

from registry.domain.change import Json

REGISTRY: Final[Any] = _SHIPPED
"""A registry for the `referencing` library with the meta-schemas and nothing else; it retrieves nothing."""


@lru_cache(maxsize=1)
def meta_schemas() -> Mapping[str, Json]:
    """Every meta-schema by its address, without the empty fragment."""
    return {str(uri).rstrip("#"): cast("Json", REGISTRY.contents(uri)) for uri in REGISTRY}
