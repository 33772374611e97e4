"""Short Protobuf texts as whole contracts: how the examples of rules are run."""

from __future__ import annotations

import re

from registry.domain.contract import Source

_FILE_NAME = re.compile(r"^// file: (\S+)\n", re.MULTILINE)
_OWN_SYNTAX = re.compile(r"^\s*(?:syntax|edition)\b", re.MULTILINE)


def source_of(text: str) -> Source:
    """A contract of one file, or of several that start with `// file: NAME` each.

    A file without a syntax line of its own is proto3, in the package `example`.
    """
    parts = _FILE_NAME.split(text)
    named = dict(zip(parts[1::2], parts[2::2], strict=True)) or {"example.proto": text}
    return Source({name: (_whole(part) if name.endswith(".proto") else part).encode() for name, part in named.items()}, "")


def _whole(text: str) -> str:
    return text if _OWN_SYNTAX.search(text) else f'syntax = "proto3";\npackage example;\n{text}'
