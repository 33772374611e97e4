"""Which files a JSON or YAML document refers to: for collecting what a contract is made of, before any engine reads it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from registry.domain.change import Json
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits


def referenced_files(name: str, data: bytes, limits: Limits) -> tuple[str, ...]:
    """The relative paths, from the contract's folder, of the files that `$ref`s in this one name; sorted, each once.

    References to URLs and out of the folder are left to the engine, which refuses them at their place. Raises what `read` raises.
    """
    found: set[str] = set()
    for reference in _references(read(name, data, limits).value):
        parts = urlsplit(reference)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
        if not target.startswith(("/", "..")):
            found.add(target)
    return tuple(sorted(found))


def _references(value: Json) -> Iterator[str]:
    stack: list[Json] = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, dict):
            reference = current.get("$ref")
            if isinstance(reference, str):
                yield reference
            stack.extend(current.values())
        elif isinstance(current, list):
            stack.extend(current)
