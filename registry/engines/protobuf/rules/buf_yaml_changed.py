"""The rules that a contract asks of itself became fewer, or more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.location import Location
from registry.engines.protobuf.pairs import Revisions, each_contract
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Selection
from registry.engines.protobuf.workspace import Module, Workspace
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule, safe

_OLD = """// file: buf.yaml
version: v2
breaking:
  use: [FILE]
// file: cart.proto
message Cart { string id = 1; }
"""
_LOOSER = Example(old=_OLD, new=_OLD.replace("[FILE]", "[FILE]\n  except: [FIELD_SAME_JSON_NAME]"))
_STRICTER = Example(old=_OLD, new=_OLD.replace("[FILE]", "[FILE, PACKAGE]"))


@over(each_contract)
@rule(
    id="buf-yaml-loosened",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.DOCUMENT,
    aspect=Aspect.VALUES,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=_LOOSER,
    fine=_STRICTER,
    cap_reason="it hurts nobody by itself; the changes that come after it are judged by fewer rules",
)
def buf_yaml_loosened(revisions: Revisions) -> Iterator[Finding]:
    """The contract's `buf.yaml` asks fewer rules than before, or in fewer places.

    From the next change on, what it gave up protects nobody. This change is still judged by the old configuration.
    """
    yield from _findings(revisions, "no longer asks for", loosened=True)


@over(each_contract)
@rule(
    id="buf-yaml-tightened",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.DOCUMENT,
    aspect=Aspect.VALUES,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=_STRICTER,
    fine=_LOOSER,
)
def buf_yaml_tightened(revisions: Revisions) -> Iterator[Finding]:
    """The contract's `buf.yaml` asks more rules than before, or in more places.

    It counts from the next change on.
    """
    yield from _findings(revisions, "now asks for", loosened=False)


def _findings(revisions: Revisions, verb: str, *, loosened: bool) -> Iterator[Finding]:
    """What one side's configuration asks and the other's does not, module by module."""
    before, after = revisions.old.layout.workspace, revisions.new.layout.workspace
    place_before, place_after = (_place(workspace) for workspace in (before, after))
    modules = after.modules if after is not None else (Module("."),)
    lost: dict[str, None] = {}
    for module in modules:
        old = _counterpart(before, module)
        lost |= dict.fromkeys(_given_up(old, module.selection) if loosened else _given_up(module.selection, old))
    for what in lost:
        yield Finding(f"{after.file if after else 'without its buf.yaml the contract'} {verb} {what}", place_before, place_after)


def _counterpart(before: Workspace | None, module: Module) -> Selection:
    """The rules that judged a module's folder before: what buf asks by default, where nothing was configured."""
    found = None if before is None else before.module_of(module.path)
    return Selection() if found is None else found.selection


def _given_up(strict: Selection, loose: Selection) -> Iterator[str]:
    """What one selection asks and the other does not, in words."""
    for name in sorted(strict.use - loose.use):
        yield name
    for name in sorted(loose.leave_out - strict.leave_out):
        yield f"{name}, which it excepts"
    for path in sorted(set(loose.ignore) - set(strict.ignore)):
        yield f"anything in {path}, which it ignores"
    for name, paths in loose.ignore_only.items():
        for path in sorted(set(paths) - set(strict.ignore_only.get(name, ()))):
            yield f"{name} in {path}, which it ignores"
    if loose.ignore_unstable_packages and not strict.ignore_unstable_packages:
        yield "anything in unstable packages, which it ignores"


def _place(workspace: Workspace | None) -> Location | None:
    return None if workspace is None else Location(workspace.file, "/breaking")
