"""Edits of today's contracts: for every rule that no candidate shows, a small change of the platform that fires it.

`openapi.toml`, `protobuf.toml`, `jsonschema.toml` and `avro.toml` hold one edit for each rule of that kind. A rule about schemas
may be shown on an event or on an API. The keys of an entry:

    rule      the rule that fires
    what      the change in one sentence
    file      the file that changes, from contracts/checkout
    first     pairs of texts, to find and to put in its place, that set the stage on both sides: what the contracts lack
    change    the same, for the new side only
    also      the other rules that the change cannot but fire
    category  the category of buf's that the rule belongs to, where the gate does not ask it
    allow     what the manifest has to allow for the rule to be asked
    beside    files of the folder `beside` that stand in the contract's folder on both sides: definitions of options, a `buf.yaml`
    notice    the days of minimum notice by stability level, for the rule that is asked only where a manifest sets them
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from contracts.checkout.changes import CHECKOUT, Folders
from registry.domain.change import Comparison
from registry.domain.contract import ContractKind, Source
from registry.domain.policy import Allowance, ComparisonPolicy, ProtobufPolicy
from registry.domain.publication import ProvidedContract
from registry.engines.documents.limits import Limits
from registry.engines.rulebook.rule import Rule
from registry.services.formats import compare
from registry.services.rule_catalogue import ids_in_findings, rules
from registry.services.trees import Origin, service_version_at

_BESIDE = Path(__file__).with_name("beside")

Replacements = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit, of a contract as its service provides it today."""

    rule: Rule[Any]
    what: str
    file: str
    first: Replacements
    change: Replacements
    also: frozenset[str]
    category: str
    allow: frozenset[Allowance]
    notice: tuple[tuple[str, int], ...]
    contract: ProvidedContract

    @property
    def ids(self) -> frozenset[str]:
        """What the findings call the rule."""
        return ids_in_findings(self.rule, self.contract.kind)


def edits() -> Iterator[Edit]:
    """Every edit, by kind and in the order of its file."""
    for kind in ContractKind:
        catalogue = {rule.id: rule for rule in rules([kind])}
        for entry in tomllib.loads(Path(__file__).with_name(f"{kind}.toml").read_text("utf-8"))["edit"]:
            yield Edit(
                rule=catalogue[entry["rule"]],
                what=entry["what"],
                file=entry["file"],
                first=_replacements(entry.get("first", ())),
                change=_replacements(entry["change"]),
                also=frozenset(entry.get("also", ())),
                category=entry.get("category", ""),
                allow=frozenset(map(Allowance, entry.get("allow", ()))),
                notice=tuple(entry.get("notice", {}).items()),
                contract=_contract_of(entry["file"], entry.get("beside", ())),
            )


def comparison(edit: Edit, as_of: datetime) -> Comparison:
    """What the engine finds between the contract before and after an edit, in the mode of its manifest.

    Raises ValueError when a text to find is not there exactly once.
    """
    contract = edit.contract
    path = str(Path(edit.file).relative_to(contract.folder))
    before = _replaced(contract.source.files[path].decode(), edit.first)
    old, new = (_with_file(contract.source, path, text) for text in (before, _replaced(before, edit.change)))
    protobuf = ProtobufPolicy(use=(edit.category,) if edit.category else (), allow=edit.allow)
    policy = ComparisonPolicy(minimum_notice=edit.notice, protobuf=protobuf)
    return compare(
        contract.kind, old, new, subject=contract.contract, mode=contract.mode, as_of=as_of, limits=Limits(), policy=policy
    )


def _replacements(pairs: Sequence[Sequence[str]]) -> Replacements:
    return tuple((find, put) for find, put in pairs)


def _replaced(text: str, replacements: Replacements) -> str:
    for find, put in replacements:
        if text.count(find) != 1:
            raise ValueError(f"{text.count(find)} times, not once: {find}")
        text = text.replace(find, put)
    return text


def _with_file(source: Source, path: str, text: str) -> Source:
    return replace(source, files={**source.files, path: text.encode()})


def _contract_of(file: str, beside: Sequence[str]) -> ProvidedContract:
    """The contract that a file of the platform belongs to, with the files that stand beside its own."""
    provided = [row for row in _provided_by(file.partition("/")[0]) if not beside or row.kind is ContractKind.PROTOBUF]
    added = {name: (_BESIDE / name).read_bytes() for name in beside}
    completed = [replace(row, source=replace(row.source, files={**row.source.files, **added})) for row in provided]
    [contract] = [row for row in completed if file in {f"{row.folder}/{path}" for path in row.source.files}]
    return contract


@cache
def _provided_by(service: str) -> tuple[ProvidedContract, ...]:
    return service_version_at(Folders((service, CHECKOUT / service)), service, Origin("today"), Limits()).provides
