"""What the pact plugin for Protobuf writes into a pact file: messages as bytes, and the descriptors that they were made with.

As pact-protobuf-plugin 0.3 and later write it, in version 4 of the specification. Bytes are only taken out here; what they mean is
the Protobuf engine's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.engines.pacts.node import Node
from registry.engines.pacts.pact import ProtobufExample, ProtobufInteraction
from registry.engines.pacts.rule_parsing import rules_of

_PLUGIN = "protobuf"


def protobuf_interactions(root: Node) -> Iterator[ProtobufInteraction]:
    """The interactions of a pact that the plugin wrote and that are calls or messages; protobuf in HTTP bodies is none of them.

    Raises WrongKind, at its place, for one that is not whole, and for descriptors that it names and the file does not hold.
    """
    interactions = root.get("interactions")
    found = [(item, plugin) for item in interactions.items() if (plugin := _plugin(item))] if interactions else []
    held = _held(root) if found else dict[str, Node]()
    for item, plugin in found:
        name = plugin.get("service") or plugin.get("message")
        if name is not None:
            name.text()
            yield _interaction(item, plugin, name, held)


def _plugin(item: Node) -> Node | None:
    """What the plugin keeps with a message interaction."""
    kind, configuration = item.get("type"), item.get("pluginConfiguration")
    if configuration is None or kind is None or not kind.text().endswith("/Messages"):
        return None
    return configuration.get(_PLUGIN)


def _held(root: Node) -> Mapping[str, Node]:
    """What the plugin keeps with the file, by the key that interactions name."""
    metadata = root.get("metadata")
    plugins = metadata.get("plugins") if metadata else None
    held: dict[str, Node] = {}
    for plugin in plugins.items() if plugins else ():
        name, configuration = plugin.get("name"), plugin.get("configuration")
        if name is not None and name.value == _PLUGIN and configuration is not None:
            held |= configuration.members()
    return held


def _interaction(item: Node, plugin: Node, name: Node, held: Mapping[str, Node]) -> ProtobufInteraction:
    described, request, response = item.get("description"), item.get("request"), item.get("response")
    is_call = plugin.get("service") is not None
    return ProtobufInteraction(
        described.text() if described else "",
        name,
        is_call,
        _descriptors(plugin, held),
        (_example(request),) if request else (),
        tuple(_example(answer) for answer in response.items()) if response else () if is_call else (_example(item),),
    )


def _descriptors(plugin: Node, held: Mapping[str, Node]) -> Node | None:
    key = plugin.get("descriptorKey")
    if key is None:
        return None
    if key.text() not in held:
        raise key.refusal("names descriptors that the plugin's configuration in /metadata/plugins does not hold")
    return held[key.text()].need("protoDescriptors")


def _example(message: Node) -> ProtobufExample:
    contents = message.get("contents") or message
    rules = tuple(rule.steps for rule in rules_of(message) if rule.category == "body")
    return ProtobufExample(contents, _data(contents), rules)


def _data(contents: Node) -> bytes | None:
    """The bytes; a message that sets no field has none, and libraries leave them out."""
    content = contents.get("content")
    if content is None or content.value == "":
        return b""
    return content.base64() if contents.object().get("encoded") in (True, "base64") else None
