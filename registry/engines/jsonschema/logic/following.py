"""What the facts of a branch imply of a choice, where that takes no search."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeAlias

from registry.domain.change import Json
from registry.engines.jsonschema.logic.branch import Branch, Choice
from registry.engines.jsonschema.logic.evaluate import holds
from registry.engines.jsonschema.logic.formula import OBJECT, Both, Either, ExactlyOne, Formula, Has, Members, NameIs, Negation
from registry.engines.jsonschema.values import key_of

KnownMembers: TypeAlias = Mapping[str, Mapping[Hashable, Json]]
"""The values, by key, that properties which must exist can have, where a fact lists them."""


class Following:
    """Answers by lookup. `listed` is the complete list of values that a formula leaves, where its shape shows one."""

    def __init__(self, listed: Callable[[Formula], list[Json] | None]) -> None:
        self._listed = listed
        self._left: dict[Formula, Mapping[Hashable, Json] | None] = {}
        self._held: dict[tuple[Formula, Hashable], bool | None] = {}

    def known_members(self, branch: Branch) -> KnownMembers | None:
        """The values of listed members; None when a member that must exist has none, as when two demand different tags."""
        if branch.kind != OBJECT:
            return {}
        required = {fact.name for fact, wanted in branch.facts.items() if wanted and isinstance(fact, Has)}
        found: dict[str, Mapping[Hashable, Json]] = {}
        for fact, wanted in branch.facts.items():
            if not wanted or not isinstance(fact, Members) or not isinstance(fact.selector, NameIs):
                continue
            name = fact.selector.name
            if name not in required or (values := self._values(fact.formula)) is None:
                continue
            if name in found:
                values = {key: value for key, value in values.items() if key in found[name]}
            if not values:
                return None
            found[name] = values
        return found

    def _values(self, formula: Formula) -> Mapping[Hashable, Json] | None:
        """The values that a formula leaves, by key, where its shape lists them."""
        if formula not in self._left:
            listed = self._listed(formula)
            self._left[formula] = (
                None if listed is None else {key_of(value): value for value in listed if holds(formula, value) is not False}
            )
        return self._left[formula]

    def left(self, branch: Branch, choices: tuple[Choice, ...], members: KnownMembers) -> tuple[Choice, ...] | None:
        """The choices that are still open; None when one of them holds already."""
        left: list[Choice] = []
        known = branch.known
        for choice in choices:
            formula, wanted = choice
            answer = known.get(formula)
            if answer is None:
                answer = self._follows(branch, formula, members)
            if answer is None:
                left.append(choice)
            elif answer is wanted:
                return None
        return choices if len(left) == len(choices) else tuple(left)

    def holding(self, branch: Branch, union: ExactlyOne, members: KnownMembers) -> tuple[int, list[Formula]]:
        """How many parts of an exclusive union hold, and those of which it is not known."""
        count, left = 0, list[Formula]()
        for part in union.parts:
            answer = branch.known.get(part)
            if answer is None:
                answer = self._part_follows(branch, part, members)
            if answer is None:
                left.append(part)
            elif answer:
                count += 1
        return count, left

    def _follows(self, branch: Branch, formula: Formula, members: KnownMembers) -> bool | None:
        if isinstance(formula, Members):
            if members and isinstance(formula.selector, NameIs) and formula.selector.name in members:
                answers = {self._holds(formula.formula, *entry) for entry in members[formula.selector.name].items()}
                return next(iter(answers)) if len(answers) == 1 else None
            return None
        if not isinstance(formula, Both | Either):
            return None
        stops = isinstance(formula, Either)
        unknown = False
        for part in formula.parts:
            answer = self._part_follows(branch, part, members)
            if answer is stops:
                return stops
            unknown |= answer is None
        return None if unknown else not stops

    def _holds(self, formula: Formula, key: Hashable, value: Json) -> bool | None:
        asked = (formula, key)
        if asked not in self._held:
            self._held[asked] = holds(formula, value)
        return self._held[asked]

    def _part_follows(self, branch: Branch, part: Formula, members: KnownMembers) -> bool | None:
        inner = part.part if isinstance(part, Negation) else part
        known = branch.known.get(inner)
        answer = known if known is not None else self._follows(branch, inner, members)
        return None if answer is None else answer is (inner is part)
