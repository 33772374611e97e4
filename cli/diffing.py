"""File against file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cli.contract_files import ContractFiles, contract_at
from registry.domain.change import Comparison
from registry.domain.contract import ContractKind, Mode, OnUnknown
from registry.domain.errors import BadRequest, WrongKind
from registry.domain.location import Location
from registry.domain.policy import ComparisonPolicy, ProtobufPolicy
from registry.engines.documents.limits import Limits
from registry.engines.documents.placing import place
from registry.services.checking.report import CheckReport, ContractCheck, own_number_notice
from registry.services.formats import engine_of, reading
from registry.services.places import comparison_below, errors_below
from registry.services.soundness import faults_notice


def diff(
    old: Path,
    new: Path,
    *,
    kind: ContractKind | None,
    mode: Mode | None,
    as_of: datetime,
    limits: Limits,
    policy: ComparisonPolicy = ComparisonPolicy(),
) -> CheckReport:
    """What changed between two contracts on disk, as a report of one comparison with places as the paths were given.

    Raises BadRequest for a policy about another kind of contract, WrongKind when the two are of different kinds, and the other
    BadInput errors.
    """
    before, after = contract_at(old, kind, limits), contract_at(new, kind, limits)
    if before.kind is not after.kind:
        raise WrongKind(f"{old} is of kind {before.kind}, and this is of kind {after.kind}.", Location(str(new), ""))
    if before.kind is not ContractKind.PROTOBUF and policy.protobuf != ProtobufPolicy():
        raise BadRequest("--rules and --allow are about Protobuf contracts.", Location(str(new), ""))
    mode = mode or _mode_of(before.kind)
    comparison, notices = _compare(before, after, mode, as_of, limits, policy)
    check = ContractCheck(
        service="",
        contract=_subject(new),
        version=None,
        kind=str(after.kind),
        against=str(old),
        comparison=comparison,
        gates=mode is not Mode.NONE,
        on_unknown=OnUnknown.BLOCK,
    )
    return CheckReport((check,), notices, as_of)


def _compare(
    before: ContractFiles, after: ContractFiles, mode: Mode, as_of: datetime, limits: Limits, policy: ComparisonPolicy
) -> tuple[Comparison, tuple[str, ...]]:
    """The comparison, and words for faults and numbers of the documents."""
    engine = engine_of(before.kind)
    read_old, read_new = reading(engine, before.source, limits), reading(engine, after.source, limits)
    with errors_below(before.folder):
        old = read_old()
    with errors_below(after.folder):
        new = read_new()
        found = engine.compare(old, new, _subject(after.path), mode, as_of, policy)
    comparison = comparison_below(before.folder, after.folder, place(found, before.source.files, after.source.files))
    said, says = engine.declared_version(old), engine.declared_version(new)
    number = own_number_notice(str(after.path), said, says, comparison, gated=mode is not Mode.NONE)
    faults = faults_notice(str(after.path), engine.faults(new), str(after.path))
    return comparison, (*faults, *([number] if number else []))


def _mode_of(kind: ContractKind) -> Mode:
    """A schema alone does not say who writes and who reads: then both directions count."""
    return Mode.FULL if kind in (ContractKind.JSONSCHEMA, ContractKind.AVRO) else Mode.BACKWARD


def _subject(path: Path) -> str:
    """What stands for the contract's name: the file's, without `.schema.json` and the like."""
    return path.name.split(".", 1)[0] or path.name
