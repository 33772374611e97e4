"""The key of an embedded registry's token hashes, in a file beside its database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from registry.domain.errors import Unavailable

_BYTES = 32


def kept_key(file: Path) -> bytes:
    """The key in a file that only its owner can read, made when missing. Raises Unavailable when there can be none."""
    try:
        if not file.exists():
            _make(file)
        return file.read_bytes()
    except OSError as error:
        raise Unavailable(f"The key file {file} can be neither read nor made: {error.strerror}.") from error


def _make(file: Path) -> None:
    """Processes that start together agree on one key: the first link wins, and nobody reads half a file."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as output:
        output.write(secrets.token_bytes(_BYTES))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
