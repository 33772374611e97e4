"""A file is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.elements import Enum, Message, Service
from registry.engines.protobuf.pairs import (
    Revisions,
    each_contract,
    only_in,
)
from registry.engines.protobuf.promise import removal
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@over(each_contract, Category.FILE, Category.CSR)
@rule(
    id="file-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FILE,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=Example(
        old="""// file: cart.proto
message Cart { string id = 1; }
// file: coupon.proto
message Coupon { string code = 1; }
""",
        new="""// file: cart.proto
message Cart { string id = 1; }
""",
    ),
    fine=Example(
        old="""// file: cart.proto
message Cart { string id = 1; }
// file: coupon.proto
message Coupon { string code = 1; }
""",
        new="""// file: cart.proto
message Cart { string id = 1; }
// file: coupon.proto
message Coupon { string code = 1; string text = 2; }
""",
    ),
    names=("FILE_NO_DELETE",),
)
def file_removed(revisions: Revisions) -> Iterator[Finding]:
    """A file of the contract is gone, with everything that it declared.

    Code includes and imports generated files by the path of their source.
    """
    for gone in only_in(revisions.before.files, revisions.after.files):
        declared = revisions.before.by_file[gone.name]
        names = [*_top_level(declared.messages), *_top_level(declared.enums), *_top_level(declared.services)]
        yield removal(revisions, gone, None, f"file {gone.name} was removed", elements=names)


def _top_level(declared: Mapping[str, Message | Enum | Service]) -> list[str]:
    return [item.full_name for name, item in declared.items() if "." not in name]
