"""An enum is new."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.pairs import Revisions, each_contract, only_in
from registry.engines.protobuf.rule import over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@over(each_contract)
@rule(
    id="enum-added",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.SAFE),
    breaks=Example(
        old="message Cart { string id = 1; }",
        new="""message Cart { string id = 1; }
enum Unit { UNIT_UNSPECIFIED = 0; }
""",
    ),
    fine=Example(old="message Cart { string id = 1; }", new="message Cart { string id = 1; string name = 2; }"),
)
def enum_added(revisions: Revisions) -> Iterator[Finding]:
    """An enum is new.

    No old program uses it. Where a field or a method starts to carry it, that is reported there.
    """
    for added in only_in(revisions.new.contract.enums, revisions.old.contract.enums):
        if added.parent is not None and added.parent.full_name not in revisions.before.messages:
            continue
        yield Finding(f"enum {added.full_name} was added", None, revisions.new.text.locate(added))
