"""Edits of real `.proto` texts, at the places that the compiler names: rename, delete, renumber, retype, reserve and move."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Element, Enum, EnumValue, Field, Message, Method, Oneof, Service, SourcePath
from registry.engines.protobuf.text import Text

NAME, NUMBER, LABEL, TYPE, TYPE_NAME, VALUE_NUMBER = (1,), (3,), (4,), (5,), (6,), (2,)
SCALARS = ("int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "sfixed64", "bool", "string", "bytes", "double")


@dataclass(frozen=True)
class Contract:
    """Texts, and what the compiler made of them."""

    texts: Mapping[str, str]
    compiled: Descriptors

    def elements(self, *kinds: type[Element]) -> list[Element]:
        """Everything of some kinds that is written in the texts."""
        index = self.compiled.contract
        messages = [message for message in index.messages.values() if not message.is_map_entry]
        found: list[Element] = [*messages, *index.enums.values(), *index.services.values(), *index.extensions.values()]
        found += [item for message in messages for item in (*message.fields.values(), *message.oneofs)]
        found += [value for enum in index.enums.values() for value in enum.values]
        found += [method for service in index.services.values() for method in service.methods.values()]
        return [element for element in found if isinstance(element, kinds)]

    def span(self, element: Element, path: SourcePath = ()) -> tuple[int, int] | None:
        """The bytes of an element or a part of it in its file."""
        wanted = (*element.path, *path)
        places = element.file.proto.source_code_info.location
        place = next((place for place in places if tuple(place.path) == wanted), None)
        if place is None:
            return None
        text = Text(self.texts[element.file.name].encode())
        last = place.span[2] if len(place.span) > 3 else place.span[0]
        return text.offset(place.span[0], place.span[1]), text.offset(last, place.span[-1])

    def written(self, element: Element, path: SourcePath, by: str) -> dict[str, str]:
        """The texts with a part of an element replaced; as they are where it is not written."""
        span = self.span(element, path)
        return dict(self.texts) if span is None else self.replaced(element.file.name, span, by)

    def replaced(self, file: str, span: tuple[int, int], by: str) -> dict[str, str]:
        """The texts with some bytes of a file replaced."""
        data = self.texts[file].encode()
        return {**self.texts, file: (data[: span[0]] + by.encode() + data[span[1] :]).decode()}


def rename(contract: Contract, random: Random) -> dict[str, str]:
    """Another name; of a type, wherever it is used."""
    element = random.choice(contract.elements(Field, EnumValue, Method, Oneof, Message, Enum, Service))
    new = f"{element.name}{'X' if isinstance(element, (Message, Enum, Service, Method)) else '_x'}"
    if isinstance(element, (Message, Enum)):
        return {name: re.sub(rf"\b{element.name}\b", new, text) for name, text in contract.texts.items()}
    return contract.written(element, NAME, new)


def delete(contract: Contract, random: Random) -> dict[str, str]:
    """Gone without a trace; now and then a whole file."""
    if len(contract.texts) > 1 and random.random() < 0.05:
        return {name: contract.texts[name] for name in random.sample(sorted(contract.texts), len(contract.texts) - 1)}
    element = random.choice(contract.elements(Field, EnumValue, Method, Message, Enum, Service))
    return contract.written(element, (), "")


def reserve(contract: Contract, random: Random) -> dict[str, str]:
    """Deleted, with its number, its name or both reserved."""
    element = random.choice([item for item in contract.elements(Field, EnumValue) if not getattr(item, "is_extension", False)])
    assert isinstance(element, (Field, EnumValue))
    name = element.name if element.file.has_editions else f'"{element.name}"'
    by_number, by_name = f"reserved {element.number};", f"reserved {name};"
    return contract.written(element, (), random.choice((by_number, by_name, f"{by_number} {by_name}")))


def renumber(contract: Contract, random: Random) -> dict[str, str]:
    """Another number."""
    element = random.choice(contract.elements(Field, EnumValue))
    return contract.written(element, NUMBER if isinstance(element, Field) else VALUE_NUMBER, str(random.randint(1, 90)))


def retype(contract: Contract, random: Random) -> dict[str, str]:
    """Another type, or another cardinality."""
    field = random.choice(contract.elements(Field))
    assert isinstance(field, Field)
    if random.random() < 0.3:
        span = contract.span(field)
        label = random.choice(("repeated ", "optional ", "required ", ""))
        if contract.span(field, LABEL) is not None:
            return contract.written(field, LABEL, label)
        return dict(contract.texts) if span is None else contract.replaced(field.file.name, (span[0], span[0]), label)
    types = [item.full_name for item in contract.elements(Message, Enum) if item.file.name == field.file.name]
    new = random.choice((*SCALARS, f".{random.choice(types)}")) if types else random.choice(SCALARS)
    path = TYPE_NAME if field.proto.type in {FieldDescriptorProto.TYPE_MESSAGE, FieldDescriptorProto.TYPE_ENUM} else TYPE
    return contract.written(field, path, new)


def move(contract: Contract, random: Random) -> dict[str, str]:
    """A declaration at the top of a file, in a new file of the same package that the old one imports."""
    tops = [item for item in contract.elements(Message, Enum, Service) if len(item.path) == 2]
    if not tops:
        return dict(contract.texts)
    element = random.choice(tops)
    file, span = element.file.name, contract.span(element)
    if span is None:
        return dict(contract.texts)
    text = contract.texts[file]
    block = text.encode()[slice(*span)].decode()
    moved = posixpath.join(posixpath.dirname(file), "moved.proto")
    head = [line for line in text.split("\n") if re.match(r"(?:syntax|edition|package|import|option)\b.*;", line)]
    edited = contract.replaced(file, span, "")
    package = re.search(r"^package [^;]*;", edited[file], re.MULTILINE)
    if package is not None:
        edited[file] = f'{edited[file][: package.end()]} import "{moved}";{edited[file][package.end() :]}'
    return {**edited, moved: "\n".join([*head, block])}


EDITS: Mapping[str, Callable[[Contract, Random], dict[str, str]]] = {
    edit.__name__: edit for edit in (rename, delete, renumber, retype, reserve, move)
}


def edited(contract: Contract, random: Random) -> tuple[str, dict[str, str]]:
    """One edit and its name. The result may not compile."""
    name = random.choice(sorted(EDITS))
    return name, EDITS[name](contract, random)
