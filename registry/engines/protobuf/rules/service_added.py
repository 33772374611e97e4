"""A service is new."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.pairs import Revisions, each_contract, only_in
from registry.engines.protobuf.rule import over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@over(each_contract)
@rule(
    id="service-added",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.SERVICE,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=Example(
        old="message Cart { string id = 1; }",
        new="""message Cart { string id = 1; }
service Carts { rpc Get(Cart) returns (Cart); }
""",
    ),
    fine=Example(old="message Cart { string id = 1; }", new="message Cart { string id = 1; string name = 2; }"),
)
def service_added(revisions: Revisions) -> Iterator[Finding]:
    """A service is new.

    An old server answers its methods with UNIMPLEMENTED.
    """
    for added in only_in(revisions.new.contract.services, revisions.old.contract.services):
        yield Finding(f"service {added.full_name} was added", None, revisions.new.text.locate(added))
