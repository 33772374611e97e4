"""What a method or message carries: the fields and enum values at any depth, which whoever uses all of it uses."""

from __future__ import annotations

from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Field
from registry.engines.protobuf.index import Index


def carried(descriptors: Descriptors, name: str) -> frozenset[str]:
    """Full names of a method, if it is one, and of all fields, extensions and enum values that it or the message carries.

    The name may leave the package out; every method or message that it fits counts then. Empty when there is none.
    """
    index = descriptors.everything
    methods = [method for service in index.services.values() for method in service.methods.values()]
    called = [method for method in methods if _fits(name, method.full_name)]
    waiting = [message for method in called for message in (method.request, method.response)]
    waiting += [message for message in index.messages if _fits(name, message)]
    extensions = _extensions(index)
    found = {method.full_name for method in called}
    seen: set[str] = set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        message, enum = index.messages.get(current), index.enums.get(current)
        fields = [*(message.fields.values() if message else ()), *extensions.get(current, ())]
        found.update(field.full_name for field in fields)
        found.update(value.full_name for value in (enum.values if enum else ()))
        waiting.extend(field.type_name for field in fields)
    return frozenset(found)


def _extensions(index: Index) -> dict[str, list[Field]]:
    found: dict[str, list[Field]] = {}
    for (message, _), extension in index.extensions.items():
        found.setdefault(message, []).append(extension)
    return found


def _fits(name: str, full_name: str) -> bool:
    return full_name == name or full_name.endswith(f".{name}")
