"""How a value of a parameter or header is written, as far as two ways can be told apart (OpenAPI 3.1, section 4.8.12.4)."""

from __future__ import annotations

from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.model import Encoding, Header, Parameter
from registry.engines.openapi.names import essence
from registry.engines.openapi.node import Node

_COMPOUND = frozenset({"array", "object"})


def spelling(thing: Parameter | Header) -> str:
    """How it is written, in the specification's words."""
    if thing.media_type is not None:
        return thing.media_type
    style = thing.style if isinstance(thing, Parameter) else "simple"
    return f"style {style}, explode {'true' if thing.explode else 'false'}"


def differs(old_contract: ApiContract, old: Parameter | Header, new_contract: ApiContract, new: Parameter | Header) -> bool:
    """Whether some value that both describe is written in two ways."""
    if old.media_type is not None and new.media_type is not None:
        return essence(old.media_type) != essence(new.media_type)
    if old.media_type is not None or new.media_type is not None:
        return not (_is_bare(old_contract, old) and _is_bare(new_contract, new))
    if isinstance(old, Parameter) and isinstance(new, Parameter) and old.style != new.style:
        # `form` and `simple` differ for every value only by what stands around it, which the place decides.
        return True
    return old.explode != new.explode and compound(old_contract, old.schema) and compound(new_contract, new.schema)


def _is_bare(contract: ApiContract, thing: Parameter | Header) -> bool:
    """Whether the value is written as it is: a scalar in the style of its place, or in plain text."""
    style = thing.style if isinstance(thing, Parameter) else "simple"
    plain = style in {"form", "simple"} if thing.media_type is None else essence(thing.media_type) == "text/plain"
    return plain and not compound(contract, thing.schema)


def lone_value(old_contract: ApiContract, old: Parameter, new_contract: ApiContract, new: Parameter) -> Node | None:
    """What reads a single value that old clients send where the new version has an array: the schema of its items, or None.

    `ids=1` is written alike by a scalar and by an array of one, whatever the style; an array that wants more than one refuses it.
    """
    if new.schema is None or old.media_type is not None or new.media_type is not None or compound(old_contract, old.schema):
        return None
    array = new_contract.resolve(new.schema)
    least = array.raw("minItems")
    types = types_of(array) - {"null"}
    if types != frozenset({"array"}) or (isinstance(least, int) and least > 1) or array.member("contains"):
        return None
    return array.member("items")


def encoding_spelling(encoding: Encoding) -> str:
    """How a property of a form body is written, in the specification's words."""
    reserved = ", reserved characters as they are" if encoding.allow_reserved else ""
    return f"style {encoding.style}, explode {'true' if encoding.explode else 'false'}{reserved}"


def encoding_differs(old_contract: ApiContract, old: Encoding, new_contract: ApiContract, new: Encoding) -> bool:
    """Whether a property that a form body had before is written in two ways.

    One that is new had no spelling before. A scalar is written as it is, whatever the style.
    """
    before, after = (part_of(contract, each.body, each.path[-1]) for contract, each in ((old_contract, old), (new_contract, new)))
    if before is None and old.body is not None and old_contract.resolve(old.body).member("properties"):
        return False
    if old.allow_reserved != new.allow_reserved:
        return True
    scalar = [
        part is not None and not compound(contract, part) for contract, part in ((old_contract, before), (new_contract, after))
    ]
    return (old.style, old.explode) != (new.style, new.explode) and not all(scalar)


def part_of(contract: ApiContract, body: Node | None, step: str) -> Node | None:
    """The schema of a part, by a step of the path of its encoding, where the schema of what it is a part of has it."""
    if body is None:
        return None
    whole = contract.resolve(body)
    if step.startswith("["):
        ahead, position = tuple(whole.items("prefixItems")), step[1:-1]
        return ahead[int(position)] if position.isdecimal() and int(position) < len(ahead) else whole.member("items")
    properties = whole.member("properties")
    return None if properties is None else properties.member(step)


def content_types(contract: ApiContract, encoding: Encoding) -> tuple[str, ...]:
    """The content types in which a part is written, the one that its schema implies where none is named; none when unknown.

    An array is written as its items are, one part each (OpenAPI 3.1, section 4.8.15.1).
    """
    if encoding.content_type:
        return tuple(name.strip() for name in encoding.content_type.split(","))
    part = part_of(contract, encoding.body, encoding.path[-1])
    node = contract.resolve(part) if part else None
    if node is not None and types_of(node) == frozenset({"array"}):
        items = node.member("items")
        node = contract.resolve(items) if items else None
    types = types_of(node) - {"null"} if node is not None else frozenset[str]()
    if node is None or len(types) != 1:
        return ()
    if types == frozenset({"string"}) and (node.raw("contentEncoding") is not None or node.text("format") == "binary"):
        return ("application/octet-stream",)
    return ("application/json",) if types & _COMPOUND else ("text/plain",)


def compound(contract: ApiContract, schema: Node | None, depth: int = 8) -> bool:
    """Whether a schema lets an array or an object pass, as far as its types say; beyond the depth it does."""
    if schema is None or depth == 0:
        return True
    node = contract.resolve(schema)
    types = types_of(node)
    if types:
        return bool(types & _COMPOUND)
    if node.raw("enum") is not None:
        return any(not isinstance(item.value, str | int | float | None) for item in node.items("enum"))
    branches = [item for key in ("oneOf", "anyOf") for item in node.items(key)]
    if branches:
        return any(compound(contract, branch, depth - 1) for branch in branches)
    parts = list(node.items("allOf"))
    return all(compound(contract, part, depth - 1) for part in parts)


def types_of(schema: Node) -> frozenset[str]:
    """The types that a schema object declares, one or several; none where it declares none."""
    declared = schema.text("type")
    if declared is not None:
        return frozenset({declared})
    return frozenset(item.value for item in schema.items("type") if isinstance(item.value, str))
