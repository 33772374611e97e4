"""Which rules judge a comparison.

The manifest's `use` decides alone where it is given. Else the baseline's `buf.yaml` does: a change must not choose the rules that
it is judged by (docs/decisions/0008-whose-buf-yaml.md). Else the house's own gate. The manifest's `except` leaves rules out of
whichever it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from registry.domain.errors import BadInput
from registry.domain.location import Location
from registry.domain.policy import Allowance, ProtobufPolicy
from registry.engines.protobuf.catalogue import known_names
from registry.engines.protobuf.rule import ProtobufRule
from registry.engines.protobuf.selection import Selection, is_unstable
from registry.engines.protobuf.workspace import Workspace


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

    def counts(self, rule: ProtobufRule[object], files: Sequence[str], packages: Sequence[str]) -> bool:
        """Whether a finding of a rule that is asked counts, by the files that it is about and their packages."""
        if not rule.categories:
            return True
        selection = self._selection_of(files)
        if not _asks(selection, rule) or (selection.ignore_unstable_packages and any(map(is_unstable, packages))):
            return False
        return not any(selection.ignores(name, rule.categories, files) for name in rule.names)

    def _selections(self) -> Iterator[Selection]:
        if self.workspace is None:
            yield self.selection
        else:
            yield from (module.selection for module in self.workspace.modules)

    def _selection_of(self, files: Sequence[str]) -> Selection:
        if self.workspace is None:
            return self.selection
        modules = (self.workspace.module_of(file) for file in files)
        return next((module.selection for module in modules if module is not None), self.selection)


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


def _asks(selection: Selection, rule: ProtobufRule[object]) -> bool:
    return rule.id in selection.use or any(selection.asks(name, rule.categories) for name in rule.names)
