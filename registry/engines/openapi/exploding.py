"""Parameters that are one object on paper and several parameters on the wire (OpenAPI 3.1, section 4.8.12.4).

`filter` with style form, explode and an object of `a` and `b` is written `a=1&b=2`: its own name never travels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.lifecycle import Lifecycle
from registry.engines.openapi.model import Parameter
from registry.engines.openapi.node import Node
from registry.engines.openapi.serialisation import types_of
from registry.engines.openapi.trivial import ANNOTATIONS

_PLACES = frozenset({"query", "cookie"})
_PLAIN_WORDS = ANNOTATIONS | {"type", "properties", "required", "additionalProperties", "nullable"}

Parameters = Sequence[Parameter]


def unfolded(
    old_contract: ApiContract, old: Parameters, new_contract: ApiContract, new: Parameters
) -> tuple[Parameters, Parameters]:
    """The parameters of two versions, in which exploded objects became their properties where only so the two compare.

    That is where one version folds into an object what the other has as parameters, or calls the object by another name. Objects
    that both call the same are compared as objects.
    """
    if {(one.place, one.name) for one in old} == {(one.place, one.name) for one in new}:
        return old, new
    folded_old, folded_new = _folded(old_contract, old), _folded(new_contract, new)
    if not _regrouped(folded_old, folded_new, new) and not _regrouped(folded_new, folded_old, old):
        return old, new
    return _without(old, folded_old), _without(new, folded_new)


_Folded = dict[tuple[str, str], tuple[Parameter, ...]]
"""The properties of each exploded object, as parameters, by its place and name."""


def _folded(contract: ApiContract, parameters: Parameters) -> _Folded:
    return {(one.place, one.name): inside for one in parameters if (inside := tuple(_properties(contract, one)))}


def _regrouped(here: _Folded, there: _Folded, others: Parameters) -> bool:
    """Whether an object of this side is, on the other, several parameters or an object of another name."""
    gone = [inside for key, inside in here.items() if key not in there]
    come = {(inner.place, inner.name) for key, inside in there.items() if key not in here for inner in inside}
    names = come | {(other.place, other.name) for other in others}
    return any((inner.place, inner.name) in names for inside in gone for inner in inside)


def _without(parameters: Parameters, folded: _Folded) -> Parameters:
    return [inner for one in parameters for inner in folded.get((one.place, one.name), (one,))]


def _properties(contract: ApiContract, parameter: Parameter) -> Iterator[Parameter]:
    """What an exploded object is on the wire; nothing for other parameters, and for objects that say more than their properties."""
    if parameter.place not in _PLACES or parameter.style != "form" or not parameter.explode or parameter.schema is None:
        return
    schema = contract.resolve(parameter.schema)
    words = {key for key, _ in schema.members() if not key.startswith("x-")}
    if parameter.media_type is not None or types_of(schema) - {"null"} != frozenset({"object"}) or not words <= _PLAIN_WORDS:
        return
    required = {item.value for item in schema.items("required") if isinstance(item.value, str)}
    for name, mention in schema.within("properties"):
        yield _property(contract, parameter, name, mention, required=parameter.required and name in required)


def _property(contract: ApiContract, parameter: Parameter, name: str, mention: Node, *, required: bool) -> Parameter:
    node = contract.resolve(mention)
    return Parameter(
        node=node,
        site=mention.location,
        name=name,
        place=parameter.place,
        position=None,
        required=required,
        style=parameter.style,
        explode=parameter.explode,
        allow_reserved=parameter.allow_reserved,
        allow_empty=parameter.allow_empty,
        lifecycle=Lifecycle.of(node),
        schema=mention,
        media_type=None,
    )
