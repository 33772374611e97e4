"""Which operation of a contract a concrete request is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.model import Operation
from registry.engines.openapi.reader import read_api


@dataclass(frozen=True, slots=True)
class Route:
    """A template and the operation under it, with the values that the concrete path gives to its expressions."""

    template: str
    element: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Branch:
    """What may follow so far: literal segments first, then segments with template expressions, then the end of a path."""

    literals: dict[str, _Branch]
    expressions: dict[str, _Branch]
    ends: dict[str, Operation]


class Routes:
    """The operations of a contract by method and path, found in time that grows with the length of the path.

    Concrete segments win over template expressions (OpenAPI 3.1, section 4.8.8.1). `prefixes` are the paths of the servers.
    """

    def __init__(self, operations: tuple[Operation, ...], prefixes: tuple[str, ...]) -> None:
        self._root = _Branch({}, {}, {})
        self._prefixes = prefixes
        for operation in operations:
            self._add(operation)

    def _add(self, operation: Operation) -> None:
        branch = self._root
        for segment in _segments(operation.template):
            following = branch.expressions if "{" in segment else branch.literals
            branch = following.setdefault(segment, _Branch({}, {}, {}))
        branch.ends.setdefault(operation.method, operation)

    def find(self, method: str, path: str) -> Route | None:
        """The route of a request, or None. `path` may carry a query string and one of the servers' base paths."""
        plain = urlsplit(path).path if "://" in path else path.partition("?")[0]
        for prefix in ("", *self._prefixes):
            if plain == prefix or plain.startswith(f"{prefix}/"):
                found = _find(self._root, _segments(plain[len(prefix) :] or "/"), method.upper(), {})
                if found is not None:
                    return found
        return None


def routes(contract: ApiContract) -> Routes:
    """The routes of a contract."""
    found = tuple(operation for path in read_api(contract).paths for operation in path.operations)
    urls = {server.url for operation in found for server in operation.servers.servers}
    return Routes(found, tuple(sorted({path for url in urls if (path := _base_path(url))})))


def _base_path(url: str) -> str:
    """The path of a server's address; none where a variable stands in it."""
    path = urlsplit(url.replace("{", "").replace("}", "")).path if "{" not in url.partition("://")[2].partition("/")[2] else ""
    return path.rstrip("/")


def _segments(path: str) -> tuple[str, ...]:
    return tuple(path.split("/")[1:])


def _find(branch: _Branch, segments: tuple[str, ...], method: str, values: Mapping[str, str]) -> Route | None:
    if not segments:
        operation = branch.ends.get(method)
        return Route(operation.template, operation.element, values) if operation else None
    first, rest = segments[0], segments[1:]
    literal = branch.literals.get(first) or branch.literals.get(unquote(first))
    if literal is not None and (found := _find(literal, rest, method, values)) is not None:
        return found
    for template, following in branch.expressions.items():
        read = _read(template, first)
        if read is not None and (found := _find(following, rest, method, {**values, **read})) is not None:
            return found
    return None


def _read(template: str, segment: str) -> Mapping[str, str] | None:
    """The values that a segment gives to the expressions of a template segment such as `{name}.{format}`, or None.

    Each expression takes as little as lets the literal after it follow; an expression is never empty.
    """
    values: dict[str, str] = {}
    literal, *pieces = template.split("{")
    if not segment.startswith(literal):
        return None
    rest = segment[len(literal) :]
    for index, piece in enumerate(pieces):
        name, _, after = piece.partition("}")
        last = index == len(pieces) - 1
        end = len(rest) - len(after) if last else rest.find(after, 1) if after else 1
        if end < 1 or not rest[end:].startswith(after):
            return None
        values[name] = unquote(rest[:end])
        rest = rest[end + len(after) :]
    return None if rest else values
