"""Finding every rule of an engine: a rule is a module-level `Rule` in a module of the engine's `rules` package."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any

from registry.engines.rulebook.rule import Rule


def discover(package: ModuleType) -> tuple[Rule[Any], ...]:
    """All rules of a package, sorted by id.

    Raises ValueError when two rules share an id: a waiver that names it would be ambiguous.
    """
    found: dict[str, Rule[Any]] = {}
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(info.name)
        rules: list[Rule[Any]] = [value for value in vars(module).values() if isinstance(value, Rule)]
        for rule in rules:
            if found.get(rule.id, rule) is not rule:
                raise ValueError(f"two rules are called {rule.id}")
            found[rule.id] = rule
    return tuple(found[name] for name in sorted(found))
