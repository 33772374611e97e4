"""Pact files as the plugin for Protobuf writes them."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from hashlib import md5
from pathlib import Path
from typing import Any

from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.json_format import ParseDict
from google.protobuf.message_factory import GetMessageClass

from registry.domain.contract import Source
from registry.engines.protobuf.compiler import compile as compile_source

PRICING = Path(__file__).parents[2] / "contracts/checkout/catalog/proto/v1/checkout/pricing/v1/pricing.proto"
PACKAGE = "checkout.pricing.v1"


def pricing() -> str:
    """The checkout platform's contract for prices."""
    return PRICING.read_text()


def descriptors_of(text: str) -> bytes:
    """What protoc makes of one file."""
    return compile_source(Source({"pricing.proto": text.encode()}, "")).file_set.SerializeToString()


def example(descriptors: bytes, message: str, value: Mapping[str, Any], rules: Sequence[str] = ()) -> dict[str, Any]:
    """A message, encoded by the runtime, with rules that match by type."""
    pool = DescriptorPool()
    for file in FileDescriptorSet.FromString(descriptors).file:
        pool.Add(file)
    encoded = ParseDict(dict(value), GetMessageClass(pool.FindMessageTypeByName(message))())
    return raw_example(encoded.SerializeToString(), message, rules)


def raw_example(data: bytes, message: str, rules: Sequence[str] = ()) -> dict[str, Any]:
    """Some bytes that are said to be a message."""
    kind = f"application/protobuf;message=.{message}"
    content = base64.b64encode(data).decode()
    named = {rule: {"combine": "AND", "matchers": [{"match": "type"}]} for rule in rules}
    return {
        "contents": {"content": content, "contentType": kind, "contentTypeHint": "BINARY", "encoded": "base64"},
        "matchingRules": {"body": named},
        "metadata": {"contentType": kind},
    }


def key_of(descriptors: bytes) -> str:
    """Under which key the plugin keeps descriptors."""
    return md5(descriptors).hexdigest()


def call(descriptors: bytes, method: str, request: dict[str, Any], *responses: dict[str, Any]) -> dict[str, Any]:
    """A gRPC interaction of `Service/Method`."""
    return {
        "type": "Synchronous/Messages",
        "transport": "grpc",
        "description": f"a call of {method}",
        "pluginConfiguration": {"protobuf": {"descriptorKey": key_of(descriptors), "service": method}},
        "request": request,
        "response": list(responses),
    }


def message(descriptors: bytes, name: str, contents: dict[str, Any]) -> dict[str, Any]:
    """A message that the provider sends."""
    configuration = {"protobuf": {"descriptorKey": key_of(descriptors), "message": name}}
    return {"type": "Asynchronous/Messages", "description": name, "pluginConfiguration": configuration, **contents}


def pact(descriptors: bytes, *interactions: dict[str, Any], consumer: str = "cart", provider: str = "catalog") -> dict[str, Any]:
    """A pact file."""
    held = {key_of(descriptors): {"protoDescriptors": base64.b64encode(descriptors).decode(), "protoFile": ""}}
    return {
        "consumer": {"name": consumer},
        "provider": {"name": provider},
        "interactions": list(interactions),
        "metadata": {
            "pactSpecification": {"version": "4.0"},
            "plugins": [{"name": "protobuf", "version": "0.5.4", "configuration": held}],
        },
    }
