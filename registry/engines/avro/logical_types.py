"""Logical types (specification 1.12, "Logical Types"): unknown and ill-formed ones are ignored, as it asks."""

from __future__ import annotations

from collections.abc import Mapping

from registry.domain.change import Json
from registry.engines.avro.schema import Logical

_UNDERLYING: Mapping[str, frozenset[str]] = {
    "uuid": frozenset({"string", "fixed"}),
    "date": frozenset({"int"}),
    "time-millis": frozenset({"int"}),
    "duration": frozenset({"fixed"}),
    "big-decimal": frozenset({"bytes"}),
    "decimal": frozenset({"bytes", "fixed"}),
    **dict.fromkeys(
        (
            "time-micros",
            *(f"{prefix}timestamp-{unit}" for prefix in ("", "local-") for unit in ("millis", "micros", "nanos")),
        ),
        frozenset({"long"}),
    ),
}
_SIZES = {"uuid": 16, "duration": 12}
_BITS_PER_DIGIT = 3.3219280948873626


def logical_of(declaration: Mapping[str, Json], kind: str, size: int = 0) -> Logical | None:
    """The logical type that a declaration of a type gives it; `size` is that of a fixed."""
    name = declaration.get("logicalType")
    if not isinstance(name, str) or kind not in _UNDERLYING.get(name, frozenset()):
        return None
    if name == "decimal":
        return _decimal(declaration, kind, size)
    return Logical(name) if kind != "fixed" or size == _SIZES.get(name) else None


def _decimal(declaration: Mapping[str, Json], kind: str, size: int) -> Logical | None:
    precision, scale = declaration.get("precision"), declaration.get("scale", 0)
    if type(precision) is not int or type(scale) is not int or not 0 <= scale <= precision or precision < 1:
        return None
    if kind == "fixed" and precision > (8 * size - 1) / _BITS_PER_DIGIT:
        return None
    return Logical(name="decimal", precision=precision, scale=scale)
