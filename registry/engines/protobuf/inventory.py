"""What a contract offers, for pages, manifests and consumers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Element, Enum, Field, Message, Method, Service
from registry.engines.protobuf.features import Cardinality, cardinality_of, type_of
from registry.engines.protobuf.promise import lifecycle
from registry.engines.protobuf.wire_types import NAMED, spell


@dataclass(frozen=True, slots=True)
class Described:
    """What every declaration says about itself. `comment` is the text beside it, markers removed."""

    full_name: str
    file: str
    comment: str
    deprecated: bool
    sunset: date | None


@dataclass(frozen=True, slots=True)
class MethodDescription:
    """A method. `request` and `response` are full names of messages."""

    about: Described
    service: str
    name: str
    request: str
    response: str
    client_streaming: bool
    server_streaming: bool


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """A field. `type` is a keyword or a full name, or `map<KEY, VALUE>`; `oneof` is empty outside one."""

    about: Described
    name: str
    number: int
    type: str
    cardinality: Cardinality
    oneof: str


@dataclass(frozen=True, slots=True)
class MessageDescription:
    """A message with its fields in order of number."""

    about: Described
    fields: tuple[FieldDescription, ...]
    reserved_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueDescription:
    """A value of an enum."""

    about: Described
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class EnumDescription:
    """An enum with its values in order of declaration."""

    about: Described
    values: tuple[ValueDescription, ...]


@dataclass(frozen=True, slots=True)
class ContractDescription:
    """Everything that a contract declares, each kind in order of full name. Entries of maps are left out."""

    packages: tuple[str, ...]
    methods: tuple[MethodDescription, ...]
    messages: tuple[MessageDescription, ...]
    enums: tuple[EnumDescription, ...]


def elements(descriptors: Descriptors) -> frozenset[str]:
    """Full names of the contract's services, methods, messages, fields, extensions, enums and enum values."""
    index = descriptors.contract
    messages = [message for message in index.messages.values() if not message.is_map_entry]
    found: list[Element] = [*messages, *index.enums.values(), *index.services.values(), *index.extensions.values()]
    found += [item for message in messages for item in message.fields.values()]
    found += [value for enum in index.enums.values() for value in enum.values]
    found += [method for service in index.services.values() for method in service.methods.values()]
    return frozenset(element.full_name for element in found)


def usable(descriptors: Descriptors) -> frozenset[str]:
    """Full names of the contract's methods, fields, extensions and enum values: what a consumer uses, one by one.

    Not what contains them: whoever has a message in its stubs uses the fields that it has there, not those that it left out.
    """
    index = descriptors.contract
    found: list[Element] = [*index.extensions.values()]
    found += [item for message in index.messages.values() if not message.is_map_entry for item in message.fields.values()]
    found += [value for enum in index.enums.values() for value in enum.values]
    found += [method for service in index.services.values() for method in service.methods.values()]
    return frozenset(element.full_name for element in found)


def methods(descriptors: Descriptors) -> tuple[MethodDescription, ...]:
    """The methods of every service, by full name."""
    services = descriptors.contract.services.values()
    found = [_method(descriptors, service, method) for service in services for method in service.methods.values()]
    return tuple(sorted(found, key=lambda method: method.about.full_name))


def describe(descriptors: Descriptors) -> ContractDescription:
    """The whole contract."""
    index = descriptors.contract
    return ContractDescription(
        packages=tuple(sorted(index.by_package)),
        methods=methods(descriptors),
        messages=tuple(_message(descriptors, item) for _, item in sorted(index.messages.items()) if not item.is_map_entry),
        enums=tuple(_enum(descriptors, item) for _, item in sorted(index.enums.items())),
    )


def _about(descriptors: Descriptors, element: Element) -> Described:
    end = lifecycle(descriptors, element)
    comment = descriptors.text.comments(element).strip()
    return Described(element.full_name, element.file.name, comment, end.deprecated, end.sunset)


def _method(descriptors: Descriptors, service: Service, method: Method) -> MethodDescription:
    return MethodDescription(
        about=_about(descriptors, method),
        service=service.full_name,
        name=method.name,
        request=method.request,
        response=method.response,
        client_streaming=method.proto.client_streaming,
        server_streaming=method.proto.server_streaming,
    )


def _message(descriptors: Descriptors, message: Message) -> MessageDescription:
    fields = tuple(_field(descriptors, item) for _, item in sorted(message.fields.items()))
    return MessageDescription(_about(descriptors, message), fields, tuple(message.proto.reserved_name))


def _field(descriptors: Descriptors, field: Field) -> FieldDescription:
    return FieldDescription(
        about=_about(descriptors, field),
        name=field.name,
        number=field.number,
        type=_type(descriptors, field),
        cardinality=cardinality_of(field, descriptors.everything),
        oneof=field.oneof.name if field.oneof else "",
    )


def _type(descriptors: Descriptors, field: Field) -> str:
    entry = descriptors.everything.messages.get(field.type_name)
    if entry is not None and entry.is_map_entry:
        return f"map<{_type(descriptors, entry.fields[1])}, {_type(descriptors, entry.fields[2])}>"
    resolved = type_of(field, descriptors.everything)
    return field.type_name if resolved in NAMED else spell(resolved)


def _enum(descriptors: Descriptors, enum: Enum) -> EnumDescription:
    values = tuple(ValueDescription(_about(descriptors, value), value.name, value.number) for value in enum.values)
    return EnumDescription(_about(descriptors, enum), values)
