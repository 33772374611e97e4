"""The words that messages use for the parts of a contract."""

from __future__ import annotations

from collections.abc import Iterable

from registry.engines.openapi.model import Header, Operation, Parameter


def named(thing: Operation | Parameter | Header) -> str:
    """What a reader would call it: `GET /carts`, "the query parameter `limit`", "the header `ETag`"."""
    if isinstance(thing, Operation):
        return thing.element
    if isinstance(thing, Parameter):
        return f"the {thing.place} parameter `{thing.name}`"
    return f"the header `{thing.name}`"


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def listed(names: Iterable[str]) -> str:
    """`a`, `b` and `c`."""
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1]))) if quoted else "none"
