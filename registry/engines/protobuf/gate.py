"""Which rules judge a comparison.

The manifest's `use` decides alone where it is given. Else the baseline's `buf.yaml` does: a change must not choose the rules that
it is judged by (docs/decisions/0008-whose-buf-yaml.md). Else the house's own gate. The manifest's `except` leaves rules out of
whichever it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from registry.domain.errors import BadInput
from registry.domain.location import Location
from registry.domain.policy import Allowance, ProtobufPolicy
from registry.engines.protobuf.catalogue import known_names
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.rule import ProtobufRule
from registry.engines.protobuf.selection import Selection, is_unstable
from registry.engines.protobuf.workspace import Module, Workspace


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules that are asked. With `workspace`, those of each file's module; else those of `selection`.

    `chosen` says that they were chosen, by a manifest or a `buf.yaml`: then they are asked as buf asks them, to the letter, and all
    that they find counts in full. `exclude` names rules of our own or buf's, and categories, that are not asked.
    """

    selection: Selection = field(default_factory=Selection)
    workspace: Workspace | None = None
    chosen: bool = False
    exclude: frozenset[str] = frozenset()
    allow: frozenset[Allowance] = frozenset()

    def asks(self, rule: ProtobufRule[object]) -> bool:
        """Whether a rule is asked anywhere in the contract."""
        if rule.id in self.exclude or any(Selection(use=self.exclude).asks(name, rule.categories) for name in rule.names):
            return False
        return not rule.categories or any(_asks(selection, rule) for selection in self._selections())

    def counts(self, rule: ProtobufRule[object], about: Subject) -> bool:
        """Whether a finding of a rule that is asked counts."""
        return not rule.categories or any(_counts(selection, rule, about) for selection in about.selections or (self.selection,))

    def selections_of(self, descriptors: Descriptors) -> Mapping[str, Sequence[Selection]]:
        """The rules that judge each file, by the name that it is imported by.

        As buf does it, a module answers for what it imports from others: their files are judged by its rules as well.
        """
        found: dict[str, list[Selection]] = defaultdict(list)
        by_name = {file.name: file for file in descriptors.files}
        for module in self.workspace.modules if self.workspace else ():
            waiting = [name for name in by_name if self._module_of(descriptors.layout.path(name)) is module]
            seen: set[str] = set()
            while waiting:
                name = waiting.pop()
                if name in by_name and name not in seen:
                    seen.add(name)
                    found[name].append(module.selection)
                    waiting.extend(by_name[name].proto.dependency)
        return found

    def _selections(self) -> Iterator[Selection]:
        if self.workspace is None:
            yield self.selection
        else:
            yield from (module.selection for module in self.workspace.modules)

    def _module_of(self, path: str) -> Module | None:
        return None if self.workspace is None else self.workspace.module_of(path)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: files as they stand in the contract's folder, their packages, and the rules that judge them."""

    files: list[str]
    packages: list[str]
    selections: list[Selection]


def gate_of(policy: ProtobufPolicy, baseline: Workspace | None) -> Gate:
    """The gate of a contract, from its manifest and from what its baseline says in buf's words.

    Raises BadInput for a rule or category that does not exist: asking for it would ask nothing.
    """
    check_names((*policy.use, *policy.exclude), None)
    exclude, allow = frozenset(policy.exclude), policy.allow
    if policy.use:
        return Gate(Selection(use=frozenset(policy.use)), chosen=True, exclude=exclude, allow=allow)
    return Gate(workspace=baseline, chosen=baseline is not None, exclude=exclude, allow=allow)


def check_names(names: Sequence[str], place: Location | None) -> None:
    """Raise BadInput for a name that is no category and no rule, of buf's or ours."""
    for name in names:
        if name not in known_names():
            raise BadInput(f"{name!r} is no rule and no category of Protobuf; `interlock rules --kind protobuf` lists them", place)


def _counts(selection: Selection, rule: ProtobufRule[object], about: Subject) -> bool:
    if not _asks(selection, rule) or (selection.ignore_unstable_packages and any(map(is_unstable, about.packages))):
        return False
    return not any(selection.ignores(name, rule.categories, about.files) for name in rule.names)


def _asks(selection: Selection, rule: ProtobufRule[object]) -> bool:
    return rule.id in selection.use or any(selection.asks(name, rule.categories) for name in rule.names)
