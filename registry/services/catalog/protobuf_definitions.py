"""The services, messages and enums of a Protobuf contract, as the catalog lists them."""

from __future__ import annotations

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

from registry.domain.contract import Source
from registry.engines.protobuf.compiler import compile as compile_sources
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Element, Enum, Field, Message, Method, Service
from registry.services.catalog.content_rows import DefinitionRow, MemberRow


def protobuf_definitions(source: Source) -> tuple[DefinitionRow, ...]:
    """Services first, then messages and enums, each in the order of the files. Raises the BadInput errors."""
    descriptors = compile_sources(source)
    own = descriptors.contract
    return (
        *(_service(descriptors, service) for service in own.services.values()),
        *(_message(descriptors, message) for message in own.messages.values() if not message.is_map_entry),
        *(_enum(descriptors, enum) for enum in own.enums.values()),
    )


def _service(descriptors: Descriptors, service: Service) -> DefinitionRow:
    return DefinitionRow(
        word="service",
        name=service.full_name,
        file=service.file.name,
        description=_comment(descriptors, service),
        members=tuple(
            MemberRow(method.name, _signature(method), None, _comment(descriptors, method), method.proto.options.deprecated)
            for method in service.methods.values()
        ),
        deprecated=service.proto.options.deprecated,
    )


def _message(descriptors: Descriptors, message: Message) -> DefinitionRow:
    return DefinitionRow(
        word="message",
        name=message.full_name,
        file=message.file.name,
        description=_comment(descriptors, message),
        members=tuple(
            MemberRow(field.name, _type(descriptors, field), number, _comment(descriptors, field), field.proto.options.deprecated)
            for number, field in message.fields.items()
        ),
        deprecated=message.proto.options.deprecated,
    )


def _enum(descriptors: Descriptors, enum: Enum) -> DefinitionRow:
    return DefinitionRow(
        word="enum",
        name=enum.full_name,
        file=enum.file.name,
        description=_comment(descriptors, enum),
        members=tuple(
            MemberRow(value.name, "", value.number, _comment(descriptors, value), value.proto.options.deprecated)
            for value in enum.values
        ),
        deprecated=enum.proto.options.deprecated,
    )


def _signature(method: Method) -> str:
    sends = "stream " if method.proto.client_streaming else ""
    answers = "stream " if method.proto.server_streaming else ""
    return f"({sends}{method.request}) returns ({answers}{method.response})"


def _type(descriptors: Descriptors, field: Field) -> str:
    entry = descriptors.everything.messages.get(field.type_name)
    if entry is not None and entry.is_map_entry:
        return f"map<{_scalar(entry.fields[1])}, {_scalar(entry.fields[2])}>"
    labels = {
        FieldDescriptorProto.LABEL_REPEATED: "repeated ",
        FieldDescriptorProto.LABEL_REQUIRED: "required ",
    }
    label = "optional " if field.proto.proto3_optional else labels.get(field.proto.label, "")
    return f"{label}{_scalar(field)}"


def _scalar(field: Field) -> str:
    return field.type_name or FieldDescriptorProto.Type.Name(field.proto.type).removeprefix("TYPE_").lower()


def _comment(descriptors: Descriptors, element: Element) -> str:
    return descriptors.text.comments(element).strip()
