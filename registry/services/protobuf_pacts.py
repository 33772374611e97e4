"""What pacts of the plugin for Protobuf say that a consumer uses, in the words of the provider's Protobuf contracts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from registry.domain.contract import ContractKind, Source
from registry.domain.errors import BadInput, LimitExceeded
from registry.domain.location import Location
from registry.engines.documents.limits import Limits
from registry.engines.pacts.expressions import Step
from registry.engines.pacts.fields import Work
from registry.engines.pacts.node import Node
from registry.engines.pacts.pact import Pact, ProtobufExample, ProtobufInteraction
from registry.services.formats import engine_of

if TYPE_CHECKING:
    from registry.engines.protobuf.example_uses import Definitions

ProtobufWords: TypeAlias = Callable[[Iterable[Mapping[str, Any]]], frozenset[str]]
"""From uses, as they are stored, to the elements of one revision."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ProtobufUse:
    """What one interaction uses of the provider.

    `name` is the method's or the message's, full when the descriptors are known. `elements` are full names of the method, fields
    and enum values, sorted; None when the file tells no more than the name: all that it carries counts as used then.
    """

    description: str
    name: str
    elements: tuple[str, ...] | None


def protobuf_uses(pact: Pact) -> tuple[ProtobufUse, ...]:
    """What each interaction of the plugin uses, in the order of the file.

    Raises WrongKind, at its place in the pact, for descriptors or bytes that cannot be read, and for a method or message that the
    descriptors do not have; LimitExceeded when it is too much to read.
    """
    if not pact.protobuf:
        return ()
    from registry.engines.protobuf.enclosed import read_enclosed
    from registry.engines.protobuf.example_uses import Definitions

    sets = {item.descriptors.pointer: item.descriptors for item in pact.protobuf if item.descriptors}
    read = {pointer: _placed(node, lambda node=node: Definitions(read_enclosed(node.base64()))) for pointer, node in sets.items()}
    work = Work()
    return tuple(_use(item, read[item.descriptors.pointer] if item.descriptors else None, work) for item in pact.protobuf)


def protobuf_words(source: Source, limits: Limits) -> ProtobufWords:
    """The translation into the elements of a Protobuf revision, which is compiled when there is something to translate."""
    from registry.engines.protobuf.carried import carried
    from registry.engines.protobuf.descriptors import Descriptors
    from registry.engines.protobuf.inventory import usable

    @cache
    def contract() -> tuple[Descriptors, frozenset[str]]:
        descriptors: Descriptors = engine_of(ContractKind.PROTOBUF).read(source, limits)
        return descriptors, usable(descriptors)

    def words(uses: Iterable[Mapping[str, Any]]) -> frozenset[str]:
        found: set[str] = set()
        for use in uses:
            descriptors, known = contract()
            found |= known.intersection(carried(descriptors, use["name"]) if use["elements"] is None else use["elements"])
        return frozenset(found)

    return words


def _use(interaction: ProtobufInteraction, known: Definitions | None, work: Work) -> ProtobufUse:
    name = interaction.name.text().removeprefix(".")
    if known is None:
        return ProtobufUse(interaction.description, name.replace("/", "."), None)
    found: set[str] = set()
    if interaction.is_call:
        method = known.method(name)
        if method is None:
            raise interaction.name.refusal("names a method that its descriptors do not have")
        name, request, response = method.full_name, method.request, method.response
        found.add(name)
    else:
        message = known.message(name)
        if message is None:
            raise interaction.name.refusal("names a message that its descriptors do not have")
        name = request = response = message.full_name
    examples = [(request, example) for example in interaction.requests] + [(response, example) for example in interaction.responses]
    if any(example.data is None for _, example in examples):
        return ProtobufUse(interaction.description, name, None)
    for message_name, example in examples:
        found |= _placed(example.place, lambda of=message_name, example=example: frozenset(_elements(known, of, example, work)))
    return ProtobufUse(interaction.description, name, tuple(sorted(found)))


def _elements(known: Definitions, message: str, example: ProtobufExample, work: Work) -> Iterator[str]:
    yield from known.set_by(message, example.data or b"", work.spend)
    for rule in example.rules:
        yield from known.named_by(message, [_field(step) for step in rule], work.spend)


def _field(step: Step) -> str | None:
    """A step of a matching rule, as a step to a field; an item or entry has no name."""
    return step if isinstance(step, str) else None


def _placed(node: Node, work: Callable[[], Result]) -> Result:
    """What some work on a part of the pact comes to, with its errors at that part."""
    try:
        return work()
    except LimitExceeded as excess:
        raise LimitExceeded(excess.problem, Location(node.document.name, node.pointer)) from None
    except BadInput as error:
        raise node.refusal(f"cannot be used: {error.problem}") from None
