"""A message or an enum was renamed, moved or exchanged, and is compared with what took its place."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.policy import Allowance
from registry.engines.protobuf.elements import Enum, Message
from registry.engines.protobuf.pairs import Revisions, each_contract
from registry.engines.protobuf.rule import Harm, ProtobufFinding, over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_OLD = """message Item { string sku = 1; int32 count = 2; }
message Cart { repeated Item items = 1; }
"""


@over(each_contract)
@rule(
    id="type-replaced",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.MESSAGE,
    aspect=Aspect.TYPE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(old=_OLD, new=_OLD.replace("Item", "Line")),
    fine=Example(old=_OLD, new=_OLD.replace("}\n", "string note = 3; }\n")),
    cap_reason="the owner allows it: the encodings stay the same",
)
def type_replaced(revisions: Revisions) -> Iterator[Finding]:
    """A message or an enum was renamed, moved or exchanged, and is compared with what took its place.

    Seen only where the manifest allows followed renames, and only between types that read each other's bytes. Generated source has
    another name for it; everything else that changed between the two is a finding of its own.
    """
    if Allowance.FOLLOWED_RENAMES not in revisions.allow:
        return
    before = {**revisions.before.messages, **revisions.before.enums}
    after = {**revisions.after.messages, **revisions.after.enums}
    for name, old in before.items():
        new = after.get(name)
        if new is not None and new.file.name != old.file.name and old.parent is None:
            yield _finding(revisions, old, new, f"moved from {old.file.name} to {new.file.name}")
    for left, right in sorted(revisions.replacements):
        old, new = before[left], after[right]
        if not _follows_its_parent(revisions, old, new):
            verb = "was replaced by" if left in after else "was renamed to"
            yield _finding(revisions, old, new, f"{verb} {new.full_name}")


def _follows_its_parent(revisions: Revisions, old: Message | Enum, new: Message | Enum) -> bool:
    """Whether the messages around the two are replaced as well, and say it all."""
    if old.parent is None or new.parent is None or old.name != new.name:
        return False
    return (old.parent.full_name, new.parent.full_name) in revisions.replacements


def _finding(revisions: Revisions, old: Message | Enum, new: Message | Enum, what: str) -> Finding:
    return ProtobufFinding(
        f"{'message' if isinstance(old, Message) else 'enum'} {old.full_name} {what}",
        revisions.old.text.locate(old),
        revisions.new.text.locate(new),
        elements=tuple(dict.fromkeys((old.full_name, new.full_name))),
        harm=Harm.SOURCE,
    )
