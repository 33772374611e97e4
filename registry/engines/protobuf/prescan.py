"""What is checked in the text of `.proto` files before a compiler sees it.

The compiler aborts on option literals nested a hundred levels deep and recurses once per imported file, so both depths are
counted here, in linear time, and refused with their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from pathlib import PurePosixPath

from registry.domain.errors import BadReference, LimitExceeded, Malformed, NotText
from registry.domain.location import Location, Position
from registry.engines.protobuf.limits import CompileLimits

# Comments and strings are matched first, so that brackets inside them do not count. A string ends at its line's end at the latest,
# as it does for the compiler. The pattern is ours and has no ambiguous repetition; no contract text becomes a pattern.
_TOKEN = re.compile(
    rb"//[^\n]*|/\*.*?(?:\*/|\Z)"
    rb"|\bimport\s+(?:(?:public|weak|option)\s+)?(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)')"
    rb"|\"(?:[^\"\\\n]|\\.)*[\"\n]?|'(?:[^'\\\n]|\\.)*['\n]?"
    rb"|(?P<open>[{\[<])|(?P<close>[}\]>])",
    re.DOTALL,
)
# The same without places, for files that are far from any limit. A line comment hides all of its line, wherever the line stands,
# unless it could end a block comment; most of a file are such lines. Commented imports count, too.
_COMMENT_LINE = re.compile(rb"\n[ \t]*//[^\n*]*(?=\n)")
_HIDING = re.compile(
    rb"//[^\n]*|/\*.*?(?:\*/|\Z)|\"[^\"\\\n]*(?:\\.[^\"\\\n]*)*[\"\n]?|'[^'\\\n]*(?:\\.[^'\\\n]*)*['\n]?", re.DOTALL
)
_PERHAPS_IMPORT = re.compile(rb"import\s+(?:(?:public|weak|option)\s+)?(?:\"([^\"\n]*)\"|'([^'\n]*)')")
_NO_BRACKET = bytes(set(range(256)) - set(b"{[<}]>"))
_STEPS = {**dict.fromkeys(b"{[<", 1), **dict.fromkeys(b"}]>", -1)}
_UNSAFE_IN_NAME = re.compile(r"[\x00-\x1f\\:\x7f]")


def scan(files: Mapping[str, bytes], limits: CompileLimits) -> None:
    """Refuse what a compiler should not meet.

    Raises LimitExceeded (too many files or bytes, brackets or imports too deep), NotText (not UTF-8, NUL), Malformed (an empty
    file) or BadReference (a path or an import that is absolute or climbs), each at its place.
    """
    if len(files) > limits.files:
        raise LimitExceeded(f"there are {len(files)} .proto files; {limits.files} are allowed")
    size = sum(map(len, files.values()))
    if size > limits.bytes:
        raise LimitExceeded(f"the .proto files have {size} bytes together; {limits.bytes} are allowed")
    imports = {name: _scan_file(name, data, limits) for name, data in files.items()}
    _check_import_depth(imports, limits)


def stays_inside(name: str) -> bool:
    """Whether a file name is a path inside the contract's folder that a compiler takes for nothing else."""
    return not (_leaves(name) or name.startswith("-") or _UNSAFE_IN_NAME.search(name))


def _scan_file(name: str, data: bytes, limits: CompileLimits) -> tuple[str, ...]:
    if not stays_inside(name):
        raise BadReference(f"{name!r} is not a path inside the contract's folder", Location(name, ""))
    if not data.strip():
        raise Malformed("the file is empty", Location(name, ""))
    if b"\0" in data:
        raise NotText("the file contains a NUL character", _place(name, data, data.index(b"\0")))
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise NotText("the file is not UTF-8", _place(name, data, error.start)) from None
    imports = _glance(data, limits)
    return _walk(name, data, limits) if imports is None else imports


def _glance(data: bytes, limits: CompileLimits) -> tuple[str, ...] | None:
    """What a file imports, if a look at its brackets shows no depth near the limit and no import leaves; else None.

    Too many closing brackets, which the compiler refuses anyway, are left to the walk.
    """
    text = _COMMENT_LINE.sub(b"", data)
    brackets = _HIDING.sub(b"", text).translate(None, _NO_BRACKET)
    depths = list(accumulate(map(_STEPS.__getitem__, brackets), initial=0))
    if min(depths) < 0 or max(depths) > limits.nesting:
        return None
    imports = tuple((double or single).decode() for double, single in _PERHAPS_IMPORT.findall(text))
    return None if any(map(_leaves, imports)) else imports


def _walk(name: str, data: bytes, limits: CompileLimits) -> tuple[str, ...]:
    imports: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(data):
        match token.lastgroup:
            case "open":
                depth += 1
                if depth > limits.nesting:
                    problem = f"brackets are nested more than {limits.nesting} levels deep"
                    raise LimitExceeded(problem, _place(name, data, token.start()))
            case "close":
                depth -= depth > 0
            case "double" | "single":
                imported = token[token.lastgroup].decode()
                if _leaves(imported):
                    problem = f"the import {imported!r} is not a path inside the contract's folder"
                    raise BadReference(problem, _place(name, data, token.start()))
                imports.append(imported)
            case _:
                pass
    return tuple(imports)


def _leaves(path: str) -> bool:
    return path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts or path != str(PurePosixPath(path))


def _place(name: str, data: bytes, offset: int) -> Location:
    line_start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[line_start:offset].decode(errors="replace")) + 1
    return Location(name, "", Position(data.count(b"\n", 0, offset) + 1, column))


def _check_import_depth(imports: Mapping[str, Iterable[str]], limits: CompileLimits) -> None:
    """Find a chain that is too long, without recursion. A cycle ends a chain: the compiler reports it, with its place."""
    depths: dict[str, int] = {}
    for root in imports:
        stack = [root]
        open_files: set[str] = set()
        while stack:
            name = stack[-1]
            waiting = [child for child in imports[name] if child in imports and child not in depths and child not in open_files]
            if waiting and name not in open_files:
                open_files.add(name)
                stack.extend(waiting)
                continue
            stack.pop()
            depths[name] = 1 + max((depths.get(child, 0) for child in imports[name]), default=0)
            if depths[name] > limits.import_depth:
                raise LimitExceeded(f"imports are chained through more than {limits.import_depth} files", Location(name, ""))
