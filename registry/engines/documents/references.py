"""Which files a JSON or YAML document refers to: for collecting what a contract is made of, before any engine reads it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from registry.domain.change import Json
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits

_LONGEST_PATH = 1_024


def referenced_files(name: str, data: bytes, limits: Limits) -> tuple[str, ...]:
    """The relative paths, from the contract's folder, of the files that `$ref`s in this one name; sorted, each once.

    References to URLs, out of the folder and to what no file can be called are left to the engine, which refuses them at their
    place. Raises what `read` raises.
    """
    targets = (_file_of(name, reference) for reference in _references(read(name, data, limits).value))
    return tuple(sorted({target for target in targets if target is not None}))


def _file_of(name: str, reference: str) -> str | None:
    try:
        parts = urlsplit(reference)
    except ValueError:  # such as `//[`
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
    leaves = target.startswith(("/", "../")) or target == ".."
    return None if leaves or "\0" in target or len(target) > _LONGEST_PATH else target


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
