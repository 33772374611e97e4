"""The Python code of the platform's gRPC contracts, generated when first needed and never kept."""

from __future__ import annotations

import importlib
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from grpc_tools import protoc

_PLATFORM = Path(__file__).resolve().parents[1]
_ROOTS = ("catalog/proto/v1", "catalog/proto/v2", "inventory/proto/v1")


@dataclass(frozen=True, slots=True)
class Stubs:
    """For each Protobuf file its messages, and its services by the same name with `_grpc`."""

    pricing_v1: Any
    pricing_v1_grpc: Any
    pricing_v2: Any
    pricing_v2_grpc: Any
    availability: Any
    availability_grpc: Any
    reservation: Any
    reservation_grpc: Any
    stock_line: Any


@cache
def stubs() -> Stubs:
    """Generate and import, once in a process. Raises RuntimeError when a Protobuf file does not compile."""
    with tempfile.TemporaryDirectory() as folder:
        _generate(Path(folder))
        sys.path.insert(0, folder)
        try:
            return Stubs(
                *_modules("checkout.pricing.v1.pricing"),
                *_modules("checkout.pricing.v2.pricing"),
                *_modules("checkout.inventory.v1.availability"),
                *_modules("checkout.inventory.v1.reservation"),
                importlib.import_module("checkout.inventory.v1.stock_line_pb2"),
            )
        finally:
            sys.path.remove(folder)


def _generate(folder: Path) -> None:
    roots = [_PLATFORM / root for root in _ROOTS]
    sources = [str(path) for root in roots for path in sorted(root.rglob("*.proto"))]
    includes = [f"-I{root}" for root in [*roots, files("grpc_tools") / "_proto"]]
    if protoc.main(["protoc", *includes, f"--python_out={folder}", f"--grpc_python_out={folder}", *sources]):
        raise RuntimeError("the Protobuf contracts do not compile")


def _modules(name: str) -> tuple[Any, Any]:
    return importlib.import_module(f"{name}_pb2"), importlib.import_module(f"{name}_pb2_grpc")
